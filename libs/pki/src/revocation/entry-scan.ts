import { elementAt, tags } from '../der/element';
import { PkiError } from '../errors';

/**
 * Where one element lies. Filled in place again and again, so that a walk over millions of elements makes no object
 * for each.
 */
class Cursor {
  tag = 0;
  content = 0;
  end = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** Reads the header at `at`; the element must end at or before `limit`. */
  read(at: number, limit: number): void {
    const length = this.bytes[at + 1] ?? 0;
    if (at + 2 + length <= limit && length < 0x80) {
      this.tag = this.bytes[at] ?? 0;
      this.content = at + 2;
      this.end = at + 2 + length;
      return;
    }
    // Long forms are rare in entries: their rules stand in one place.
    const element = elementAt(this.bytes, at, limit, 1);
    this.tag = element.tag;
    this.content = element.contentStart;
    this.end = element.end;
  }

  expect(tag: number, at: number, limit: number): void {
    this.read(at, limit);
    if (this.tag !== tag) throw malformed(at);
  }
}

function malformed(at: number): PkiError {
  return new PkiError('DER_MALFORMED', `an entry of the list is not in its form at offset ${at}`);
}

/** Last arcs of id-ce (2.5.29) for the entry extensions of RFC 5280 §5.3. */
const arcs = { reasonCode: 21, invalidityDate: 24, certificateIssuer: 29 } as const;

/** Walks over the entries of a list (RFC 5280 §5.1.2.6), checking the form of each. */
export class EntryScan {
  /** Position after the entry read last. */
  end = 0;
  serialStart = 0;
  serialEnd = 0;
  /** Position of the value of its certificateIssuer; 0 when it has none. */
  issuerValue = 0;
  /** An entry so far carries a critical extension that is not understood. */
  hasUnknownCritical = false;

  private readonly cursor: Cursor;

  constructor(
    private readonly bytes: Uint8Array,
    /** certificateIssuer only has a meaning in indirect lists (RFC 5280 §5.3.3). */
    private readonly list: { readonly isIndirect: boolean },
  ) {
    this.cursor = new Cursor(bytes);
  }

  /** Reads the entry at `at` in full. Throws DER_MALFORMED, DER_NOT_CANONICAL. */
  read(at: number, limit: number): void {
    const { cursor } = this;
    this.readSerial(at, limit);
    const { end, serialStart, serialEnd } = this;
    const first = this.bytes[serialStart] ?? 0;
    if (serialStart === serialEnd) throw malformed(at);
    const isPadded = serialEnd - serialStart > 1 && (first === 0 || first === 0xff);
    if (isPadded && (first & 0x80) === ((this.bytes[serialStart + 1] ?? 0) & 0x80)) {
      throw new PkiError('DER_NOT_CANONICAL', `serial number is not in shortest form at offset ${at}`);
    }
    cursor.read(serialEnd, end);
    if (cursor.tag !== tags.utcTime && cursor.tag !== tags.generalizedTime) throw malformed(serialEnd);
    this.issuerValue = 0;
    if (cursor.end < end) this.readExtensions(cursor.end, end);
  }

  /** Only as far as the serial number: for entries whose form was checked before. */
  readSerial(at: number, limit: number): void {
    const { cursor } = this;
    cursor.expect(tags.sequence, at, limit);
    this.end = cursor.end;
    cursor.expect(tags.integer, cursor.content, this.end);
    this.serialStart = cursor.content;
    this.serialEnd = cursor.end;
  }

  private readExtensions(at: number, limit: number): void {
    const { cursor } = this;
    cursor.expect(tags.sequence, at, limit);
    if (cursor.end !== limit || cursor.content === limit) throw malformed(at);
    let next = cursor.content;
    while (next < limit) {
      cursor.expect(tags.sequence, next, limit);
      const { end } = cursor;
      this.readExtension(cursor.content, end);
      next = end;
    }
  }

  private readExtension(at: number, end: number): void {
    const { cursor, bytes } = this;
    cursor.expect(tags.oid, at, end);
    const isStandard =
      cursor.end - cursor.content === 3 &&
      bytes[cursor.content] === 0x55 &&
      bytes[cursor.content + 1] === 0x1d;
    const arc = isStandard ? bytes[cursor.content + 2] : undefined;
    let isCritical = false;
    cursor.read(cursor.end, end);
    if (cursor.tag === tags.boolean) {
      // TRUE in whatever octet (X.690 §8.2.2): what is not in its form must not pass for not critical.
      isCritical = bytes[cursor.content] !== 0;
      cursor.read(cursor.end, end);
    }
    if (cursor.tag !== tags.octetString || cursor.end !== end) throw malformed(at);
    const namesIssuer = arc === arcs.certificateIssuer && this.list.isIndirect;
    if (namesIssuer) {
      this.issuerValue = cursor.content;
      cursor.expect(tags.sequence, this.issuerValue, end);
      if (cursor.end !== end) throw malformed(at);
    } else if (isCritical && arc !== arcs.reasonCode && arc !== arcs.invalidityDate) {
      this.hasUnknownCritical = true;
    }
  }
}
