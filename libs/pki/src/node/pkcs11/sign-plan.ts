import type { HashAlgorithm, SignatureAlgorithm } from '../../crypto/algorithms';
import { digestLength, encodeDigestAlgorithm } from '../../crypto/algorithms';
import { ecdsaFixedToValue } from '../../crypto/ecdsa-value';
import { digest } from '../../crypto/engine';
import type { PublicKeyInfo } from '../../crypto/public-key';
import { readDer } from '../../der/element';
import { onlyChild } from '../../der/reader';
import { derNull, derOctetString, derSequence } from '../../der/writer';
import { PkiError } from '../../errors';
import { hashMechanisms, mechanisms, parameterTypes } from './constants';
import type { Mechanism } from './cryptoki';
import { emsaPssEncode } from './emsa-pss';

/** How a token is made to sign: by which mechanism, over what, and what its answer becomes. */
export interface SignPlan {
  readonly mechanism: Mechanism;
  /** What is sent for the data to be signed. */
  prepare(data: Uint8Array): Promise<Uint8Array>;
  /** The signature value as X.509 and CMS carry it. */
  finish(answer: Uint8Array): Uint8Array;
}

/**
 * Digests are made here wherever the token lets us: a document then never travels through a slow device. Falls
 * back on mechanisms that hash on the token, and for RSASSA-PSS on bare exponentiation. Throws TOKEN_UNSUPPORTED.
 */
export function signPlan(
  algorithm: SignatureAlgorithm,
  key: PublicKeyInfo,
  available: ReadonlySet<number>,
): SignPlan {
  const plan = plansFor(algorithm, key).find(({ mechanism }) => available.has(mechanism.mechanism));
  if (!plan) {
    throw new PkiError(
      'TOKEN_UNSUPPORTED',
      `the token cannot sign by ${algorithm.name} with ${algorithm.hash}`,
    );
  }
  return plan;
}

const asItIs = (answer: Uint8Array): Uint8Array => answer;
const whole = (data: Uint8Array): Promise<Uint8Array> => Promise.resolve(data);
const digested = (hash: HashAlgorithm) => (data: Uint8Array) => digest(hash, data);

/** Best first. */
function plansFor(algorithm: SignatureAlgorithm, key: PublicKeyInfo): readonly SignPlan[] {
  const { hash } = algorithm;
  const onToken = hashMechanisms[hash];
  switch (algorithm.name) {
    case 'RSA-PSS': {
      const parameter = {
        type: parameterTypes.rsaPss,
        hashAlg: onToken.digest,
        mgf: onToken.mgf,
        saltLen: algorithm.saltLength ?? digestLength[hash],
      };
      return [
        { mechanism: { mechanism: mechanisms.rsaPss, parameter }, prepare: digested(hash), finish: asItIs },
        { mechanism: { mechanism: onToken.rsaPss, parameter }, prepare: whole, finish: asItIs },
        {
          mechanism: { mechanism: mechanisms.rsaRaw },
          prepare: async (data) => emsaPssEncode(await digest(hash, data), algorithm, key.bits),
          finish: asItIs,
        },
      ];
    }
    case 'RSA-PKCS1':
      return [
        { mechanism: { mechanism: mechanisms.rsaPkcs }, prepare: digestInfo(hash), finish: asItIs },
        { mechanism: { mechanism: onToken.rsaPkcs }, prepare: whole, finish: asItIs },
      ];
    case 'ECDSA':
      return [
        {
          mechanism: { mechanism: mechanisms.ecdsa },
          // Tokens differ in whether they cut a digest longer than the group's order themselves (SEC 1 §4.1.3).
          prepare: async (data) => (await digest(hash, data)).subarray(0, Math.ceil(key.bits / 8)),
          finish: ecdsaFixedToValue,
        },
      ];
    case 'Ed25519':
      return [{ mechanism: { mechanism: mechanisms.eddsa }, prepare: whole, finish: asItIs }];
  }
}

/** DigestInfo (RFC 8017 §9.2), whose algorithm carries NULL. */
function digestInfo(hash: HashAlgorithm) {
  const oid = onlyChild(readDer(encodeDigestAlgorithm(hash))).der;
  return async (data: Uint8Array): Promise<Uint8Array> =>
    derSequence(derSequence(oid, derNull), derOctetString(await digest(hash, data)));
}
