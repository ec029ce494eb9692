import { array, asArray, asDict, asRef, asStream, dict, name, PdfStream } from '#pdf';
import type { IncrementalWriter, PdfDict, PdfObject } from '#pdf';
import type { ValidationMaterial } from '../signature-options';
import { sameBytes } from '../document/same-object';

/** Adds what is not yet there to the document security store (ETSI EN 319 142-1 §5.4.2.2); nothing is taken out. */
export function addToSecurityStore(writer: IncrementalWriter, material: ValidationMaterial): void {
  const catalog = writer.catalog();
  const entry = catalog.get('DSS');
  const store = asDict(writer.resolve(entry)) ?? dict({ Type: name('DSS') });
  const grown = store.with({
    ...list(writer, store, 'Certs', material.certificates),
    ...list(writer, store, 'CRLs', material.crls),
    ...list(writer, store, 'OCSPs', material.ocsps),
  });
  const ref = asRef(entry);
  if (ref) writer.put(ref, grown);
  else writer.put(writer.view.catalogRef(), catalog.with({ DSS: writer.add(grown) }));
}

function list(
  writer: IncrementalWriter,
  store: PdfDict,
  key: string,
  values: readonly Uint8Array[],
): Record<string, PdfObject> {
  const before = asArray(writer.resolve(store.get(key)))?.items ?? [];
  const known = before.flatMap((item) => {
    const stream = asStream(writer.resolve(item));
    return stream ? [writer.view.decodeStream(stream)] : [];
  });
  const added: Uint8Array[] = [];
  for (const value of values)
    if (![...known, ...added].some((other) => sameBytes(other, value))) added.push(value);
  if (before.length + added.length === 0) return {};
  return { [key]: array([...before, ...added.map((value) => writer.add(new PdfStream(dict({}), value)))]) };
}
