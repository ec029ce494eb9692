import { hash as hashOf, pbkdf2Sync } from 'node:crypto';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import type { DerElement } from '../der/element';
import { tags } from '../der/element';
import { DerReader } from '../der/reader';
import { octetStringValue, smallInteger } from '../der/values';
import { PkiError } from '../errors';

export type Pkcs12Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Octets: of a digest, and of the blocks it is made from. */
const sizes: Readonly<Record<Pkcs12Hash, { readonly digest: number; readonly block: number }>> = {
  sha1: { digest: 20, block: 64 },
  sha256: { digest: 32, block: 64 },
  sha384: { digest: 48, block: 128 },
  sha512: { digest: 64, block: 128 },
};

/**
 * What one file may cost, over all of its keys, bags and MACs: about ten seconds at the very worst. A file of a
 * thousand bags, each with a bearable count, is as much of an attack as one huge count. Firefox's files, 600,000
 * rounds thrice, stay well below.
 */
export interface DerivationBudget {
  left: number;
}

export const derivationBudget = (): DerivationBudget => ({ left: 4_000_000 });

/** A round of the derivation of PKCS#12 costs about so many of PBKDF2, which runs outside of JavaScript. */
const pkcs12RoundCost = 2;

function spend(budget: DerivationBudget, rounds: number, size: number, { digest }: { digest: number }): void {
  if (rounds < 1) throw unsupported(`${rounds} rounds`);
  budget.left -= rounds * Math.ceil(size / digest);
  if (budget.left < 0) throw unsupported(`so many rounds of key derivation (${rounds} at last)`);
}

/**
 * Key derivation of PKCS#12 itself (RFC 7292 appendix B.2), password as a BMPString with its end. `id`: 1 a key, 2 an
 * initialisation vector, 3 a MAC key.
 */
export function pkcs12Key(
  input: {
    readonly password: string;
    readonly salt: Uint8Array;
    readonly rounds: number;
    readonly hash: Pkcs12Hash;
  },
  id: 1 | 2 | 3,
  length: number,
  budget: DerivationBudget,
): Buffer {
  const { password, salt, rounds, hash } = input;
  const { digest, block } = sizes[hash];
  spend(budget, rounds * pkcs12RoundCost, length, { digest });
  const diversifier = Buffer.alloc(block, id);
  const characters = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const filled = Buffer.concat([repeated(salt, block), repeated(characters, block)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < length; made += digest) {
    let part = Buffer.concat([diversifier, filled]);
    for (let round = 0; round < rounds; round += 1) part = hashOf(hash, part, 'buffer');
    parts.push(part);
    for (let at = 0; at < filled.length; at += block) addBlock(filled.subarray(at, at + block), part);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** As often as it takes to fill whole blocks; nothing of nothing. */
function repeated(octets: Uint8Array, block: number): Buffer {
  const length = Math.ceil(octets.length / block) * block;
  return Buffer.from(Uint8Array.from({ length }, (_, at) => octets[at % octets.length] ?? 0));
}

/** block = (block + part, repeated, + 1) mod 2^(8·length). */
function addBlock(block: Buffer, part: Buffer): void {
  let carry = 1;
  for (let at = block.length - 1; at >= 0; at -= 1) {
    const sum = (block[at] ?? 0) + (part[at % part.length] ?? 0) + carry;
    block[at] = sum & 0xff;
    carry = sum >> 8;
  }
}

const pbkdf2Oid = '1.2.840.113549.1.5.12';

const hmacs = new Map<string, Pkcs12Hash>([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

/** The hash of an HMAC's identifier. Throws PKCS12_UNSUPPORTED. */
export function hmacHash(oid: string): Pkcs12Hash {
  const hash = hmacs.get(oid);
  if (!hash) throw unsupported(`pseudo-random function ${oid}`);
  return hash;
}

/** PBKDF2 (RFC 8018 §5.2, parameters in appendix A.2), password in UTF-8. Throws PKCS12_UNSUPPORTED. */
export function pbkdf2Key(
  derivation: AlgorithmIdentifier,
  password: string,
  length: number,
  budget: DerivationBudget,
): Buffer {
  if (derivation.oid !== pbkdf2Oid || !derivation.parameters)
    throw unsupported(`key derivation ${derivation.oid}`);
  const reader = new DerReader(derivation.parameters);
  const salt = octetStringValue(reader.read(tags.octetString));
  const rounds = smallInteger(reader.read(tags.integer));
  const lengthField = reader.optional(tags.integer);
  const prfField = reader.optional(tags.sequence);
  reader.finish();
  if (lengthField && smallInteger(lengthField) !== length) throw unsupported('a key of another length');
  const prf = prfField ? hmacHash(readAlgorithmIdentifier(prfField).oid) : 'sha1';
  spend(budget, rounds, length, sizes[prf]);
  return pbkdf2Sync(Buffer.from(password, 'utf8'), salt, rounds, length, prf);
}

/** Salt and rounds, as PKCS#12's own schemes give them: SEQUENCE { salt, iterations }. */
export function saltAndRounds(parameters: DerElement): {
  readonly salt: Uint8Array;
  readonly rounds: number;
} {
  const reader = new DerReader(parameters);
  const salt = octetStringValue(reader.read(tags.octetString));
  const rounds = smallInteger(reader.read(tags.integer));
  reader.finish();
  return { salt, rounds };
}

export function unsupported(what: string): PkiError {
  return new PkiError('PKCS12_UNSUPPORTED', `PKCS#12: ${what} is not supported`);
}
