import { byteAt, endsToken, fromLatin1, hexValue, isDigit, isWhiteSpace, startsWithAt } from '../bytes';
import { damaged, PdfError } from '../errors';
import { PdfArray, PdfDict, PdfName, PdfRef, PdfString } from '../model/objects';
import type { PdfObject } from '../model/objects';

/** Whether positions in the parsed bytes are file offsets, so that strings may carry their place. */
export type ParserOrigin = 'file' | 'object-stream';

/**
 * Reads objects one after another from a byte range. Every step consumes input and nesting is bounded,
 * so that reading ends on any bytes. Nothing is repaired: what is not PDF syntax raises PDF_DAMAGED.
 */
export class ObjectParser {
  constructor(
    readonly bytes: Uint8Array,
    public pos: number,
    private readonly maxDepth: number,
    private readonly origin: ParserOrigin,
  ) {}

  /** Moves past white space and comments. */
  skipSpace(): void {
    for (;;) {
      const byte = byteAt(this.bytes, this.pos);
      if (isWhiteSpace(byte)) this.pos++;
      else if (byte === 0x25) this.skipComment();
      else return;
    }
  }

  private skipComment(): void {
    for (;;) {
      const byte = byteAt(this.bytes, this.pos);
      if (byte === 10 || byte === 13 || byte === -1) return;
      this.pos++;
    }
  }

  /** Consumes `word` as a whole token if it comes next. */
  takeKeyword(word: string): boolean {
    this.skipSpace();
    if (!startsWithAt(this.bytes, this.pos, word)) return false;
    if (!endsToken(byteAt(this.bytes, this.pos + word.length))) return false;
    this.pos += word.length;
    return true;
  }

  /** Consumes an unsigned integer token if one comes next; at most 15 digits, so that it is exact. */
  takeInteger(): number | undefined {
    this.skipSpace();
    let at = this.pos;
    let value = 0;
    for (let byte = byteAt(this.bytes, at); isDigit(byte); byte = byteAt(this.bytes, ++at)) {
      value = value * 10 + (byte - 0x30);
    }
    if (at === this.pos || at - this.pos > 15 || !endsToken(byteAt(this.bytes, at))) return undefined;
    this.pos = at;
    return value;
  }

