import { compareBytes, concatBytes, fromHex } from '../bytes';
import { readDer, tags } from '../der/element';
import { DerReader } from '../der/reader';
import { unsignedBytes } from '../der/values';
import { derInteger, derSequence } from '../der/writer';
import { PkiError } from '../errors';
import type { EcCurve } from './public-key';

/** Order n of each curve's group, as long as a field element (SEC 2 §2.4.2, §2.5.1, §2.6.1). */
const orders: Readonly<Record<EcCurve, Uint8Array>> = {
  'P-256': fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  'P-384': fromHex(
    'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  ),
  'P-521': fromHex(
    '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
  ),
};

/**
 * Ecdsa-Sig-Value (RFC 3279 §2.2.3) to r ‖ s of fixed length. Undefined when it is not strict DER, or r or s is not
 * from 1 to n - 1 (FIPS 186-5 §6.4.2).
 */
export function ecdsaValueToFixed(value: Uint8Array, curve: EcCurve): Uint8Array | undefined {
  try {
    const reader = new DerReader(readDer(value));
    const r = unsignedBytes(reader.read(tags.integer));
    const s = unsignedBytes(reader.read(tags.integer));
    reader.finish();
    const size = orders[curve].length;
    if (r.length > size || s.length > size) return undefined;
    const fixed = concatBytes([new Uint8Array(size - r.length), r, new Uint8Array(size - s.length), s]);
    return isFixedEcdsaValue(fixed, curve) ? fixed : undefined;
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/** Whether these octets are r ‖ s of the curve's length, each from 1 to n - 1. */
export function isFixedEcdsaValue(fixed: Uint8Array, curve: EcCurve): boolean {
  const order = orders[curve];
  const size = order.length;
  if (fixed.length !== 2 * size) return false;
  return [fixed.subarray(0, size), fixed.subarray(size)].every(
    (half) => compareBytes(half, order) < 0 && half.some((byte) => byte !== 0),
  );
}

/** r ‖ s of fixed length, as WebCrypto and tokens return it, to Ecdsa-Sig-Value. */
export function ecdsaFixedToValue(fixed: Uint8Array): Uint8Array {
  const size = fixed.length / 2;
  return derSequence(derInteger(fixed.subarray(0, size)), derInteger(fixed.subarray(size)));
}
