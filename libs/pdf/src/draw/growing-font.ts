import { compositeFont, glyphsMissing, shownText, thousandthsOf } from '../appearance/font';
import { subsetFont } from '../appearance/subset-font';
import { openTrueType } from '../appearance/truetype';
import type { TrueTypeFont } from '../appearance/truetype';
import type { PdfDict, PdfObject, PdfRef } from '../model/objects';

/**
 * A font whose glyphs are numbered as they are first used, so that pages can be written before it is known what the
 * last one will say. The subset is embedded at the end.
 */
export class GrowingFont {
  private readonly font: TrueTypeFont;
  private readonly thousandths: (units: number) => number;
  /** Glyph of the subset by code point; 0 stays the missing glyph. */
  private readonly glyphOf = new Map<number, number>();
  /** Glyphs of the whole font in the order of the subset, without glyph 0. */
  private readonly wanted: number[] = [];
  private readonly subsetNumber = new Map<number, number>();
  /** In thousandths of the font size, by character: a text is measured word by word, again and again. */
  private readonly advances = new Map<string, number>();

  /**
   * @param ttf a whole TrueType file
   * @throws PdfError FONT_DAMAGED
   */
  constructor(ttf: Uint8Array) {
    this.font = openTrueType(ttf);
    this.thousandths = thousandthsOf(this.font);
  }

  /** Height above and (negative) depth below the base line, in thousandths of the font size. */
  get ascent(): number {
    return this.thousandths(this.font.ascent);
  }

  get descent(): number {
    return this.thousandths(this.font.descent);
  }

  /** Width in points at the given size; a character that the font lacks counts as the one shown instead of it. */
  measure(text: string, size: number): number {
    let width = 0;
    for (const character of shownText(text)) width += this.advance(character);
    return (width * size) / 1000;
  }

  /**
   * The text as operand of Tj. A character that the font lacks is shown as U+FFFD or `?`: a register must be printed
   * also where somebody has pasted an exotic sign into an abstract.
   */
  encode(text: string): string {
    let hex = '';
    for (const character of shownText(text)) hex += this.numberOf(character).toString(16).padStart(4, '0');
    return `<${hex}>`;
  }

  /** The Type0 dictionary; its parts are put into the file by `add`. */
  finish(add: (object: PdfObject) => PdfRef): PdfDict {
    const subset = subsetFont(this.font, this.wanted);
    const widths = subset.glyphs.map((glyph) => this.thousandths(this.font.advanceOf(glyph)));
    return compositeFont({ add, font: this.font, program: subset.bytes, widths, glyphOf: this.glyphOf });
  }

  private advance(character: string): number {
    const known = this.advances.get(character);
    if (known !== undefined) return known;
    const glyph = this.font.glyphOf(this.shown(character));
    const advance = this.thousandths(this.font.advanceOf(glyph));
    this.advances.set(character, advance);
    return advance;
  }

  private numberOf(character: string): number {
    const codePoint = this.shown(character);
    const known = this.glyphOf.get(codePoint);
    if (known !== undefined) return known;
    const glyph = this.font.glyphOf(codePoint);
    const number = this.subsetNumber.get(glyph) ?? this.wanted.push(glyph);
    this.subsetNumber.set(glyph, number);
    this.glyphOf.set(codePoint, number);
    return number;
  }

  private shown(character: string): number {
    for (const candidate of [character, '\ufffd', '?']) {
      const codePoint = candidate.codePointAt(0) ?? 0;
      if (this.font.glyphOf(codePoint) !== 0) return codePoint;
    }
    throw glyphsMissing(new Set([character]));
  }
}
