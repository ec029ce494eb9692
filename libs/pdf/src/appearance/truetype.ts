import { fromLatin1 } from '../bytes';
import { PdfError } from '../errors';

/** A TrueType font opened for measuring and subsetting. Lengths are in font units, `unitsPerEm` to the em. */
export interface TrueTypeFont {
  readonly bytes: Uint8Array;
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  readonly ascent: number;
  /** Below zero. */
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly weight: number;
  readonly boundingBox: readonly [number, number, number, number];
  readonly postScriptName: string;
  /** Glyph index of a Unicode code point, 0 when the font has none. */
  readonly glyphOf: (codePoint: number) => number;
  readonly advanceOf: (glyph: number) => number;
  /** Outline data of a glyph; empty for a blank one. */
  readonly outlineOf: (glyph: number) => Uint8Array;
  readonly table: (tag: string) => Uint8Array | undefined;
}

export function fontDamaged(message: string): PdfError {
  return new PdfError('FONT_DAMAGED', message);
}

export function dataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Opens a TrueType font with outlines in `glyf` (OpenType 1.9).
 * @throws PdfError FONT_DAMAGED, also for collections and CFF outlines
 */
export function openTrueType(bytes: Uint8Array): TrueTypeFont {
  try {
    return readFont(bytes);
  } catch (cause) {
    if (cause instanceof PdfError) throw cause;
    // DataView throws RangeError when a table promises more than it holds.
    throw new PdfError('FONT_DAMAGED', 'a font table is too short', { cause });
  }
}

function readFont(bytes: Uint8Array): TrueTypeFont {
  const file = dataView(bytes);
  if (file.getUint32(0) !== 0x00010000) throw fontDamaged('the font is not a TrueType file');
  const tables = new Map<string, Uint8Array>();
  for (let i = 0; i < file.getUint16(4); i++) {
    const at = 12 + i * 16;
    const offset = file.getUint32(at + 8);
    const length = file.getUint32(at + 12);
    if (offset + length > bytes.length) throw fontDamaged('a font table lies outside the file');
    tables.set(fromLatin1(bytes.subarray(at, at + 4)), bytes.subarray(offset, offset + length));
  }
  const need = (tag: string): DataView => {
    const table = tables.get(tag);
    if (table === undefined) throw fontDamaged(`the font has no table ${tag}`);
    return dataView(table);
  };
  const head = need('head');
  const hhea = need('hhea');
  const hmtx = need('hmtx');
  const loca = need('loca');
  const glyphCount = need('maxp').getUint16(4);
  const metricCount = hhea.getUint16(34);
  const longOffsets = head.getInt16(50) === 1;
  const unitsPerEm = head.getUint16(18);
  if (unitsPerEm < 16 || metricCount < 1 || metricCount > glyphCount)
    throw fontDamaged('the font header is malformed');
  const outlines = tables.get('glyf');
  if (outlines === undefined) throw fontDamaged('the font has no table glyf');
  const outlineStart = (glyph: number): number =>
    longOffsets ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2;
  const os2 = tables.get('OS/2');
  const post = tables.get('post');
  const ascent = hhea.getInt16(4);
  return {
    bytes,
    unitsPerEm,
    glyphCount,
    ascent,
    descent: hhea.getInt16(6),
    // sCapHeight came with version 2 of the table.
    capHeight: os2 !== undefined && os2.length >= 90 ? dataView(os2).getInt16(88) : Math.round(ascent * 0.75),
    italicAngle: post === undefined ? 0 : dataView(post).getInt32(4) / 65536,
    weight: os2 === undefined ? 400 : dataView(os2).getUint16(4),
    boundingBox: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    postScriptName: postScriptName(tables.get('name')),
    glyphOf: readCharacterMap(need('cmap')),
    advanceOf: (glyph) => hmtx.getUint16(Math.min(glyph, metricCount - 1) * 4),
    outlineOf: (glyph) => {
      if (glyph >= glyphCount) throw fontDamaged('a glyph is not in the font');
      const start = outlineStart(glyph);
      const end = outlineStart(glyph + 1);
      if (start > end || end > outlines.length) throw fontDamaged('a glyph outline lies outside its table');
      return outlines.subarray(start, end);
    },
    table: (tag) => tables.get(tag),
  };
}

/** Name record 6 in Windows Unicode (OpenType `name`), restricted to what a PDF name should hold. */
function postScriptName(table: Uint8Array | undefined): string {
  if (table === undefined) return 'Font';
  const view = dataView(table);
  const strings = view.getUint16(4);
  for (let i = 0; i < view.getUint16(2); i++) {
    const at = 6 + i * 12;
    if (view.getUint16(at) !== 3 || view.getUint16(at + 6) !== 6) continue;
    const start = strings + view.getUint16(at + 10);
    const text = new TextDecoder('utf-16be').decode(table.subarray(start, start + view.getUint16(at + 8)));
    const safe = text.replace(/[^A-Za-z0-9-]/g, '').slice(0, 60);
    if (safe !== '') return safe;
  }
  return 'Font';
}

/** A Unicode subtable of format 12 or 4 (OpenType `cmap`), the wider one first. */
function readCharacterMap(cmap: DataView): (codePoint: number) => number {
  const candidates: { readonly rank: number; readonly at: number }[] = [];
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const platform = cmap.getUint16(4 + i * 8);
    const encoding = cmap.getUint16(6 + i * 8);
    const at = cmap.getUint32(8 + i * 8);
    const unicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    const format = cmap.getUint16(at);
    if (unicode && (format === 12 || format === 4)) candidates.push({ rank: format, at });
  }
  const best = candidates.sort((a, b) => b.rank - a.rank)[0];
  if (best === undefined) throw fontDamaged('the font has no Unicode character map');
  return best.rank === 12 ? groupMap(cmap, best.at) : segmentMap(cmap, best.at);
}

function groupMap(cmap: DataView, at: number): (codePoint: number) => number {
  const groups = cmap.getUint32(at + 12);
  return (codePoint) => {
    let low = 0;
    let high = groups - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = at + 16 + middle * 12;
      if (codePoint < cmap.getUint32(group)) high = middle - 1;
      else if (codePoint > cmap.getUint32(group + 4)) low = middle + 1;
      else return cmap.getUint32(group + 8) + codePoint - cmap.getUint32(group);
    }
    return 0;
  };
}

function segmentMap(cmap: DataView, at: number): (codePoint: number) => number {
  const doubled = cmap.getUint16(at + 6);
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let i = 0; i < doubled; i += 2) {
      if (codePoint > cmap.getUint16(at + 14 + i)) continue;
      const start = cmap.getUint16(at + 16 + doubled + i);
      if (codePoint < start) return 0;
      const delta = cmap.getUint16(at + 16 + doubled * 2 + i);
      const rangeAt = at + 16 + doubled * 3 + i;
      const range = cmap.getUint16(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = cmap.getUint16(rangeAt + range + (codePoint - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
