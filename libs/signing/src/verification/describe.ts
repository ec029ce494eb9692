import { oids } from '#pki';
import type { Certificate, SignerInfo } from '#pki';
import type { SignatureKind } from './check-cms';
import type { SignatureLevel, SignerIdentity } from './report';

export function describeSigner(certificate: Certificate): SignerIdentity {
  const { subject, issuer, serialNumber, organizationIdentifier } = certificate;
  return {
    name: subject.commonName ?? subject.toString(),
    organization: subject.get(oids.organizationName) ?? null,
    organizationIdentifier: organizationIdentifier ?? null,
    serial: serialNumber,
    issuer: issuer.toString(),
  };
}

interface Store {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}

/** The PAdES level by what the file holds (ETSI EN 319 142-1 §6.1); whether it all proves good is another question. */
export function levelOf(
  kind: SignatureKind | undefined,
  signer: SignerInfo | undefined,
  store: Store,
  hasLaterDocumentTimestamp: boolean,
): SignatureLevel | null {
  if (kind === undefined) return null;
  if (kind === 'DOC-TIMESTAMP') return 'DOC-TIMESTAMP';
  if (kind === 'CMS') return 'CMS';
  const hasTime = (signer?.timestampTokens.length ?? 0) > 0 || hasLaterDocumentTimestamp;
  if (!hasTime) return 'PAdES-B-B';
  const hasMaterial = store.certificates.length > 0 && store.crls.length + store.ocsps.length > 0;
  if (!hasMaterial) return 'PAdES-B-T';
  return hasLaterDocumentTimestamp ? 'PAdES-B-LTA' : 'PAdES-B-LT';
}
