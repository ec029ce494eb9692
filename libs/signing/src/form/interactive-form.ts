import { array, asArray, asDict, asInteger, asRef, dict } from '#pdf';
import type { IncrementalWriter, PdfDict, PdfObject, PdfRef } from '#pdf';

/** Signatures exist, and the file must only be appended to (ISO 32000-1 table 219). */
const signatureFlags = 3;

/** Adds fields to the interactive form, which is made where the document has none. */
export function addToForm(
  writer: IncrementalWriter,
  fields: readonly PdfRef[],
  changes: Readonly<Record<string, PdfObject>> = {},
): void {
  const catalog = writer.catalog();
  const entry = catalog.get('AcroForm');
  const form = asDict(writer.resolve(entry)) ?? dict({});
  const list = form.get('Fields');
  const listRef = asRef(list);
  const grown = (asArray(writer.resolve(list)) ?? array([])).append(...fields);
  // An indirect list is written anew in its place, so that the form itself need not be.
  if (listRef) writer.put(listRef, grown);
  const renewed = form.with({ ...changes, ...(listRef ? {} : { Fields: grown }) });
  putForm(writer, renewed);
}

/** Says in the form that the file carries signatures. */
export function markSigned(writer: IncrementalWriter): void {
  const form = asDict(writer.resolve(writer.catalog().get('AcroForm'))) ?? dict({});
  const flags = asInteger(writer.resolve(form.get('SigFlags'))) ?? 0;
  if ((flags & signatureFlags) !== signatureFlags)
    putForm(writer, form.with({ SigFlags: flags | signatureFlags }));
}

function putForm(writer: IncrementalWriter, form: PdfDict): void {
  const catalog = writer.catalog();
  const ref = asRef(catalog.get('AcroForm'));
  if (ref) writer.put(ref, form);
  else writer.put(writer.view.catalogRef(), catalog.with({ AcroForm: writer.add(form) }));
}

/**
 * Adds annotations to a page, at the end: they are drawn over what is there. The list is written into the page even
 * where it was an object of its own: pages may share one, and only this page is to gain anything.
 */
export function addToPage(writer: IncrementalWriter, pageRef: PdfRef, annotations: readonly PdfRef[]): void {
  const page = asDict(writer.get(pageRef)) ?? dict({});
  const list = page.get('Annots');
  const grown = (asArray(writer.resolve(list)) ?? array([])).append(...annotations);
  writer.put(pageRef, page.with({ Annots: grown }));
}
