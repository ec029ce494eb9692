import type { SignatureAlgorithm } from '../../crypto/algorithms';
import type { Signer } from '../../crypto/signer';
import { signerAlgorithm } from '../../crypto/signer';
import { verifySignature } from '../../crypto/verify';
import { PkiError } from '../../errors';
import { useKey } from './key-use';
import type { KeyInUse } from './key-use';
import { signPlan } from './sign-plan';

/** See `TokenSession.signer`; `sign` throws TOKEN_ codes, and KEY_MISMATCH for a key that is not the certificate's. */
export function tokenSigner(use: KeyInUse, asked: SignatureAlgorithm | undefined): Signer {
  const { certificate, chain, uses } = use.key;
  const algorithm = signerAlgorithm({ certificate, ...(asked && { algorithm: asked }) });
  if (!uses.includes('sign')) throw new PkiError('TOKEN_UNSUPPORTED', 'the key is not for signing');
  const plan = signPlan(algorithm, certificate.publicKey, use.mechanisms);
  return {
    certificate,
    chain,
    algorithm,
    async sign(data) {
      const value = plan.finish(await useKey(use, 'sign', plan.mechanism, await plan.prepare(data)));
      if (!(await verifySignature(certificate.spki, algorithm, data, value))) {
        throw new PkiError('KEY_MISMATCH', 'the certificate does not verify what the token signed');
      }
      return value;
    },
  };
}