  parseObject(depth = 0): PdfObject {
    if (depth > this.maxDepth) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'objects are nested too deeply', {
        detail: { maxDepth: this.maxDepth, offset: this.pos },
      });
    }
    this.skipSpace();
    const byte = byteAt(this.bytes, this.pos);
    switch (byte) {
      case 0x2f: // /
        return new PdfName(this.parseName());
      case 0x28: // (
        return this.parseLiteralString();
      case 0x5b: // [
        return this.parseArray(depth);
      case 0x3c: // <
        return byteAt(this.bytes, this.pos + 1) === 0x3c ? this.parseDict(depth) : this.parseHexString();
      case 0x74: // t
        if (this.takeKeyword('true')) return true;
        break;
      case 0x66: // f
        if (this.takeKeyword('false')) return false;
        break;
      case 0x6e: // n
        if (this.takeKeyword('null')) return null;
        break;
      default:
        if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.parseNumberOrRef();
    }
    throw damaged(byte === -1 ? 'the data ends inside an object' : 'no object stands here', {
      offset: this.pos,
    });
  }

  private parseNumberOrRef(): PdfObject {
    const value = this.parseNumber();
    if (!Number.isInteger(value) || value <= 0) return value;
    const afterNumber = this.pos;
    // `12 0 R`: only an unsigned integer directly followed by another and by R is a reference.
    const next = byteAt(this.bytes, this.pos);
    if (isWhiteSpace(next) || next === 0x25) {
      this.skipSpace();
      if (isDigit(byteAt(this.bytes, this.pos))) {
        const gen = this.takeInteger();
        if (gen !== undefined && gen <= 65535) {
          this.skipSpace();
          if (byteAt(this.bytes, this.pos) === 0x52 && endsToken(byteAt(this.bytes, this.pos + 1))) {
            this.pos++;
            return new PdfRef(value, gen);
          }
        }
      }
      this.pos = afterNumber;
    }
    return value;
  }

  private parseNumber(): number {
    const start = this.pos;
    let at = start;
    const first = byteAt(this.bytes, at);
    const negative = first === 0x2d;
    if (negative || first === 0x2b) at++;
    let value = 0;
    let digits = 0;
    let scale = 0;
    for (let byte = byteAt(this.bytes, at); !endsToken(byte); byte = byteAt(this.bytes, ++at)) {
      if (isDigit(byte)) {
        value = value * 10 + (byte - 0x30);
        digits++;
        if (scale > 0) scale *= 10;
      } else if (byte === 0x2e && scale === 0) {
        scale = 1;
      } else {
        throw damaged('malformed number', { offset: start });
      }
    }
    if (digits === 0) throw damaged('malformed number', { offset: start });
    if (digits > 15)
      value = Number(fromLatin1(this.bytes.subarray(negative || first === 0x2b ? start + 1 : start, at)));
    else if (scale > 0) value /= scale;
    if (!Number.isFinite(value)) throw damaged('number out of range', { offset: start });
    this.pos = at;
    return negative && value !== 0 ? -value : value;
  }

  private parseName(): string {
    let at = this.pos + 1;
    const start = at;
    let escaped = false;
    for (let byte = byteAt(this.bytes, at); !endsToken(byte); byte = byteAt(this.bytes, ++at)) {
      if (byte === 0x23) escaped = true;
    }
    const text = fromLatin1(this.bytes.subarray(start, at));
    this.pos = at;
    if (!escaped) return text;
    return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  private parseArray(depth: number): PdfArray {
    this.pos++;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (byteAt(this.bytes, this.pos) === 0x5d) {
        this.pos++;
        return new PdfArray(items);
      }
      items.push(this.parseObject(depth + 1));
    }
  }

  private parseDict(depth: number): PdfDict {
    this.pos += 2;
    const map = new Map<string, PdfObject>();
    const duplicates: string[] = [];
    for (;;) {
      this.skipSpace();
      const byte = byteAt(this.bytes, this.pos);
      if (byte === 0x3e && byteAt(this.bytes, this.pos + 1) === 0x3e) {
        this.pos += 2;
        return new PdfDict(map, duplicates);
      }
      if (byte !== 0x2f) throw damaged('a dictionary key is not a name', { offset: this.pos });
      const key = this.parseName();
      const value = this.parseObject(depth + 1);
      if (map.has(key)) duplicates.push(key);
      map.set(key, value);
    }
  }

  private parseHexString(): PdfString {
    const start = this.pos;
    let at = start + 1;
    let end = at;
    while (byteAt(this.bytes, end) !== 0x3e) {
      if (end >= this.bytes.length) throw damaged('a hexadecimal string has no end', { offset: start });
      end++;
    }
    const out = new Uint8Array((end - at + 1) >> 1);
    let length = 0;
    let high = -1;
    for (; at < end; at++) {
      const byte = byteAt(this.bytes, at);
      const value = hexValue(byte);
      if (value < 0) {
        if (isWhiteSpace(byte)) continue;
        throw damaged('a hexadecimal string holds another character', { offset: at });
      }
      if (high < 0) high = value;
      else {
        out[length++] = (high << 4) | value;
        high = -1;
      }
    }
    if (high >= 0) out[length++] = high << 4; // ISO 32000-1 §7.3.4.3: a missing last digit is 0
    this.pos = end + 1;
    return this.string(out.subarray(0, length), 'hex', start);
  }

  private parseLiteralString(): PdfString {
    const start = this.pos;
    const out: number[] = [];
    let nesting = 1;
    let at = start + 1;
    for (;;) {
      let byte = byteAt(this.bytes, at++);
      if (byte === -1) throw damaged('a string has no end', { offset: start });
      if (byte === 0x28) nesting++;
      else if (byte === 0x29) {
        if (--nesting === 0) break;
      } else if (byte === 0x0d) {
        if (byteAt(this.bytes, at) === 0x0a) at++;
        byte = 0x0a; // ISO 32000-1 §7.3.4.2: an end of line counts as one line feed
      } else if (byte === 0x5c) {
        const next = byteAt(this.bytes, at++);
        if (next >= 0x30 && next <= 0x37) {
          let code = next - 0x30;
          for (let i = 0; i < 2; i++) {
            const digit = byteAt(this.bytes, at);
            if (digit < 0x30 || digit > 0x37) break;
            code = code * 8 + (digit - 0x30);
            at++;
          }
          byte = code & 0xff;
        } else if (next === 0x0d || next === 0x0a) {
          if (next === 0x0d && byteAt(this.bytes, at) === 0x0a) at++;
          continue;
        } else if (next === -1) {
          continue;
        } else byte = escapes.get(next) ?? next;
      }
      out.push(byte);
    }
    this.pos = at;
    return this.string(Uint8Array.from(out), 'literal', start);
  }

  private string(bytes: Uint8Array, form: 'literal' | 'hex', start: number): PdfString {
    if (this.origin === 'object-stream') return new PdfString(bytes, form);
    return new PdfString(bytes, form, { start, end: this.pos });
  }
}

const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);
