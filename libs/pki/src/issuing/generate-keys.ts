/** Kinds of keys that holders of this project have. */
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'Ed25519';

export interface KeyPairBytes {
  /** PrivateKeyInfo, DER. */
  readonly pkcs8: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
}

/** A fresh key pair by WebCrypto. */
export async function generateKeyPair(kind: KeyKind): Promise<KeyPairBytes> {
  const { subtle } = globalThis.crypto;
  const pair = (await subtle.generateKey(parametersOf(kind), true, ['sign', 'verify'])) as CryptoKeyPair;
  return {
    pkcs8: new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey)),
    spki: new Uint8Array(await subtle.exportKey('spki', pair.publicKey)),
  };
}

function parametersOf(kind: KeyKind): RsaHashedKeyGenParams | EcKeyGenParams | Algorithm {
  if (kind === 'Ed25519') return { name: 'Ed25519' };
  if (kind === 'P-256' || kind === 'P-384' || kind === 'P-521') return { name: 'ECDSA', namedCurve: kind };
  return {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: Number(kind.slice(4)),
    publicExponent: Uint8Array.of(1, 0, 1),
  };
}
