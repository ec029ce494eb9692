import { concatBytes } from '../bytes';
import { readDer, tags } from '../der/element';
import { DerReader } from '../der/reader';
import { unsignedBytes } from '../der/values';
import { derInteger, derSequence } from '../der/writer';
import { PkiError } from '../errors';
import type { EcCurve } from './public-key';

const fieldOctets: Readonly<Record<EcCurve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** Ecdsa-Sig-Value (RFC 3279 §2.2.3) to r ‖ s of fixed length. Undefined when it is not strict DER or too large. */
export function ecdsaValueToFixed(value: Uint8Array, curve: EcCurve): Uint8Array | undefined {
  try {
    const reader = new DerReader(readDer(value));
    const r = unsignedBytes(reader.read(tags.integer));
    const s = unsignedBytes(reader.read(tags.integer));
    reader.finish();
    const size = fieldOctets[curve];
    if (r.length > size || s.length > size) return undefined;
    return concatBytes([new Uint8Array(size - r.length), r, new Uint8Array(size - s.length), s]);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/** r ‖ s of fixed length, as WebCrypto and tokens return it, to Ecdsa-Sig-Value. */
export function ecdsaFixedToValue(fixed: Uint8Array): Uint8Array {
  const size = fixed.length / 2;
  return derSequence(derInteger(fixed.subarray(0, size)), derInteger(fixed.subarray(size)));
}
