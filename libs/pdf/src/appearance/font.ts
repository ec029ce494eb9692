import { latin1 } from '../bytes';
import { PdfError } from '../errors';
import { deflate } from '../filters/flate';
import { array, dict, name, PdfStream, PdfString } from '../model/objects';
import type { PdfDict, PdfObject, PdfRef } from '../model/objects';
import type { IncrementalWriter } from '../write/incremental-writer';
import { hexText } from '../write/serialize';
import { subsetFont } from './subset-font';
import { openTrueType } from './truetype';
import type { TrueTypeFont } from './truetype';

/** A subset of a font, embedded in one document, that can show the characters it was made for. */
export interface EmbeddedFont {
  /** The Type0 font dictionary, for /Resources /Font. */
  readonly ref: PdfRef;
  /** Height above and (negative) depth below the base line, in thousandths of the font size. */
  readonly ascent: number;
  readonly descent: number;
  /** Width of a text in points at the given size. @throws PdfError FONT_GLYPH_MISSING */
  measure(text: string, size: number): number;
  /** The text as operand of Tj: `<…>`, two bytes per glyph. @throws PdfError FONT_GLYPH_MISSING */
  encode(text: string): string;
}

/**
 * Letters as they are shown: composed where Unicode has the composed letter, as it has for all of Vietnamese
 * (Unicode Annex 15, NFC), tabs and line ends as spaces, and no invisible formatting characters.
 */
export function shownText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\n\v\f\r]+/g, ' ')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu, '');
}

/**
 * Embeds the glyphs that `text` needs as a composite font with horizontal Identity-H encoding and a ToUnicode map
 * (ISO 32000-1 §9.7, §9.10.3), so that the text can be searched and copied.
 * @param ttf a whole TrueType file
 * @throws PdfError FONT_DAMAGED, FONT_GLYPH_MISSING with the characters in `detail.characters`
 */
export function embedFont(writer: IncrementalWriter, ttf: Uint8Array, text: string): Promise<EmbeddedFont> {
  // A promise by contract: a font service may come to stand behind it. Nothing here waits.
  return new Promise((resolve) => {
    resolve(embed(writer, openTrueType(ttf), text));
  });
}

function embed(writer: IncrementalWriter, font: TrueTypeFont, text: string): EmbeddedFont {
  const codePoints = new Map<number, number>();
  const missing = new Set<string>();
  for (const character of shownText(text)) {
    const codePoint = character.codePointAt(0) ?? 0;
    const glyph = font.glyphOf(codePoint);
    if (glyph === 0) missing.add(character);
    else codePoints.set(codePoint, glyph);
  }
  if (missing.size > 0) throw glyphsMissing(missing);
  const subset = subsetFont(font, [...codePoints.values()]);
  const newNumber = new Map(subset.glyphs.map((old, i) => [old, i]));
  const glyphOf = new Map([...codePoints].map(([codePoint, old]) => [codePoint, newNumber.get(old) ?? 0]));
  const thousandths = thousandthsOf(font);
  const widths = subset.glyphs.map((glyph) => thousandths(font.advanceOf(glyph)));
  const ref = writer.add(
    compositeFont({ add: (object) => writer.add(object), font, program: subset.bytes, widths, glyphOf }),
  );
  const glyphsOf = (shown: string): number[] => {
    const glyphs: number[] = [];
    for (const character of shownText(shown)) {
      const glyph = glyphOf.get(character.codePointAt(0) ?? 0);
      if (glyph === undefined) throw glyphsMissing(new Set([character]));
      glyphs.push(glyph);
    }
    return glyphs;
  };
  return {
    ref,
    ascent: thousandths(font.ascent),
    descent: thousandths(font.descent),
    measure: (shown, size) =>
      (glyphsOf(shown).reduce((sum, glyph) => sum + (widths[glyph] ?? 0), 0) * size) / 1000,
    encode: (shown) =>
      `<${glyphsOf(shown)
        .map((glyph) => glyph.toString(16).padStart(4, '0'))
        .join('')}>`,
  };
}

