import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import { readDer, tags } from '../der/element';
import { DerReader } from '../der/reader';
import { octetStringValue, smallInteger } from '../der/values';
import { hmacHash, pbkdf2Key, pkcs12Key, unsupported } from './pkcs12-derivation';
import type { DerivationBudget, Pkcs12Hash } from './pkcs12-derivation';

const pbmac1 = '1.2.840.113549.1.5.14';

const digests = new Map<string, { readonly hash: Pkcs12Hash; readonly length: number }>([
  ['1.3.14.3.2.26', { hash: 'sha1', length: 20 }],
  ['2.16.840.1.101.3.4.2.1', { hash: 'sha256', length: 32 }],
  ['2.16.840.1.101.3.4.2.2', { hash: 'sha384', length: 48 }],
  ['2.16.840.1.101.3.4.2.3', { hash: 'sha512', length: 64 }],
]);

/** Checks MacData (RFC 7292 §4, RFC 9579) over the authenticated safe. Throws PKCS12_UNSUPPORTED for other MACs. */
export function isMacRight(
  macData: Uint8Array,
  authenticatedSafe: Uint8Array,
  password: string,
  budget: DerivationBudget,
): boolean {
  const reader = new DerReader(readDer(macData));
  const digestInfo = reader.enter(tags.sequence);
  const algorithm = readAlgorithmIdentifier(digestInfo.read(tags.sequence));
  const expected = octetStringValue(digestInfo.read(tags.octetString));
  digestInfo.finish();
  const salt = octetStringValue(reader.read(tags.octetString));
  const roundsField = reader.optional(tags.integer);
  reader.finish();
  const rounds = roundsField ? smallInteger(roundsField) : 1;
  const { hash, key } =
    algorithm.oid === pbmac1
      ? pbmac1Key(algorithm, password, budget)
      : macKey(algorithm, { password, salt, rounds }, budget);
  const actual = createHmac(hash, key).update(authenticatedSafe).digest();
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

interface MacKey {
  readonly hash: Pkcs12Hash;
  readonly key: Uint8Array;
}

function macKey(
  { oid }: AlgorithmIdentifier,
  input: { readonly password: string; readonly salt: Uint8Array; readonly rounds: number },
  budget: DerivationBudget,
): MacKey {
  const found = digests.get(oid);
  if (!found) throw unsupported(`MAC ${oid}`);
  return { hash: found.hash, key: pkcs12Key({ ...input, hash: found.hash }, 3, found.length, budget) };
}

/** PBMAC1-params (RFC 8018 appendix A.5); in PKCS#12 PBKDF2 states the length of the key (RFC 9579 §5). */
function pbmac1Key(algorithm: AlgorithmIdentifier, password: string, budget: DerivationBudget): MacKey {
  if (!algorithm.parameters) throw unsupported('PBMAC1 without parameters');
  const reader = new DerReader(algorithm.parameters);
  const derivation = readAlgorithmIdentifier(reader.read(tags.sequence));
  const scheme = readAlgorithmIdentifier(reader.read(tags.sequence));
  reader.finish();
  const hash = hmacHash(scheme.oid);
  const length = [...digests.values()].find((digest) => digest.hash === hash)?.length ?? 0;
  return { hash, key: pbkdf2Key(derivation, password, length, budget) };
}
