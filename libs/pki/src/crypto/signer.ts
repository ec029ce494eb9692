import type { Certificate } from '../certificate/certificate';
import { asBufferSource, concatBytes } from '../bytes';
import { PkiError } from '../errors';
import type { SignatureAlgorithm } from './algorithms';
import { ecdsaFixedToValue } from './ecdsa-value';
import { keySuits, preferredAlgorithm } from './public-key';
import { verifySignature } from './verify';
import { importParameters, useParameters } from './web-crypto-engine';

/**
 * Holds a private key somewhere (memory, token, remote service) and signs with it.
 * `chain` goes from the issuer upward, without the root.
 */
export interface Signer {
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs `data` (not a digest). ECDSA values come DER-encoded. Throws SIGNING_FAILED. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

export interface KeyedSignerInput {
  /** PrivateKeyInfo (RFC 5958), DER. */
  readonly pkcs8: Uint8Array;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  /** RSASSA-PSS or ECDSA by the key's own strength when left out. */
  readonly algorithm?: SignatureAlgorithm;
}

/** Picks the algorithm and refuses one that the certificate's key cannot make (KEY_UNSUPPORTED, KEY_MISMATCH). */
export function signerAlgorithm(
  input: Pick<KeyedSignerInput, 'certificate' | 'algorithm'>,
): SignatureAlgorithm {
  const { publicKey } = input.certificate;
  const algorithm = input.algorithm ?? preferredAlgorithm(publicKey);
  if (!keySuits(publicKey, algorithm)) {
    throw new PkiError('KEY_MISMATCH', `a ${publicKey.algorithm} key cannot sign by ${algorithm.name}`);
  }
  return algorithm;
}

const probe = new TextEncoder().encode('sealpost key check');

/** A signer on WebCrypto, in Node and in the browser. Throws KEY_MALFORMED, KEY_MISMATCH, KEY_UNSUPPORTED. */
export async function webCryptoSigner(input: KeyedSignerInput): Promise<Signer> {
  const { certificate, chain } = input;
  const algorithm = signerAlgorithm(input);
  const key = await importPrivateKey(input.pkcs8, algorithm, certificate);
  const sign = async (data: Uint8Array): Promise<Uint8Array> => {
    try {
      const raw = await globalThis.crypto.subtle.sign(useParameters(algorithm), key, asBufferSource(data));
      const value = new Uint8Array(raw);
      return algorithm.name === 'ECDSA' ? ecdsaFixedToValue(value) : value;
    } catch (cause) {
      throw new PkiError('SIGNING_FAILED', 'WebCrypto could not sign', { cause });
    }
  };
  if (!(await verifySignature(certificate.spki, algorithm, probe, await sign(probe)))) {
    throw new PkiError('KEY_MISMATCH', 'the private key does not belong to the certificate');
  }
  return { certificate, chain, algorithm, sign };
}

async function importPrivateKey(
  pkcs8: Uint8Array,
  algorithm: SignatureAlgorithm,
  certificate: Certificate,
): Promise<CryptoKey> {
  const parameters = importParameters(algorithm, certificate.publicKey.curve);
  try {
    // A copy, so that wiping the caller's bytes later does not race with the import.
    return await globalThis.crypto.subtle.importKey(
      'pkcs8',
      asBufferSource(concatBytes([pkcs8])),
      parameters,
      false,
      ['sign'],
    );
  } catch (cause) {
    throw new PkiError(
      'KEY_MALFORMED',
      'the private key cannot be read or is of another type than the certificate',
      {
        cause,
      },
    );
  }
}
