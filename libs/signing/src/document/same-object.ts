import { PdfArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString } from '#pdf';
import type { PdfObject } from '#pdf';

/**
 * Whether two objects are written to mean the same: references by number and generation (not what they
 * point to), strings by their bytes, streams by dictionary and encoded bytes. Depth is bounded by the reader.
 */
export function sameObject(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (left === right) return true;
  if (left instanceof PdfName) return right instanceof PdfName && left.value === right.value;
  if (left instanceof PdfRef) return left.equals(right);
  if (left instanceof PdfString) return right instanceof PdfString && sameBytes(left.bytes, right.bytes);
  if (left instanceof PdfArray) {
    return (
      right instanceof PdfArray &&
      left.length === right.length &&
      left.items.every((item, i) => sameObject(item, right.items[i]))
    );
  }
  if (left instanceof PdfDict) return right instanceof PdfDict && differingKeys(left, right).length === 0;
  if (left instanceof PdfStream) {
    return right instanceof PdfStream && sameObject(left.dict, right.dict) && sameBytes(left.raw, right.raw);
  }
  return false;
}

/** Keys that one dictionary has otherwise than the other. */
export function differingKeys(a: PdfDict, b: PdfDict): readonly string[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].filter((key) => !sameObject(a.get(key), b.get(key)));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
