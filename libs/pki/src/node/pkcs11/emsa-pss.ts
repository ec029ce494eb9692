import { createHash, randomBytes } from 'node:crypto';
import { concatBytes } from '../../bytes';
import type { SignatureAlgorithm } from '../../crypto/algorithms';
import { digestLength } from '../../crypto/algorithms';
import { nodeHashName } from '../node-crypto-engine';

/**
 * EMSA-PSS-ENCODE (RFC 8017 §9.1.1), as long as the modulus: for tokens that know RSA but not PSS, and exponentiate
 * what is given to them.
 */
export function emsaPssEncode(
  messageDigest: Uint8Array,
  { hash, saltLength = digestLength[hash] }: SignatureAlgorithm,
  modulusBits: number,
): Uint8Array {
  const sha = (data: Uint8Array): Buffer => createHash(nodeHashName(hash)).update(data).digest();
  const encodedBits = modulusBits - 1;
  const length = Math.ceil(encodedBits / 8);
  const salt = randomBytes(saltLength);
  const seed = sha(concatBytes([new Uint8Array(8), messageDigest, salt]));
  const padding = new Uint8Array(length - saltLength - seed.length - 2);
  const block = concatBytes([padding, Uint8Array.of(1), salt]);
  const mask = mgf1(sha, seed, block.length);
  const masked = block.map((octet, at) => octet ^ (mask[at] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - encodedBits));
  const encoded = concatBytes([masked, seed, Uint8Array.of(0xbc)]);
  return concatBytes([new Uint8Array(Math.ceil(modulusBits / 8) - length), encoded]);
}

/** RFC 8017 appendix B.2.1. */
function mgf1(sha: (data: Uint8Array) => Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let counter = 0, made = 0; made < length; counter += 1) {
    const block = sha(concatBytes([seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)]));
    parts.push(block);
    made += block.length;
  }
  return concatBytes(parts).subarray(0, length);
}
