import type { Certificate } from '../certificate/certificate';
import { withInheritedParameters } from '../crypto/dsa';
import { parsePublicKey } from '../crypto/public-key';
import type { PublicKeyInfo } from '../crypto/public-key';
import { certificateSignatureAlgorithm } from '../crypto/verifiable-algorithms';
import { verifySignature } from '../crypto/verify';
import { PkiError } from '../errors';
import type { PathFailure } from './result';

/**
 * Certificates whose signature under an issuer's key was found to hold. That is a fact about their bytes, whatever
 * is asked of them later: time, purpose, revocation and trust are judged anew for each path.
 */
const proved = new WeakMap<Certificate, WeakSet<PublicKeyInfo>>();

export function isProved(certificate: Certificate, issuer: Certificate): boolean {
  return proved.get(certificate)?.has(issuer.publicKey) === true;
}

/** The failure of a certificate's signature under an issuer's key, or undefined when it holds. */
export async function signatureProblem(
  certificate: Certificate,
  issuer: Certificate,
): Promise<PathFailure | undefined> {
  const problem = await verifiedProblem(certificate, issuer);
  if (problem === undefined) {
    proved.set(certificate, (proved.get(certificate) ?? new WeakSet()).add(issuer.publicKey));
  }
  return problem;
}

async function verifiedProblem(
  certificate: Certificate,
  issuer: Certificate,
): Promise<PathFailure | undefined> {
  try {
    const algorithm = certificateSignatureAlgorithm(certificate.signatureAlgorithm);
    if (await verifySignature(issuer.spki, algorithm, certificate.tbs, certificate.signature))
      return undefined;
    return {
      code: 'CERTIFICATE_SIGNATURE_INVALID',
      certificate,
      message: 'the issuer did not sign this certificate',
    };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const code = error.code === 'KEY_UNSUPPORTED' ? 'CERTIFICATE_WEAK_KEY' : 'CERTIFICATE_WEAK_ALGORITHM';
    return { code, certificate, message: error.message };
  }
}

/** The path with the parameters that DSA keys inherit from their issuers filled in (RFC 5280 §6.1.4 f). */
export function completed(path: readonly Certificate[]): readonly Certificate[] {
  if (!path.some(({ publicKey }) => publicKey.inheritsParameters)) return path;
  const whole: Certificate[] = [];
  for (const certificate of path.toReversed()) {
    const issuer = whole[0];
    const spki =
      issuer && certificate.publicKey.inheritsParameters
        ? withInheritedParameters(certificate.spki, issuer.spki)
        : undefined;
    whole.unshift(spki ? { ...certificate, spki, publicKey: parsePublicKey(spki) } : certificate);
  }
  return whole;
}
