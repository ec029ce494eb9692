import { compareBytes } from '../bytes';
import { readDer, tags } from '../der/element';
import { DerReader } from '../der/reader';
import { unsignedBytes } from '../der/values';
import { derInteger, derSequence } from '../der/writer';
import { PkiError } from '../errors';
import { curveOrder } from './curves';
import type { EcCurve } from './curves';

/** r and s of an Ecdsa-Sig-Value (RFC 3279 §2.2.3), without leading zeros. Throws DER_* errors. */
function numbersOf(value: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const reader = new DerReader(readDer(value));
  const r = unsignedBytes(reader.read(tags.integer));
  const s = unsignedBytes(reader.read(tags.integer));
  reader.finish();
  return [r, s];
}

/** Whether a number without leading zeros is from 1 to n - 1 (FIPS 186-5 §6.4.2). */
function isBelowOrder(number: Uint8Array, order: Uint8Array): boolean {
  if (number.length === 1 && number[0] === 0) return false;
  return number.length < order.length || (number.length === order.length && compareBytes(number, order) < 0);
}

/** Whether this is an Ecdsa-Sig-Value in strict DER, with r and s from 1 to n - 1. */
export function isEcdsaValue(value: Uint8Array, curve: EcCurve): boolean {
  try {
    return numbersOf(value).every((number) => isBelowOrder(number, curveOrder(curve)));
  } catch (error) {
    if (error instanceof PkiError) return false;
    throw error;
  }
}

/** Ecdsa-Sig-Value to r ‖ s of fixed length. Throws DER_* errors for what `isEcdsaValue` refuses. */
export function ecdsaValueToFixed(value: Uint8Array, curve: EcCurve): Uint8Array {
  const size = curveOrder(curve).length;
  const fixed = new Uint8Array(2 * size);
  const [r, s] = numbersOf(value);
  if (r.length > size || s.length > size)
    throw new PkiError('DER_LIMIT_EXCEEDED', 'ECDSA value is too large');
  fixed.set(r, size - r.length);
  fixed.set(s, 2 * size - s.length);
  return fixed;
}

/** Whether these octets are r ‖ s of the curve's length, each from 1 to n - 1. */
export function isFixedEcdsaValue(fixed: Uint8Array, curve: EcCurve): boolean {
  return fixed.length === 2 * curveOrder(curve).length && isEcdsaValue(ecdsaFixedToValue(fixed), curve);
}

/** r ‖ s of fixed length, as WebCrypto and tokens return it, to Ecdsa-Sig-Value. */
export function ecdsaFixedToValue(fixed: Uint8Array): Uint8Array {
  const size = fixed.length / 2;
  return derSequence(derInteger(fixed.subarray(0, size)), derInteger(fixed.subarray(size)));
}
