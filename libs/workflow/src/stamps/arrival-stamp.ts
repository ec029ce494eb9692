import type { EmbeddedFont, PdfDict, PdfRect, PdfRef, Rgb } from '#pdf';
import {
  appearance,
  array,
  asArray,
  asDict,
  asName,
  asRef,
  decree30,
  dict,
  embedFont,
  IncrementalWriter,
  inspectPdf,
  millimetres,
  name,
  openPdf,
  rectOnPage,
  shownSize,
  textString,
} from '#pdf';

/** What the ĐẾN stamp says (Decree 30/2020 Annex IV). */
export interface ArrivalStamp {
  readonly agencyName: string;
  /** Số đến. */
  readonly number: number;
  /** Ngày đến, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface StampedFile {
  readonly bytes: Uint8Array;
  /**
   * `revision`: the stamp is an annotation in a revision of its own behind the bytes that came, and every signature in
   * them stays as sound as it was. `rendition`: a certification forbids any annotation, so the signatures are left
   * out of the form and the stamp says that this is a copy.
   */
  readonly kind: 'revision' | 'rendition';
}

const red: Rgb = [0.8, 0, 0];
/** Print; read only; locked (ISO 32000-1 table 165). */
const fixed = 4 + 64 + 128;
const blank = '.'.repeat(30);

/**
 * Puts the stamp on the first page. The bytes given are the beginning of the bytes answered.
 *
 * @param fontTtf a whole TrueType file
 * @throws PdfError for what cannot be read, and FONT_GLYPH_MISSING
 */
export async function stampArrival(
  bytes: Uint8Array,
  fontTtf: Uint8Array,
  stamp: ArrivalStamp,
): Promise<StampedFile> {
  const file = openPdf(bytes);
  const inspection = inspectPdf(file);
  const closed = inspection.signatureFields.some(
    ({ signed, docMdp, lock }) =>
      signed && [docMdp, lock?.permission].some((level) => level === 1 || level === 2),
  );
  const kind = closed ? 'rendition' : 'revision';
  const writer = new IncrementalWriter(file);
  const page = writer.view.page(0);
  if (kind === 'rendition') leaveSignaturesOut(writer);
  const lines = linesOf(stamp, kind);
  const font = await embedFont(writer, fontTtf, lines.join(''));
  const shown = placeOn(shownSize(page));
  const size = { width: shown[2] - shown[0], height: shown[3] - shown[1] };
  const annotation = writer.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Stamp'),
      Rect: array(rectOnPage(page, shown).map((value) => Math.round(value * 100) / 100)),
      F: fixed,
      P: page.ref,
      Contents: textString(lines.filter((line) => !line.includes('..')).join(' · ')),
      AP: dict({ N: draw(writer, { ...size, pageRotation: page.rotate }, lines, font) }),
    }),
  );
  const written = asDict(writer.get(page.ref)) ?? page.dict;
  const annotations = asArray(writer.resolve(written.get('Annots'))) ?? array([]);
  writer.put(page.ref, written.with({ Annots: annotations.append(annotation) }));
  return { bytes: writer.finish(), kind };
}

function linesOf({ agencyName, number, date }: ArrivalStamp, kind: StampedFile['kind']): readonly string[] {
  const [year = '', month = '', day = ''] = date.split('-');
  return [
    agencyName.toLocaleUpperCase('vi'),
    'ĐẾN',
    `Số: ${number}`,
    `Ngày: ${day}/${month}/${year}`,
    `Chuyển: ${blank}`,
    `Số và ký hiệu HS: ${blank.slice(0, 14)}`,
    ...(kind === 'rendition' ? ['BẢN SAO – chữ ký số xem ở bản gốc'] : []),
  ];
}

/** Below number and symbol, kept on the page where that is small. */
function placeOn({ width, height }: { readonly width: number; readonly height: number }): PdfRect {
  const stamp = decree30.arrivalStamp.value;
  const w = Math.min(millimetres(stamp.width), width);
  const h = Math.min(millimetres(stamp.height), height);
  const left = Math.min(millimetres(stamp.left), width - w);
  const bottom = Math.max(0, height - millimetres(stamp.top) - h);
  return [left, bottom, left + w, bottom + h];
}

function draw(
  writer: IncrementalWriter,
  size: { readonly width: number; readonly height: number; readonly pageRotation: 0 | 90 | 180 | 270 },
  lines: readonly string[],
  font: EmbeddedFont,
): PdfRef {
  const edge = 4;
  const [agency = '', title = '', ...rest] = lines;
  const inner = { x: edge, width: Math.max(1, size.width - 2 * edge) };
  const row = size.height / 8;
  const text = { kind: 'text', font, size: 'fit', color: red, verticalAlign: 'middle' } as const;
  const fromTop = (rows: number, height: number): { y: number; height: number } => ({
    y: size.height - (rows + height) * row,
    height: height * row,
  });
  return appearance(writer, size, [
    { kind: 'frame', color: red, line: 1.2 },
    { ...text, lines: [agency], align: 'center', maxSize: 9, box: { ...inner, ...fromTop(0.3, 1.2) } },
    { ...text, lines: [title], align: 'center', maxSize: 14, box: { ...inner, ...fromTop(1.5, 1.5) } },
    { ...text, lines: rest, align: 'left', maxSize: 10, box: { ...inner, ...fromTop(3.1, 4.6) } },
  ]);
}

/** A copy that would show broken signatures misleads: pictures of them stay, the fields go. */
function leaveSignaturesOut(writer: IncrementalWriter): void {
  for (const page of writer.view.pages()) {
    for (const item of asArray(writer.view.resolve(page.dict.get('Annots')))?.items ?? []) {
      const ref = asRef(item);
      const widget = ref && asDict(writer.get(ref));
      if (!ref || !widget || asName(widget.get('Subtype')) !== 'Widget') continue;
      writer.put(ref, pictureOf(widget));
    }
  }
  writer.put(writer.view.catalogRef(), writer.catalog().without('AcroForm', 'Perms'));
}

function pictureOf(widget: PdfDict): PdfDict {
  return dict({
    Type: name('Annot'),
    Subtype: name('Stamp'),
    Rect: widget.get('Rect'),
    F: widget.get('F'),
    P: widget.get('P'),
    AP: widget.get('AP'),
  });
}
