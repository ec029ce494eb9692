import type { Certificate, CertificateList, OcspResponse } from '#pki';
import { validatePath } from '#pki';

import type { OpenedStatement } from './signed-statement';

/** What the identity of agencies rests on. Nothing is fetched. */
export interface AgencyTrust {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
}

export type AgencyCheck = { readonly trusted: true } | { readonly trusted: false; readonly reason: string };

/** How long a certificate once found good is believed on the same trust material. */
const rememberedMs = 10_000;
const maxRemembered = 2_000;

/** Per trust material: bytes of a good certificate → the moment for which it was found good. */
const good = new WeakMap<AgencyTrust, Map<string, number>>();

/**
 * Whether a statement was signed by the evidence certificate of the agency with this code: its
 * organizationIdentifier (2.5.4.97) is the code and it chains to an anchor, so that another agency's valid
 * certificate is noticed.
 */
export async function checkAgency(
  statement: OpenedStatement,
  agencyCode: string,
  trust: AgencyTrust,
  at: Date,
): Promise<AgencyCheck> {
  const { signer } = statement;
  if (signer.organizationIdentifier !== agencyCode) {
    return refusal(
      `the certificate belongs to ${signer.organizationIdentifier ?? 'no agency'}, not to ${agencyCode}`,
    );
  }
  const known = good.get(trust) ?? new Map<string, number>();
  const key = String.fromCharCode(...signer.der);
  const age = at.getTime() - (known.get(key) ?? Number.NaN);
  if (age >= 0 && age < rememberedMs) return { trusted: true };
  const result = await validatePath({
    certificate: signer,
    intermediates: [...statement.certificates, ...trust.intermediates],
    anchors: [...trust.anchors],
    at,
    purpose: 'evidence',
    crls: [...trust.crls],
    ocsps: [...trust.ocsps],
    revocation: 'if-available',
  });
  if (result.status !== 'valid')
    return refusal(result.failures.map(({ code }) => code).join(', ') || result.status);
  if (known.size >= maxRemembered) known.clear();
  good.set(trust, known.set(key, at.getTime()));
  return { trusted: true };
}

function refusal(reason: string): AgencyCheck {
  return { trusted: false, reason };
}
