import type { Certificate, KeyUsage } from '../certificate/certificate';
import { oids } from '../oids';
import { isTimestampingOnly } from '../timestamp/verify-token';
import type { Purpose } from './result';

interface PurposeRule {
  /** At least one of these, where the certificate limits its usage. */
  readonly keyUsage: readonly KeyUsage[];
  /** At least one of these, where the certificate limits its purposes. */
  readonly extendedKeyUsage: readonly string[];
  /** The purpose must be named; a certificate without limits does not do. */
  readonly mustName?: true;
}

const documentSigning: PurposeRule = {
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  extendedKeyUsage: [
    oids.documentSigning,
    oids.microsoftDocumentSigning,
    oids.adobeDocumentSigning,
    oids.emailProtection,
    oids.anyExtendedKeyUsage,
  ],
};

/** RFC 5280 §4.2.1.3 and §4.2.1.12, RFC 9336 (document signing), RFC 3161 §2.3, RFC 6960 §4.2.2.2. */
const rules: Readonly<Record<Purpose, PurposeRule>> = {
  'document-signing': documentSigning,
  'agency-signing': documentSigning,
  evidence: documentSigning,
  'time-stamping': {
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    extendedKeyUsage: [oids.timeStamping],
    mustName: true,
  },
  'ocsp-signing': {
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    extendedKeyUsage: [oids.ocspSigning],
    mustName: true,
  },
  encryption: {
    keyUsage: ['keyEncipherment', 'keyAgreement'],
    extendedKeyUsage: [oids.emailProtection, oids.anyExtendedKeyUsage],
  },
  tls: {
    keyUsage: ['digitalSignature', 'keyAgreement', 'keyEncipherment'],
    extendedKeyUsage: [oids.serverAuth, oids.clientAuth, oids.anyExtendedKeyUsage],
  },
};

/** Why an end-entity certificate cannot serve the purpose, or undefined when it can. */
export function purposeProblem(certificate: Certificate, purpose: Purpose): string | undefined {
  const rule = rules[purpose];
  const { keyUsage, extendedKeyUsage } = certificate;
  if (keyUsage && !rule.keyUsage.some((usage) => keyUsage.has(usage))) {
    return `keyUsage allows none of ${rule.keyUsage.join(', ')}`;
  }
  if (purpose === 'time-stamping' && !isTimestampingOnly(certificate)) {
    return 'extendedKeyUsage is not critical timeStamping alone';
  }
  if (rule.mustName && !extendedKeyUsage) return 'extendedKeyUsage is missing';
  return namesPurpose(certificate, purpose) ? undefined : `extendedKeyUsage does not allow ${purpose}`;
}

/** An authority that limits its purposes limits those below it too, as all major validators hold. */
export function authorityAllows(certificate: Certificate, purpose: Purpose): boolean {
  return (
    namesPurpose(certificate, purpose) || certificate.extendedKeyUsage?.has(oids.anyExtendedKeyUsage) === true
  );
}

function namesPurpose(certificate: Certificate, purpose: Purpose): boolean {
  const allowed = certificate.extendedKeyUsage;
  return !allowed || rules[purpose].extendedKeyUsage.some((oid) => allowed.has(oid));
}
