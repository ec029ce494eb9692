import { createDecipheriv } from 'node:crypto';
import forge from 'node-forge';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { octetStringValue } from '../der/values';
import { pbkdf2Key, pkcs12Key, saltAndRounds, unsupported } from './pkcs12-derivation';
import type { DerivationBudget } from './pkcs12-derivation';

const pbes2 = '1.2.840.113549.1.5.13';

const ciphers = new Map<string, { readonly name: string; readonly keyLength: number }>([
  ['2.16.840.1.101.3.4.1.2', { name: 'aes-128-cbc', keyLength: 16 }],
  ['2.16.840.1.101.3.4.1.22', { name: 'aes-192-cbc', keyLength: 24 }],
  ['2.16.840.1.101.3.4.1.42', { name: 'aes-256-cbc', keyLength: 32 }],
  ['1.2.840.113549.3.7', { name: 'des-ede3-cbc', keyLength: 24 }],
]);

/** The schemes of PKCS#12 itself, all over SHA-1 (RFC 7292 appendix C). The two by RC4 are not taken. */
const ownSchemes = new Map<string, { readonly cipher: 'triple-des' | 'rc2'; readonly keyLength: number }>([
  ['1.2.840.113549.1.12.1.3', { cipher: 'triple-des', keyLength: 24 }],
  ['1.2.840.113549.1.12.1.4', { cipher: 'triple-des', keyLength: 16 }],
  ['1.2.840.113549.1.12.1.5', { cipher: 'rc2', keyLength: 16 }],
  ['1.2.840.113549.1.12.1.6', { cipher: 'rc2', keyLength: 5 }],
]);

/** Decrypts by PBES2 (RFC 8018) or the old PKCS#12 schemes. Undefined when padding shows that the key is wrong. */
export function decryptByPassword(
  algorithm: AlgorithmIdentifier,
  encrypted: Uint8Array,
  password: string,
  budget: DerivationBudget,
): Uint8Array | undefined {
  const { oid, parameters } = algorithm;
  if (!parameters) throw unsupported(`encryption ${oid} without parameters`);
  if (oid === pbes2) return decryptPbes2(parameters, encrypted, password, budget);
  const scheme = ownSchemes.get(oid);
  if (!scheme) throw unsupported(`encryption ${oid}`);
  const input = { password, hash: 'sha1', ...saltAndRounds(parameters) } as const;
  const key = pkcs12Key(input, 1, scheme.keyLength, budget);
  const iv = pkcs12Key(input, 2, 8, budget);
  if (scheme.cipher === 'rc2') return decryptRc2(key, iv, encrypted);
  // Of two keys the first is used again as the third.
  const threeKeys = Buffer.concat([key, key]).subarray(0, 24);
  return decryptCbc('des-ede3-cbc', threeKeys, iv, encrypted);
}

function decryptPbes2(
  parameters: DerElement,
  encrypted: Uint8Array,
  password: string,
  budget: DerivationBudget,
): Uint8Array | undefined {
  const reader = new DerReader(parameters);
  const derivation = readAlgorithmIdentifier(reader.read(tags.sequence));
  const scheme = readAlgorithmIdentifier(reader.read(tags.sequence));
  reader.finish();
  const cipher = ciphers.get(scheme.oid);
  if (!cipher || !scheme.parameters) throw unsupported(`cipher ${scheme.oid}`);
  const key = pbkdf2Key(derivation, password, cipher.keyLength, budget);
  return decryptCbc(cipher.name, key, octetStringValue(scheme.parameters), encrypted);
}

/** OpenSSL 3 has RC2 only in its legacy provider, which node does not load. */
function decryptRc2(key: Buffer, iv: Buffer, encrypted: Uint8Array): Uint8Array | undefined {
  const cipher = forge.rc2.createDecryptionCipher(key.toString('latin1'), key.length * 8);
  cipher.start(iv.toString('latin1'));
  cipher.update(forge.util.createBuffer(Buffer.from(encrypted).toString('latin1')));
  return cipher.finish() ? Buffer.from(cipher.output.getBytes(), 'latin1') : undefined;
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
