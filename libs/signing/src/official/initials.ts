import { appearance, embedFont, millimetres, PdfError } from '#pdf';
import type { EmbeddedFont, IncrementalWriter, PdfPage, Size } from '#pdf';
import { drawOnPage } from '../form/page-content';
import type { Rect } from '../signature-options';
import { annotationsOn, grown, isFree } from './free-places';
import type { Initials } from './official-types';

/** Points; what is put on the page beside the text must not be taken for it. */
const sizes = [8, 7.5, 7] as const;
const leading = 1.2;
const grey = [0.35, 0.35, 0.35] as const;
/** Between a line and what is put beside it. */
const gap = 3;
/** Where several stand on one line. */
const between = '; ';
/** No printer needs less at the edge of the paper. */
const edge = millimetres(8);

interface Found {
  readonly lines: readonly string[];
  readonly size: number;
  readonly box: Rect;
}

/**
 * Lays ký nháy on a page as ordinary content: beside the end of the text, else below what stands lowest on the left,
 * else in the lower margin. Nothing is drawn where none of these is free, or where the page is turned: each initial
 * stands in the trail in any case.
 *
 * @param taken where something will stand, from the lower left of the page's CropBox
 */
export async function layInitials(
  writer: IncrementalWriter,
  page: PdfPage,
  initials: Initials,
  taken: readonly Rect[],
): Promise<void> {
  if (page.rotate !== 0 || initials.lines.length === 0 || initials.text.length === 0) return;
  const { font, lines } = await fontFor(writer, initials);
  const obstacles = [...initials.text, ...taken, ...annotationsOn(writer, page)].map(grown);
  const found = freePlace(page, font, { ...initials, lines }, obstacles);
  if (found === undefined) return;
  const { box, size } = found;
  const form = appearance(writer, box, [
    { kind: 'text', lines: found.lines, font, size, leading, color: grey, verticalAlign: 'top' },
  ]);
  const [left, bottom] = page.cropBox;
  drawOnPage(writer, page, form, { x: left + box.x, y: bottom + box.y });
}

/** A sign that the font lacks, as somebody may have put into the name of a step, is shown as `?`. */
async function fontFor(
  writer: IncrementalWriter,
  { lines, fonts }: Pick<Initials, 'lines' | 'fonts'>,
): Promise<{ readonly font: EmbeddedFont; readonly lines: readonly string[] }> {
  try {
    return { font: await embedFont(writer, fonts.regular, `${lines.join('\n')}${between}?`), lines };
  } catch (error) {
    if (!(error instanceof PdfError) || error.code !== 'FONT_GLYPH_MISSING') throw error;
    const missing = String(error.detail['characters'] ?? '').split(' ');
    const shown = lines.map((line) =>
      Array.from(line, (character) => (missing.includes(character) ? '?' : character)).join(''),
    );
    // Nothing more to replace: what is missing is not among the signs of the lines.
    if (shown.join('') === lines.join('')) throw error;
    return fontFor(writer, { lines: shown, fonts });
  }
}

function freePlace(
  { cropBox }: PdfPage,
  font: EmbeddedFont,
  { lines, text }: Initials,
  obstacles: readonly Rect[],
): Found | undefined {
  const paper = { width: cropBox[2] - cropBox[0], height: cropBox[3] - cropBox[1] };
  const left = Math.max(edge, Math.min(...text.map(({ x }) => x)));
  const room = paper.width - left - edge;
  for (const size of sizes) {
    for (const shown of [lines, flowing(font, lines, size, room)]) {
      const block = {
        width: Math.max(...shown.map((line) => font.measure(line, size))) + 1,
        height: shown.length * leading * size + 1,
      };
      const box = corners(text, block, { left, paper })
        .map((corner) => ({ ...corner, ...block }))
        .find((place) => isOn(paper, place) && isFree(place, obstacles));
      if (box) return { lines: shown, size, box };
    }
  }
  return undefined;
}

/** Lower left corners to try, the best first. */
function corners(
  text: Initials['text'],
  block: Size,
  { left, paper }: { readonly left: number; readonly paper: Size },
): { readonly x: number; readonly y: number }[] {
  const ends = text
    .filter(({ endsText }) => endsText)
    .map(({ x, y, width, height }) => ({ x: x + width + 8 * gap, y: y + height - block.height }));
  const column = text.filter(({ x }) => x < paper.width * 0.45);
  const lowest = Math.min(...column.map(({ y }) => y), paper.height);
  return [
    ...ends,
    { x: left, y: lowest - 3 * gap - block.height },
    { x: left, y: edge },
    { x: paper.width - edge - block.width, y: edge },
  ];
}

/** Several on a line, as far as they go. */
function flowing(
  font: EmbeddedFont,
  lines: readonly string[],
  size: number,
  room: number,
): readonly string[] {
  const rows: string[] = [];
  for (const line of lines) {
    const longer = `${rows.at(-1) ?? ''}${between}${line}`;
    if (rows.length > 0 && font.measure(longer, size) <= room) rows[rows.length - 1] = longer;
    else rows.push(line);
  }
  return rows;
}

const isOn = ({ width, height }: Size, box: Rect): boolean =>
  box.x >= edge && box.y >= edge && box.x + box.width <= width - edge && box.y + box.height <= height - edge;
