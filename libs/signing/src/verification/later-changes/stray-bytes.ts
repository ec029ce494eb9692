import { PdfRef } from '#pdf';
import type { PdfFile } from '#pdf';

/**
 * Whether a revision holds bytes that belong to nothing: between its objects, its cross-reference and its
 * `startxref … %%EOF` only white space and comments may stand (rule 6).
 */
export function strayBytes(file: PdfFile, index: number): boolean {
  const revision = file.revisions[index];
  if (revision?.eofEnd === undefined || revision.startXref !== revision.xrefOffset) return true;
  const view = file.at(index);
  const spans = view.objectsChangedIn(index).flatMap((ref) => {
    const span = view.sourceOf(new PdfRef(ref.num, ref.gen));
    return span && span.start >= revision.start ? [span] : [];
  });
  for (const section of revision.sections) {
    if (section.offset < revision.start || section.end > revision.eofEnd) return true;
    spans.push({ start: section.offset, end: section.end });
    if (section.hybrid) spans.push({ start: section.hybrid.offset, end: section.hybrid.end });
  }
  spans.sort((a, b) => a.start - b.start);
  const ending = Math.max(...revision.sections.map((section) => section.end));
  let at = revision.start;
  for (const span of spans) {
    if (span.start > at && !isBlank(file.bytes.subarray(at, span.start))) return true;
    at = Math.max(at, span.end);
  }
  return at !== ending;
}

/** A comment that looks like a part of a file is none to a reader that repairs by searching. */
const looksLikeFile = /%(?:PDF-|%EOF)|\bobj\b|\b(?:start)?xref\b|\btrailer\b/;

function isBlank(bytes: Uint8Array): boolean {
  if (looksLikeFile.test(new TextDecoder('latin1').decode(bytes))) return false;
  let comment = false;
  return bytes.every((byte) => {
    if (byte === 10 || byte === 13) comment = false;
    else if (byte === 0x25) comment = true;
    return comment || byte === 0 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 32;
  });
}
