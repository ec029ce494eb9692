import { array, asArray, asDict, asRef, asStream, dict, PdfStream } from '#pdf';
import type { IncrementalWriter, PdfDict, PdfObject, PdfPage, PdfRef } from '#pdf';

/**
 * Draws a form XObject on a page as ordinary content, over what is there and outside its marked structure
 * (ISO 32000-1 §7.8.2, §14.8.2.2). What the page drew before is closed off, whatever state it left behind.
 *
 * @param at lower left corner in the page's own coordinates, points
 */
export function drawOnPage(
  writer: IncrementalWriter,
  page: PdfPage,
  form: PdfRef,
  at: { readonly x: number; readonly y: number },
): void {
  const written = asDict(writer.get(page.ref)) ?? page.dict;
  const resources = asDict(writer.resolve(page.resources)) ?? dict({});
  const xObjects = asDict(writer.resolve(resources.get('XObject'))) ?? dict({});
  const key = freeKey(xObjects);
  const [x, y] = [at.x, at.y].map((value) => value.toFixed(2));
  const open = writer.add(stream('q\n'));
  const close = writer.add(stream(`\nQ /Artifact BMC q 1 0 0 1 ${x} ${y} cm /${key} Do Q EMC\n`));
  writer.put(
    page.ref,
    written.with({
      Contents: array([open, ...contentsOf(writer, written.get('Contents')), close]),
      Resources: resources.with({ XObject: xObjects.with({ [key]: form }) }),
    }),
  );
}

/** The streams of a page: one, a list of them, or none. */
function contentsOf(writer: IncrementalWriter, contents: PdfObject | undefined): readonly PdfObject[] {
  const resolved = writer.resolve(contents);
  const list = asArray(resolved);
  if (list) return list.items;
  const ref = asRef(contents);
  return ref && asStream(resolved) ? [ref] : [];
}

function freeKey(xObjects: PdfDict): string {
  let number = 1;
  while (xObjects.keys().includes(`Initials${number}`)) number += 1;
  return `Initials${number}`;
}

const stream = (content: string): PdfStream => new PdfStream(dict({}), new TextEncoder().encode(content));
