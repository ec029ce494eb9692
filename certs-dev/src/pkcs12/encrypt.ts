import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { derWriter } from '#pki';
import { derivePkcs12 } from './derive';
import { pkcs12Oids } from './oids';

const { derInteger, derNull, derOctetString, derOid, derSequence } = derWriter;

/** What came out, and the AlgorithmIdentifier that tells how to undo it. */
export interface Encrypted {
  readonly algorithm: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export type Encrypt = (plaintext: Uint8Array, password: string) => Promise<Encrypted>;

const iterations = 4096;
const derive = promisify(pbkdf2);

/** PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018 §6.2): what current tools write. */
export const encryptNew: Encrypt = async (plaintext, password) => {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await derive(password, salt, iterations, 32, 'sha256');
  const prf = derSequence(derOid(pkcs12Oids.hmacWithSha256), derNull);
  const kdf = derSequence(
    derOid(pkcs12Oids.pbkdf2),
    derSequence(derOctetString(salt), derInteger(iterations), prf),
  );
  const scheme = derSequence(derOid(pkcs12Oids.aes256Cbc), derOctetString(iv));
  return {
    algorithm: derSequence(derOid(pkcs12Oids.pbes2), derSequence(kdf, scheme)),
    ciphertext: runCipher('aes-256-cbc', key, iv, plaintext),
  };
};

/** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 Appendix C): how older tools wrap keys. */
export const encryptOldKey: Encrypt = (plaintext, password) => {
  const { salt, algorithm } = oldScheme(pkcs12Oids.pbeWithSha1And3Des);
  const key = oldDerivation(password, salt, 'key', 24);
  const ciphertext = runCipher('des-ede3-cbc', key, oldDerivation(password, salt, 'iv', 8), plaintext);
  return Promise.resolve({ algorithm, ciphertext });
};

/** pbeWithSHAAnd40BitRC2-CBC: how older tools wrap certificates. Node's OpenSSL no longer has RC2. */
export const encryptOldCertificates: Encrypt = (plaintext, password) => {
  const { salt, algorithm } = oldScheme(pkcs12Oids.pbeWithSha1And40BitRc2);
  const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const cipher = forge.rc2.createEncryptionCipher(binary(oldDerivation(password, salt, 'key', 5)), 40);
  cipher.start(binary(oldDerivation(password, salt, 'iv', 8)));
  cipher.update(forge.util.createBuffer(binary(plaintext)));
  cipher.finish();
  return Promise.resolve({ algorithm, ciphertext: Buffer.from(cipher.output.getBytes(), 'latin1') });
};

function oldScheme(oid: string): { readonly salt: Uint8Array; readonly algorithm: Uint8Array } {
  const salt = randomBytes(8);
  const parameters = derSequence(derOctetString(salt), derInteger(iterations));
  return { salt, algorithm: derSequence(derOid(oid), parameters) };
}

function oldDerivation(
  password: string,
  salt: Uint8Array,
  purpose: 'key' | 'iv',
  length: number,
): Uint8Array {
  return derivePkcs12({ digest: 'sha1', password, salt, iterations, purpose, length });
}

function runCipher(name: string, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}
