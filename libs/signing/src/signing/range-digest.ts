import { digest } from '#pki';
import type { DigestAlgorithm } from '#pki';

/** Digest of two stretches of a file, [0, b) and [c, c + d), as if they were one. */
export function rangeDigest(
  hash: DigestAlgorithm,
  bytes: Uint8Array,
  [a, b, c, d]: readonly [number, number, number, number],
): Promise<Uint8Array> {
  const joined = new Uint8Array(b + d);
  joined.set(bytes.subarray(a, a + b));
  joined.set(bytes.subarray(c, c + d), b);
  return digest(hash, joined);
}
