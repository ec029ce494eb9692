import { sign } from 'node:crypto';
import { signerAlgorithm } from '../crypto/signer';
import type { KeyedSignerInput, Signer } from '../crypto/signer';
import { PkiError } from '../errors';
import { nodeHashName, paddingOf } from './node-crypto-engine';
import { isKeyOf, readPrivateKey } from './private-key';

/** A signer on node:crypto. Throws KEY_MALFORMED, KEY_MISMATCH, KEY_UNSUPPORTED. */
export function nodeSigner(input: KeyedSignerInput): Promise<Signer> {
  // Any error becomes a rejection, as with the other signers.
  return Promise.resolve().then(() => makeSigner(input));
}

function makeSigner(input: KeyedSignerInput): Signer {
  const { certificate, chain } = input;
  const algorithm = signerAlgorithm(input);
  const key = readPrivateKey(input.pkcs8);
  if (!isKeyOf(input.pkcs8, certificate)) {
    throw new PkiError('KEY_MISMATCH', 'the private key does not belong to the certificate');
  }
  const hash = algorithm.name === 'Ed25519' ? null : nodeHashName(algorithm.hash);
  // DER is what node:crypto answers without options; a bare key object spares it an error thrown inside.
  const options = algorithm.name === 'ECDSA' ? key : { key, ...paddingOf(algorithm) };
  return {
    certificate,
    chain,
    algorithm,
    sign(data) {
      return new Promise((resolve, reject) => {
        // With a callback node signs on its thread pool, so that RSA does not hold up the event loop.
        sign(hash, data, options, (error, value) => {
          if (error) reject(new PkiError('SIGNING_FAILED', 'node:crypto could not sign', { cause: error }));
          else resolve(new Uint8Array(value));
        });
      });
    },
  };
}
