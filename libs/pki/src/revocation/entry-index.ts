import type { DerElement } from '../der/element';
import { elementAt } from '../der/element';
import { PkiError } from '../errors';
import { EntryScan } from './entry-scan';

/** More entries than this in one list are refused. */
const maxEntries = 10_000_000;
/** Entries take 20 octets and more: about four of them share a bucket. */
const octetsPerBucket = 160;
/** Some hundredths of a second of work. */
const entriesPerStep = 100_000;

/** Entries of a list by serial number: offsets into its bytes, about five octets for each entry and no object. */
export interface EntryIndex {
  readonly count: number;
  readonly hasUnknownCritical: boolean;
  /** Entries with this serial number (content octets of the INTEGER); more than one only in indirect lists. */
  find(serial: Uint8Array): DerElement[];
  /** GeneralNames of the certificateIssuer in force at an entry; undefined stands for the issuer of the list. */
  issuerAt(entry: DerElement): DerElement | undefined;
}

export const noEntries: EntryIndex = {
  count: 0,
  hasUnknownCritical: false,
  find: () => [],
  issuerAt: () => undefined,
};

/**
 * Checks the form of every entry and indexes them by a hash of the serial number. Pauses now and then, so that a
 * server can do other things in between. Throws CRL_TOO_LARGE, DER_MALFORMED, DER_NOT_CANONICAL.
 */
export function* indexEntries(
  revoked: DerElement,
  list: { readonly isIndirect: boolean },
): Generator<undefined, EntryIndex> {
  const { source, contentStart, end: limit } = revoked;
  const scan = new EntryScan(source, list);
  const issuers = new IssuerChanges();
  const buckets = 2 ** Math.max(0, Math.ceil(Math.log2(revoked.contentLength / octetsPerBucket)));
  const bucketOf = (bytes: Uint8Array, from: number, to: number): number =>
    hash(bytes, from, to) & (buckets - 1);

  // Counting sort: how many stand in each bucket, where each ends, then every offset into its place from the back.
  const starts = new Uint32Array(buckets + 1);
  let count = 0;
  for (let at = contentStart; at < limit; at = scan.end) {
    scan.read(at, limit);
    if (scan.issuerValue > 0) issuers.add(at, scan.issuerValue);
    if (++count > maxEntries) throw new PkiError('CRL_TOO_LARGE', `more than ${maxEntries} entries`);
    const bucket = bucketOf(source, scan.serialStart, scan.serialEnd);
    starts[bucket] = (starts[bucket] ?? 0) + 1;
    if (count % entriesPerStep === 0) yield;
  }
  for (let bucket = 1; bucket <= buckets; bucket++) {
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  }
  const offsets = new Uint32Array(count);
  let left = count;
  for (let at = contentStart; at < limit; at = scan.end) {
    scan.readSerial(at, limit);
    const bucket = bucketOf(source, scan.serialStart, scan.serialEnd);
    const place = (starts[bucket] ?? 0) - 1;
    starts[bucket] = place;
    offsets[place] = at;
    if (--left > 0 && left % entriesPerStep === 0) yield;
  }

  return {
    count,
    hasUnknownCritical: scan.hasUnknownCritical,
    find(serial) {
      const found: DerElement[] = [];
      const bucket = bucketOf(serial, 0, serial.length);
      const end = starts[bucket + 1] ?? 0;
      for (let place = starts[bucket] ?? 0; place < end; place++) {
        const at = offsets[place] ?? 0;
        scan.readSerial(at, limit);
        if (isAt(source, scan.serialStart, scan.serialEnd, serial)) {
          found.push(elementAt(source, at, limit, revoked.levelsLeft - 1));
        }
      }
      return found;
    },
    issuerAt(entry) {
      const at = issuers.inForceAt(entry.start);
      return at === undefined ? undefined : elementAt(source, at, limit, revoked.levelsLeft - 1);
    },
  };
}

// Taken out once: a global is looked up anew each time where the code runs in a context of its own.
const { imul } = Math;

/** FNV-1a. Whoever makes serial numbers collide makes a question slow in proportion to the list, not more. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at++) value = imul(value ^ (bytes[at] ?? 0), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

function isAt(source: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  if (to - from !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (source[from + i] !== wanted[i]) return false;
  return true;
}

/** Entries from which on another certificateIssuer counts (RFC 5280 §5.3.3), in the order of the list. */
class IssuerChanges {
  private pairs = new Uint32Array(0);

  private length = 0;

  add(entry: number, value: number): void {
    if (this.length === this.pairs.length) {
      const larger = new Uint32Array(Math.max(16, this.length * 2));
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[this.length++] = entry;
    this.pairs[this.length++] = value;
  }

  /** Position of the value named by the last entry at or before this one. */
  inForceAt(entry: number): number | undefined {
    let low = 0;
    let high = this.length / 2;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.pairs[middle * 2] ?? 0) <= entry) low = middle + 1;
      else high = middle;
    }
    // Undefined before the first of them.
    return this.pairs[low * 2 - 1];
  }
}
