export { PdfError, pdfMessages } from './errors';
export type { PdfErrorCode, PdfErrorDetail } from './errors';
export { defaultLimits } from './limits';
export type { PdfLimits } from './limits';
export {
  array,
  asArray,
  asDict,
  asInteger,
  asName,
  asNumber,
  asRef,
  asStream,
  asString,
  dict,
  name,
  nameText,
  PdfArray,
  PdfDict,
  PdfName,
  PdfRef,
  PdfStream,
  PdfString,
  PdfVerbatim,
} from './model/objects';
export type { ByteSpan, PdfObject } from './model/objects';
export { dateOf, dateString, textOf, textString } from './model/text-string';
export { rectOf } from './read/page-tree';
export type { PdfPage, PdfRect } from './read/page-tree';
export { openPdf } from './read/pdf-file';
export type { PdfFile } from './read/pdf-file';
export type { PdfRevision, XrefStyle } from './read/revisions';
export type { PdfView } from './read/view';
export type { XrefEntry, XrefSection } from './read/xref-section';
export { IncrementalWriter } from './write/incremental-writer';
export type { FinishedRevision } from './write/incremental-writer';
export { serializeObject } from './write/serialize';
