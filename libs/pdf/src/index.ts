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
export { extractPages } from './write/extract-pages';
export { serializeObject } from './write/serialize';
export {
  decree30,
  agencyRectOver,
  annexRect,
  copyRect,
  millimetres,
  rectOnPage,
  shownSize,
} from './appearance/decree30';
export { embedFont, shownText } from './appearance/font';
export type { EmbeddedFont } from './appearance/font';
export {
  appearance,
  imageAppearance,
  textAppearance,
  textBlockAppearance,
  textBlockLines,
} from './appearance/form';
export type {
  AppearancePart,
  AppearanceSize,
  Box,
  FramePart,
  ImagePart,
  Rgb,
  Size,
  TextBlock,
  TextPart,
} from './appearance/form';
export { imageXObject, prepareImage } from './appearance/image';
export type { PreparedImage } from './appearance/image';
export { findActiveContent } from './check/active-content';
export type { ActiveContent } from './check/active-content';
export { inspectPdf } from './check/inspect';
export type { PdfInspection } from './check/inspect';
export { formFields, signatureFields } from './check/signature-fields';
export type { FieldLock, FormField, SignatureField } from './check/signature-fields';
export { fileProblems, structureProblems } from './check/structure';
export type { StructureProblem, StructureProblemCode } from './check/structure';
export { GrowingFont } from './draw/growing-font';
export { PageStream } from './draw/page-stream';
export { wrapText } from './draw/text-lines';
export { textLines, textSegments } from './text/page-text';
export type { PageText, TextRun, TextSegment } from './text/page-text';
