import { toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { isSameHolder } from '../certificate/certificate';
import { signatureFromIdentifier } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { verifySignature } from '../crypto/verify';
import { PkiError } from '../errors';
import { oids } from '../oids';
import { statusByCrls } from './crl-status';
import type { OcspResponse } from './ocsp';
import type { RevocationQuestion, RevocationSources } from './question';
import type { RevocationStatus } from './status';
import type { UnusedCode } from './unused';

type ResponderQuestion = Pick<RevocationQuestion, 'above' | 'at' | 'pending'>;

/** Why an answer is not signed by the issuer or a responder it authorised; undefined when it is. */
export async function responderProblem(
  ocsp: OcspResponse,
  question: ResponderQuestion,
  sources: RevocationSources,
): Promise<UnusedCode | undefined> {
  try {
    const [issuer] = question.above;
    const algorithm = signatureFromIdentifier(ocsp.signatureAlgorithm);
    let problem: UnusedCode = 'OCSP_SIGNATURE_INVALID';
    for (const responder of [issuer, ...ocsp.certificates]) {
      if (!(await isNamed(ocsp, responder))) continue;
      if (!(await verifySignature(responder.spki, algorithm, ocsp.tbs, ocsp.signature))) continue;
      if (isSameHolder(responder, issuer)) return undefined;
      const found = await delegateProblem(responder, ocsp, question, sources);
      if (!found) return undefined;
      problem = found;
    }
    return problem;
  } catch (error) {
    if (error instanceof PkiError) return 'OCSP_WEAK_ALGORITHM';
    throw error;
  }
}

/** ResponderID: by name, or by the SHA-1 of the key (RFC 6960 §4.2.1). */
async function isNamed({ responderId }: OcspResponse, candidate: Certificate): Promise<boolean> {
  if (responderId.kind === 'name') return candidate.subject.equals(responderId.name);
  return toHex(await digest('SHA-1', candidate.publicKey.keyBits)) === responderId.keyHash;
}

/** Appointed by the very issuer, for OCSP, valid when it answered, and itself not revoked (RFC 6960 §4.2.2.2). */
async function delegateProblem(
  responder: Certificate,
  { producedAt }: OcspResponse,
  { above, at, pending }: ResponderQuestion,
  sources: RevocationSources,
): Promise<UnusedCode | undefined> {
  const [issuer] = above;
  const { keyUsage } = responder;
  const mayAnswer =
    responder.extendedKeyUsage?.has(oids.ocspSigning) === true &&
    (!keyUsage || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation'));
  if (!mayAnswer || !responder.issuer.equals(issuer.subject)) return 'OCSP_RESPONDER_NOT_AUTHORISED';
  const algorithm = signatureFromIdentifier(responder.signatureAlgorithm);
  if (!(await verifySignature(issuer.spki, algorithm, responder.tbs, responder.signature))) {
    return 'OCSP_RESPONDER_NOT_AUTHORISED';
  }
  if (producedAt < responder.notBefore || producedAt > responder.notAfter) return 'OCSP_RESPONDER_NOT_VALID';
  if (!(await sources.trust.isResponderInOrder(responder, above, producedAt)))
    return 'OCSP_RESPONDER_NOT_VALID';
  const statusAt = async (time: Date): Promise<RevocationStatus['status']> => {
    const question = { certificate: responder, above, at: time, ...(pending && { pending }) };
    return (await statusByCrls(question, sources)).status.status;
  };
  const status = await statusAt(producedAt);
  // Whoever has the key writes producedAt as he likes: a responder revoked since then is not believed about before.
  if (isBad(status) || (at > producedAt && isBad(await statusAt(at)))) return 'OCSP_RESPONDER_NOT_VALID';
  // RFC 6960 §4.2.2.2.1: the authority says that it need not be checked. Where a list speaks against it, that counts.
  return status === 'good' || responder.isOcspNoCheck ? undefined : 'OCSP_RESPONDER_UNPROVEN';
}

function isBad(status: RevocationStatus['status']): boolean {
  return status === 'revoked' || status === 'suspended';
}
