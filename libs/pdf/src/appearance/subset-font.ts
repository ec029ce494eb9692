import { concatBytes, copyBytes, latin1 } from '../bytes';
import { dataView, fontDamaged } from './truetype';
import type { TrueTypeFont } from './truetype';

/** Composite glyph flags (OpenType `glyf`). */
const argumentsAreWords = 0x0001;
const hasScale = 0x0008;
const moreComponents = 0x0020;
const hasTwoScales = 0x0040;
const hasMatrix = 0x0080;
const hasInstructions = 0x0100;

/** More components than any font nests; a font that goes beyond is refused. */
const maxGlyphs = 65_535;

export interface FontSubset {
  readonly bytes: Uint8Array;
  /** Old glyph index of each new one; 0 comes first and stays 0. */
  readonly glyphs: readonly number[];
}

/**
 * A TrueType file with only the given glyphs and those they are composed of, numbered anew. It has the tables that
 * ISO 32000-1 §9.9 asks of a CIDFontType2 program, without hinting, which would be most of its bytes.
 */
export function subsetFont(font: TrueTypeFont, wanted: readonly number[]): FontSubset {
  const glyphs: number[] = [0];
  const numberOf = new Map<number, number>([[0, 0]]);
  const include = (glyph: number): number => {
    const known = numberOf.get(glyph);
    if (known !== undefined) return known;
    if (glyphs.length >= maxGlyphs) throw fontDamaged('a glyph has too many components');
    glyphs.push(glyph);
    numberOf.set(glyph, glyphs.length - 1);
    return glyphs.length - 1;
  };
  wanted.forEach(include);
  const outlines: Uint8Array[] = [];
  // Renumbering a composite glyph includes its components, so the list grows while it is walked.
  for (let i = 0; i < glyphs.length; i++) outlines.push(renumbered(font.outlineOf(glyphs[i] ?? 0), include));

  const loca = new Uint8Array((glyphs.length + 1) * 4);
  const glyf: Uint8Array[] = [];
  let at = 0;
  for (const [i, outline] of outlines.entries()) {
    dataView(loca).setUint32(i * 4, at);
    const padding = (4 - (outline.length % 4)) % 4;
    glyf.push(outline, new Uint8Array(padding));
    at += outline.length + padding;
  }
  dataView(loca).setUint32(glyphs.length * 4, at);

  const tables: [string, Uint8Array][] = [
    ['glyf', concatBytes(glyf)],
    [
      'head',
      changed(font, 'head', (head) => {
        head.setInt16(50, 1);
      }),
    ],
    [
      'hhea',
      changed(font, 'hhea', (hhea) => {
        hhea.setUint16(34, glyphs.length);
      }),
    ],
    ['hmtx', metrics(font, glyphs)],
    ['loca', loca],
    [
      'maxp',
      changed(font, 'maxp', (maxp) => {
        maxp.setUint16(4, glyphs.length);
      }),
    ],
  ];
  return { bytes: assemble(tables), glyphs };
}

function changed(font: TrueTypeFont, tag: string, change: (table: DataView) => void): Uint8Array {
  const original = font.table(tag);
  if (original === undefined) throw fontDamaged(`the font has no table ${tag}`);
  const table = copyBytes(original);
  change(dataView(table));
  return table;
}

function metrics(font: TrueTypeFont, glyphs: readonly number[]): Uint8Array {
  const hmtx = new Uint8Array(glyphs.length * 4);
  for (const [i, glyph] of glyphs.entries()) {
    dataView(hmtx).setUint16(i * 4, font.advanceOf(glyph));
    const outline = font.outlineOf(glyph);
    // The left side bearing is the left edge of the outline in every font made since 1991 (head.flags bit 1).
    if (outline.length >= 10) dataView(hmtx).setInt16(i * 4 + 2, dataView(outline).getInt16(2));
  }
  return hmtx;
}

/** The outline without its instructions and with its components numbered anew. */
function renumbered(outline: Uint8Array, include: (glyph: number) => number): Uint8Array {
  if (outline.length < 10) return outline;
  const contours = dataView(outline).getInt16(0);
  return contours < 0 ? renumberedComposite(outline, include) : withoutInstructions(outline, contours);
}

function withoutInstructions(outline: Uint8Array, contours: number): Uint8Array {
  const at = 10 + contours * 2;
  if (at + 2 > outline.length) throw fontDamaged('a glyph outline is cut short');
  const points = at + 2 + dataView(outline).getUint16(at);
  if (points > outline.length) throw fontDamaged('a glyph outline is cut short');
  return concatBytes([outline.subarray(0, at), new Uint8Array(2), outline.subarray(points)]);
}

function renumberedComposite(outline: Uint8Array, include: (glyph: number) => number): Uint8Array {
  const copy = copyBytes(outline);
  const view = dataView(copy);
  let at = 10;
  for (;;) {
    if (at + 4 > copy.length) throw fontDamaged('a composite glyph is cut short');
    const flags = view.getUint16(at);
    view.setUint16(at, flags & ~hasInstructions);
    view.setUint16(at + 2, include(view.getUint16(at + 2)));
    at += 4 + ((flags & argumentsAreWords) !== 0 ? 4 : 2);
    if ((flags & hasScale) !== 0) at += 2;
    else if ((flags & hasTwoScales) !== 0) at += 4;
    else if ((flags & hasMatrix) !== 0) at += 8;
    if (at > copy.length) throw fontDamaged('a composite glyph is cut short');
    if ((flags & moreComponents) === 0) return copy.subarray(0, at);
  }
}

/** Table directory, checksums and tables (OpenType "Organization of an OpenType font"). */
function assemble(unsorted: readonly [string, Uint8Array][]): Uint8Array {
  const tables = [...unsorted].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = Math.floor(Math.log2(tables.length));
  const directory = new Uint8Array(12 + tables.length * 16);
  const view = dataView(directory);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 2 ** power * 16);
  view.setUint16(8, power);
  view.setUint16(10, tables.length * 16 - 2 ** power * 16);
  const parts: Uint8Array[] = [directory];
  let offset = directory.length;
  let headOffset = 0;
  for (const [i, [tag, table]] of tables.entries()) {
    const padded = new Uint8Array((table.length + 3) & ~3);
    padded.set(table);
    if (tag === 'head') {
      dataView(padded).setUint32(8, 0);
      headOffset = offset;
    }
    directory.set(latin1(tag), 12 + i * 16);
    view.setUint32(16 + i * 16, checksum(padded));
    view.setUint32(20 + i * 16, offset);
    view.setUint32(24 + i * 16, table.length);
    parts.push(padded);
    offset += padded.length;
  }
  const whole = concatBytes(parts);
  dataView(whole).setUint32(headOffset + 8, (0xb1b0afba - checksum(whole)) >>> 0);
  return whole;
}

function checksum(bytes: Uint8Array): number {
  const view = dataView(bytes);
  let sum = 0;
  for (let at = 0; at + 4 <= bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}
