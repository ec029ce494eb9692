import { createHmac, hash, randomBytes } from 'node:crypto';
import { derWriter } from '#pki';
import { derivePkcs12 } from './derive';
import { encryptNew, encryptOldCertificates, encryptOldKey } from './encrypt';
import type { Encrypt } from './encrypt';
import { pkcs12Oids } from './oids';

const { derExplicit, derImplicit, derInteger, derNull, derOctetString, derOid, derSequence, derSetOf } =
  derWriter;

/** `new`: PBES2, AES-256, SHA-256. `old`: 3DES for the key, 40-bit RC2 for certificates, SHA-1. */
export type Pkcs12Ciphers = 'new' | 'old';

export interface Pkcs12Content {
  /** PKCS #8 private key, DER. */
  readonly pkcs8: Uint8Array;
  /** The holder's certificate first, then its issuers; DER. */
  readonly certificates: readonly Uint8Array[];
  readonly friendlyName: string;
  readonly password: string;
}

const schemes: Readonly<
  Record<
    Pkcs12Ciphers,
    { readonly key: Encrypt; readonly certificates: Encrypt; readonly digest: 'sha1' | 'sha256' }
  >
> = {
  new: { key: encryptNew, certificates: encryptNew, digest: 'sha256' },
  old: { key: encryptOldKey, certificates: encryptOldCertificates, digest: 'sha1' },
};

const macIterations = 4096;

/** A PKCS #12 file (PFX, RFC 7292 §4): one key, its certificate and chain, under one password. */
export async function buildPkcs12(content: Pkcs12Content, ciphers: Pkcs12Ciphers): Promise<Uint8Array> {
  const scheme = schemes[ciphers];
  const [leaf = new Uint8Array()] = content.certificates;
  const attributes = bagAttributes(content.friendlyName, hash('sha1', leaf, 'buffer'));
  const certificates = content.certificates.map((der, index) =>
    bag(pkcs12Oids.certificateBag, certificateValue(der), index === 0 ? attributes : undefined),
  );
  const key = await scheme.key(content.pkcs8, content.password);
  const shrouded = derSequence(key.algorithm, derOctetString(key.ciphertext));
  const safe = derSequence(
    await encryptedContent(derSequence(...certificates), content.password, scheme.certificates),
    plainContent(derSequence(bag(pkcs12Oids.shroudedKeyBag, shrouded, attributes))),
  );
  return derSequence(derInteger(3), plainContent(safe), macOf(safe, content.password, scheme.digest));
}

function plainContent(bytes: Uint8Array): Uint8Array {
  return derSequence(derOid(pkcs12Oids.data), derExplicit(0, derOctetString(bytes)));
}

async function encryptedContent(bytes: Uint8Array, password: string, encrypt: Encrypt): Promise<Uint8Array> {
  const { algorithm, ciphertext } = await encrypt(bytes, password);
  const info = derSequence(derOid(pkcs12Oids.data), algorithm, derImplicit(0, derOctetString(ciphertext)));
  return derSequence(derOid(pkcs12Oids.encryptedData), derExplicit(0, derSequence(derInteger(0), info)));
}

function bag(oid: string, value: Uint8Array, attributes: Uint8Array | undefined): Uint8Array {
  return derSequence(derOid(oid), derExplicit(0, value), attributes);
}

function certificateValue(der: Uint8Array): Uint8Array {
  return derSequence(derOid(pkcs12Oids.x509Certificate), derExplicit(0, derOctetString(der)));
}

/** friendlyName and localKeyId tie a key to its certificate (RFC 7292 §4.2). */
function bagAttributes(friendlyName: string, keyId: Uint8Array): Uint8Array {
  const name = Buffer.from(friendlyName.normalize('NFC'), 'utf16le').swap16();
  const bmpString = derOctetString(name);
  bmpString[0] = 0x1e;
  return derSetOf(
    derSequence(derOid(pkcs12Oids.friendlyName), derSetOf(bmpString)),
    derSequence(derOid(pkcs12Oids.localKeyId), derSetOf(derOctetString(keyId))),
  );
}

function macOf(safe: Uint8Array, password: string, digest: 'sha1' | 'sha256'): Uint8Array {
  const salt = randomBytes(16);
  const length = digest === 'sha1' ? 20 : 32;
  const key = derivePkcs12({ digest, password, salt, iterations: macIterations, purpose: 'mac', length });
  const value = createHmac(digest, key).update(safe).digest();
  const algorithm = derSequence(derOid(pkcs12Oids[digest]), derNull);
  return derSequence(
    derSequence(algorithm, derOctetString(value)),
    derOctetString(salt),
    derInteger(macIterations),
  );
}
