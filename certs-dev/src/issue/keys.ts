import { constants, createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { derExplicit, derInteger, derNull, derOid, derSequence, oids } from '#pki';
import type { KeyAlgorithm } from '#directory';

const generate = promisify(generateKeyPair);

/** A private key held in memory, with its public half. */
export interface KeyPair {
  readonly algorithm: KeyAlgorithm;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. An RSA key is named rsaEncryption; its values are RSASSA-PSS all the same. */
  readonly spki: Uint8Array;
}

/** A new key pair; RSA is searched in the thread pool, so that several may be under way at once. */
export async function newKeyPair(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const { privateKey } =
    algorithm === 'EC-P256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 3072 });
  return keyPairOf(privateKey);
}

/** The key pair of a PKCS #8 file. */
export function readKeyPair(pem: string): KeyPair {
  return keyPairOf(createPrivateKey(pem));
}

function keyPairOf(privateKey: KeyObject): KeyPair {
  const spki = new Uint8Array(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
  return { algorithm: privateKey.asymmetricKeyType === 'rsa' ? 'RSA-3072' : 'EC-P256', privateKey, spki };
}

/** AlgorithmIdentifier of {@link signWith}: ecdsa-with-SHA256, or RSASSA-PSS with SHA-256 and salt 32 (RFC 4055 §3.1). */
export function signatureAlgorithm(algorithm: KeyAlgorithm): Uint8Array {
  if (algorithm === 'EC-P256') return derSequence(derOid(oids.ecdsaWithSha256));
  const sha256 = derSequence(derOid(oids.sha256), derNull);
  const parameters = derSequence(
    derExplicit(0, sha256),
    derExplicit(1, derSequence(derOid(oids.mgf1), sha256)),
    derExplicit(2, derInteger(32)),
  );
  return derSequence(derOid(oids.rsassaPss), parameters);
}

/** Signature over SHA-256 of `data`; an ECDSA value is DER. */
export function signWith(key: KeyPair, data: Uint8Array): Uint8Array {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return sign('sha256', data, key.algorithm === 'EC-P256' ? key.privateKey : { key: key.privateKey, ...pss });
}