/** Font units to thousandths of the font size. */
export function thousandthsOf({ unitsPerEm }: TrueTypeFont): (units: number) => number {
  return (units) => Math.round((units * 1000) / unitsPerEm);
}

export function glyphsMissing(characters: ReadonlySet<string>): PdfError {
  const list = [...characters].slice(0, 20).join(' ');
  return new PdfError('FONT_GLYPH_MISSING', 'the font lacks characters of the text', {
    detail: { characters: list },
  });
}

/** What a composite font in a file is made of. */
interface CompositeFont {
  /** Puts an object into the file. */
  readonly add: (object: PdfObject) => PdfRef;
  readonly font: TrueTypeFont;
  /** The subset as a TrueType file. */
  readonly program: Uint8Array;
  /** Of each glyph of the subset, in thousandths of the font size. */
  readonly widths: readonly number[];
  /** Glyph of the subset for each code point. */
  readonly glyphOf: ReadonlyMap<number, number>;
}

/** The Type0 dictionary of a font whose parts it adds to the file. */
export function compositeFont({ add, font, program, widths, glyphOf }: CompositeFont): PdfDict {
  const thousandths = thousandthsOf(font);
  const fontName = name(`${subsetTag(program)}+${font.postScriptName}`);
  const file = add(
    new PdfStream(dict({ Length1: program.length, Filter: name('FlateDecode') }), deflate(program)),
  );
  const descriptor = add(
    dict({
      Type: name('FontDescriptor'),
      FontName: fontName,
      Flags: font.italicAngle === 0 ? 4 : 68, // symbolic, as a renumbered subset is; and italic
      FontBBox: array(font.boundingBox.map(thousandths)),
      ItalicAngle: font.italicAngle,
      Ascent: thousandths(font.ascent),
      Descent: thousandths(font.descent),
      CapHeight: thousandths(font.capHeight),
      StemV: font.weight >= 600 ? 140 : 80,
      FontFile2: file,
    }),
  );
  const descendant: PdfObject = dict({
    Type: name('Font'),
    Subtype: name('CIDFontType2'),
    BaseFont: fontName,
    CIDSystemInfo: dict({
      Registry: new PdfString(latin1('Adobe')),
      Ordering: new PdfString(latin1('Identity')),
      Supplement: 0,
    }),
    FontDescriptor: descriptor,
    DW: 1000,
    W: array([0, array(widths)]),
    CIDToGIDMap: name('Identity'),
  });
  const toUnicode = add(
    new PdfStream(dict({ Filter: name('FlateDecode') }), deflate(latin1(toUnicodeMap(glyphOf)))),
  );
  return dict({
    Type: name('Font'),
    Subtype: name('Type0'),
    BaseFont: fontName,
    Encoding: name('Identity-H'),
    DescendantFonts: array([add(descendant)]),
    ToUnicode: toUnicode,
  });
}

/** Six capital letters before the name of a subset (ISO 32000-1 §9.6.4), drawn from its content. */
function subsetTag(program: Uint8Array): string {
  let hash = 2166136261;
  for (const byte of program) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  let tag = '';
  for (let i = 0; i < 6; i++) {
    tag += String.fromCharCode(65 + (hash % 26));
    hash = Math.floor(hash / 26);
  }
  return tag;
}

function toUnicodeMap(glyphOf: ReadonlyMap<number, number>): string {
  const lines = [...glyphOf].map(([codePoint, glyph]) => {
    const text = String.fromCodePoint(codePoint);
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    const target = hexText(Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 0xff])));
    return `<${glyph.toString(16).padStart(4, '0')}> <${target}>`;
  });
  const blocks: string[] = [];
  // ISO 32000-1 §9.10.3 and the CMap specification allow 100 lines a block.
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}
