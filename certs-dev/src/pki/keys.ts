import { constants, createPrivateKey, sign } from 'node:crypto';
import type { KeyAlgorithm } from '#directory';
import { generateKeyPair } from '#pki';
import type { IssuingKey, KeyPairBytes, SignatureAlgorithm } from '#pki';

export interface Keys extends KeyPairBytes {
  readonly algorithm: KeyAlgorithm;
}

/** A new key pair. RSA primes are searched in the thread pool, so that several pairs may be under way at once. */
export async function newKeys(algorithm: KeyAlgorithm): Promise<Keys> {
  return { algorithm, ...(await generateKeyPair(algorithm)) };
}

/** How keys of the development PKI sign: RSA as RSASSA-PSS with a salt as long as the digest. */
function signatureAlgorithm(algorithm: KeyAlgorithm): SignatureAlgorithm {
  return { name: algorithm === 'P-256' ? 'ECDSA' : 'RSA-PSS', hash: 'SHA-256' };
}

/** Signs in the calling thread: a signature takes less time than handing it over. */
export function issuingKey({ pkcs8, algorithm }: Pick<Keys, 'pkcs8' | 'algorithm'>): IssuingKey & {
  signNow(data: Uint8Array): Uint8Array;
} {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const signNow = (data: Uint8Array): Uint8Array =>
    new Uint8Array(sign('sha256', data, algorithm === 'P-256' ? key : { key, ...pss }));
  return {
    algorithm: signatureAlgorithm(algorithm),
    signNow,
    sign: (data) => Promise.resolve(signNow(data)),
  };
}
