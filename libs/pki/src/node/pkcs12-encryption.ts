import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import forge from 'node-forge';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { octetStringValue, smallInteger } from '../der/values';
import { PkiError } from '../errors';

/** More rounds than this are an attack on whoever opens the file. */
const maxPbkdf2Iterations = 5_000_000;
const maxPkcs12Iterations = 500_000;

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const tripleDes = '1.2.840.113549.1.12.1.3';
const rc2With40Bits = '1.2.840.113549.1.12.1.6';

const ciphers = new Map<string, { readonly name: string; readonly keyLength: number }>([
  ['2.16.840.1.101.3.4.1.2', { name: 'aes-128-cbc', keyLength: 16 }],
  ['2.16.840.1.101.3.4.1.22', { name: 'aes-192-cbc', keyLength: 24 }],
  ['2.16.840.1.101.3.4.1.42', { name: 'aes-256-cbc', keyLength: 32 }],
  ['1.2.840.113549.3.7', { name: 'des-ede3-cbc', keyLength: 24 }],
]);

const pseudoRandomFunctions = new Map<string, string>([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

const macDigests = new Map<
  string,
  { readonly name: 'sha1' | 'sha256' | 'sha384' | 'sha512'; readonly length: number }
>([
  ['1.3.14.3.2.26', { name: 'sha1', length: 20 }],
  ['2.16.840.1.101.3.4.2.1', { name: 'sha256', length: 32 }],
  ['2.16.840.1.101.3.4.2.2', { name: 'sha384', length: 48 }],
  ['2.16.840.1.101.3.4.2.3', { name: 'sha512', length: 64 }],
]);

/** Decrypts by PBES2 (RFC 8018) or the old PKCS#12 schemes. Undefined when padding shows that the key is wrong. */
export function decryptByPassword(
  algorithm: AlgorithmIdentifier,
  encrypted: Uint8Array,
  password: string,
): Uint8Array | undefined {
  const { parameters } = algorithm;
  if (!parameters) throw unsupported(`encryption ${algorithm.oid} without parameters`);
  if (algorithm.oid === pbes2) return decryptPbes2(parameters, encrypted, password);
  if (algorithm.oid === tripleDes || algorithm.oid === rc2With40Bits) {
    return decryptPkcs12Pbe(algorithm.oid, parameters, encrypted, password);
  }
  throw unsupported(`encryption ${algorithm.oid}`);
}

function decryptPbes2(
  parameters: DerElement,
  encrypted: Uint8Array,
  password: string,
): Uint8Array | undefined {
  const reader = new DerReader(parameters);
  const derivation = readAlgorithmIdentifier(reader.read(tags.sequence));
  const scheme = readAlgorithmIdentifier(reader.read(tags.sequence));
  reader.finish();
  const cipher = ciphers.get(scheme.oid);
  if (derivation.oid !== pbkdf2 || !derivation.parameters)
    throw unsupported(`key derivation ${derivation.oid}`);
  if (!cipher || !scheme.parameters) throw unsupported(`cipher ${scheme.oid}`);

  const kdf = new DerReader(derivation.parameters);
  const salt = octetStringValue(kdf.read(tags.octetString));
  const iterations = boundedIterations(kdf.read(tags.integer), maxPbkdf2Iterations);
  kdf.optional(tags.integer);
  const prfField = kdf.optional(tags.sequence);
  kdf.finish();
  const prfOid = prfField ? readAlgorithmIdentifier(prfField).oid : '1.2.840.113549.2.7';
  const prf = pseudoRandomFunctions.get(prfOid);
  if (prf === undefined) throw unsupported(`pseudo-random function ${prfOid}`);

  const key = pbkdf2Sync(Buffer.from(password, 'utf8'), salt, iterations, cipher.keyLength, prf);
  return decryptCbc(cipher.name, key, octetStringValue(scheme.parameters), encrypted);
}

function decryptPkcs12Pbe(
  oid: string,
  parameters: DerElement,
  encrypted: Uint8Array,
  password: string,
): Uint8Array | undefined {
  const reader = new DerReader(parameters);
  const salt = octetStringValue(reader.read(tags.octetString));
  const iterations = boundedIterations(reader.read(tags.integer), maxPkcs12Iterations);
  reader.finish();
  const derive = (id: 1 | 2, length: number): Buffer =>
    pkcs12Key(password, salt, id, iterations, length, 'sha1');
  if (oid === tripleDes) return decryptCbc('des-ede3-cbc', derive(1, 24), derive(2, 8), encrypted);
  // OpenSSL 3 has RC2 only in its legacy provider, which node does not load.
  const cipher = forge.rc2.createDecryptionCipher(derive(1, 5).toString('latin1'), 40);
  cipher.start(derive(2, 8).toString('latin1'));
  cipher.update(forge.util.createBuffer(Buffer.from(encrypted).toString('latin1')));
  if (!cipher.finish()) return undefined;
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}

function decryptCbc(
  name: string,
  key: Buffer,
  iv: Uint8Array,
  encrypted: Uint8Array,
): Uint8Array | undefined {
  if (iv.length !== (name.startsWith('aes') ? 16 : 8)) throw unsupported('initialisation vector length');
  const decipher = createDecipheriv(name, key, iv);
  try {
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]));
  } catch {
    // Bad padding: the only thing it can mean here is a wrong key or damaged bytes; the caller tells them apart.
    return undefined;
  }
}

/** Key derivation of PKCS#12 itself (RFC 7292 appendix B), password as BMPString. */
function pkcs12Key(
  password: string,
  salt: Uint8Array,
  id: 1 | 2 | 3,
  iterations: number,
  length: number,
  hash: 'sha1' | 'sha256' | 'sha384' | 'sha512',
): Buffer {
  const saltBuffer = forge.util.createBuffer(Buffer.from(salt).toString('latin1'));
  const digest = forge.md[hash].create();
  const key = forge.pkcs12.generateKey(password, saltBuffer, id, iterations, length, digest);
  return Buffer.from(key.getBytes(), 'latin1');
}

/** Checks MacData (RFC 7292 §4) over the authenticated safe. Throws PKCS12_UNSUPPORTED for other MACs. */
export function isMacRight(macData: Uint8Array, authenticatedSafe: Uint8Array, password: string): boolean {
  const reader = new DerReader(readDer(macData));
  const digestInfo = reader.enter(tags.sequence);
  const algorithm = readAlgorithmIdentifier(digestInfo.read(tags.sequence));
  const expected = octetStringValue(digestInfo.read(tags.octetString));
  digestInfo.finish();
  const salt = octetStringValue(reader.read(tags.octetString));
  const iterationsField = reader.optional(tags.integer);
  reader.finish();
  const hash = macDigests.get(algorithm.oid);
  if (!hash) throw unsupported(`MAC ${algorithm.oid}`);
  const iterations = iterationsField ? boundedIterations(iterationsField, maxPkcs12Iterations) : 1;
  const key = pkcs12Key(password, salt, 3, iterations, hash.length, hash.name);
  const actual = createHmac(hash.name, key).update(authenticatedSafe).digest();
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function boundedIterations(element: DerElement, limit: number): number {
  const iterations = smallInteger(element);
  if (iterations < 1 || iterations > limit) throw unsupported(`${iterations} iterations`);
  return iterations;
}

function unsupported(what: string): PkiError {
  return new PkiError('PKCS12_UNSUPPORTED', `PKCS#12: ${what} is not supported`);
}
