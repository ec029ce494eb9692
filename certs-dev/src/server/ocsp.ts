import { createHash } from 'node:crypto';
import type { PkiAuthorityId } from '#directory';
import { PkiError, issueOcspResponse, ocspErrorResponse, parseOcspRequest } from '#pki';
import type { OcspCertificateId, OcspStatusInput } from '#pki';
import type { LoadedAuthority } from '../pki/load';
import { authorityOf } from './state';
import type { ServerState } from './state';

/** How long an answer may be used, in milliseconds. */
const freshFor = 3_600_000;

/** Each issuing authority has delegated a responder of its own (RFC 6960 §4.2.2.2). */
const responders = { root: 'ocsp-root', 'party-ca': 'ocsp-party', 'state-ca': 'ocsp-state' } as const;
const issuerIds = ['root', 'party-ca', 'state-ca'] as const;

export interface OcspResponder {
  /** Answers an OCSPRequest with an OCSPResponse, DER. All its certificates must be of one issuer. */
  answer(request: Uint8Array, now: Date): Promise<Uint8Array>;
}

export function ocspResponder(state: ServerState): OcspResponder {
  const issuers = issuerIds.map((id) => ({ id, isNamedBy: namesIssuer(authorityOf(state, id)) }));
  return {
    async answer(der, now): Promise<Uint8Array> {
      let request: ReturnType<typeof parseOcspRequest>;
      try {
        request = parseOcspRequest(der);
      } catch (error) {
        if (error instanceof PkiError) return ocspErrorResponse('malformedRequest');
        throw error;
      }
      const [first] = request.ids;
      const issuer = first && issuers.find((candidate) => candidate.isNamedBy(first.id));
      if (!issuer || !request.ids.every(({ id }) => issuer.isNamedBy(id)))
        return ocspErrorResponse('unauthorized');
      const { certificate, key } = authorityOf(state, responders[issuer.id]);
      return issueOcspResponse({
        responder: { certificate, chain: [], algorithm: key.algorithm, sign: (data) => key.sign(data) },
        producedAt: now,
        responses: request.ids.map(({ id, der: certificateId }) => ({
          id: certificateId,
          ...statusOf(state, issuer.id, id.serialNumber),
          thisUpdate: now,
          nextUpdate: new Date(now.getTime() + freshFor),
        })),
        ...(request.nonce && { nonce: request.nonce }),
      });
    },
  };
}

/** Whether a CertID names this issuer, by whichever digest it was made with. */
function namesIssuer({ certificate }: LoadedAuthority): (id: OcspCertificateId) => boolean {
  const hashes = new Map<string, { readonly name: string; readonly key: string }>();
  return ({ hash, issuerNameHash, issuerKeyHash }) => {
    const hex = (bytes: Uint8Array): string =>
      createHash(hash.replace('-', '').toLowerCase()).update(bytes).digest('hex');
    const own = hashes.get(hash) ?? {
      name: hex(certificate.subject.der),
      key: hex(certificate.publicKey.keyBits),
    };
    hashes.set(hash, own);
    return issuerNameHash === own.name && issuerKeyHash === own.key;
  };
}

function statusOf(state: ServerState, issuer: PkiAuthorityId, serialNumber: string): OcspStatusInput {
  if (state.issued.get(issuer)?.has(serialNumber) !== true) return { status: 'unknown' };
  const revocation = state.revocations.get(`${issuer} ${serialNumber}`);
  if (revocation === undefined) return { status: 'good' };
  return { status: 'revoked', revocationTime: new Date(revocation.at), reason: revocation.reason };
}
