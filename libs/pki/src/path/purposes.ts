import type { Certificate, KeyUsage } from '../certificate/certificate';
import { oids } from '../oids';
import { isTimestampingOnly } from '../timestamp/verify-token';
import type { Purpose } from './result';

interface PurposeRule {
  /** At least one of these, where the certificate limits its usage. */
  readonly keyUsage: readonly KeyUsage[];
  /** At least one of these, where the certificate limits its purposes. */
  readonly extendedKeyUsage: readonly string[];
  /** What an authority that limits its purposes must name; the same as a holder's unless told. */
  readonly authority?: readonly string[];
  /** The purpose must be named; a certificate without limits does not do. */
  readonly mustName?: true;
  /** None of these, whatever else is named (the "excluded" purposes of RFC 9336 §4). */
  readonly excluded?: readonly string[];
}

const anyPurpose = oids.anyExtendedKeyUsage;
const documentPurposes = [oids.documentSigning, oids.microsoftDocumentSigning, oids.adobeDocumentSigning];

const documentSigning: PurposeRule = {
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  extendedKeyUsage: [...documentPurposes, oids.emailProtection, anyPurpose],
  // Evidence keys sign unattended: nothing they sign was read and wanted by anybody.
  excluded: [oids.evidenceOfDelivery],
};

/** RFC 5280 §4.2.1.3 and §4.2.1.12, RFC 9336 (document signing), RFC 3161 §2.3, RFC 6960 §4.2.2.2. */
const rules: Readonly<Record<Purpose, PurposeRule>> = {
  'document-signing': documentSigning,
  'agency-signing': documentSigning,
  evidence: {
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    // Only the mark says that the key is kept for statements: no key for documents, or for anything, may make them.
    extendedKeyUsage: [oids.evidenceOfDelivery],
    mustName: true,
    // Authorities limited to signing may appoint evidence keys: they need not know our mark.
    authority: [oids.evidenceOfDelivery, ...documentSigning.extendedKeyUsage],
  },
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
    extendedKeyUsage: [oids.emailProtection, anyPurpose],
  },
  tls: {
    keyUsage: ['digitalSignature', 'keyAgreement', 'keyEncipherment'],
    extendedKeyUsage: [oids.serverAuth, oids.clientAuth, anyPurpose],
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
  const excluded = rule.excluded?.find((oid) => extendedKeyUsage?.has(oid));
  if (excluded !== undefined) return `extendedKeyUsage ${excluded} excludes ${purpose}`;
  if (!namesOneOf(certificate, rule.extendedKeyUsage)) return `extendedKeyUsage does not allow ${purpose}`;
  if (rule === documentSigning && isForMailOnly(certificate)) {
    return 'emailProtection alone stands for documents only with nonRepudiation';
  }
  return undefined;
}

/**
 * A mail certificate may authenticate a sender without committing anybody to contents: for a document its keyUsage,
 * where present, must say nonRepudiation, that is contentCommitment (RFC 5280 §4.2.1.3).
 */
function isForMailOnly(certificate: Certificate): boolean {
  const namesDocuments = namesOneOf(certificate, [...documentPurposes, anyPurpose]);
  return !namesDocuments && certificate.keyUsage?.has('nonRepudiation') === false;
}

/** An authority that limits its purposes limits those below it too, as all major validators hold. */
export function authorityAllows(certificate: Certificate, purpose: Purpose): boolean {
  const { authority, extendedKeyUsage } = rules[purpose];
  return namesOneOf(certificate, [...(authority ?? extendedKeyUsage), anyPurpose]);
}

/** True, too, where the certificate does not limit its purposes. */
function namesOneOf(certificate: Certificate, purposes: readonly string[]): boolean {
  const allowed = certificate.extendedKeyUsage;
  return !allowed || purposes.some((oid) => allowed.has(oid));
}
