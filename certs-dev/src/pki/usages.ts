import type { CertificateUse, KeyAlgorithm } from '#directory';
import { derWriter, oids } from '#pki';
import type { CertificateInput, ExtensionInput } from '#pki';

type Usage = Pick<CertificateInput, 'keyUsage' | 'extendedKeyUsage'>;

/** Policy under which the development PKI issues: the arc 2.999 is set aside for examples. */
const developmentPolicy = '2.999.84.1';

export function policyExtension(): ExtensionInput {
  const { derOid, derSequence } = derWriter;
  return { oid: oids.certificatePolicies, value: derSequence(derSequence(derOid(developmentPolicy))) };
}

/** Key usage and extended key usage of a certificate for that use (RFC 5280 §4.2.1.3, RFC 9336). */
export function usageOf(use: CertificateUse, keys: KeyAlgorithm): Usage {
  switch (use) {
    case 'signing':
      return {
        keyUsage: ['digitalSignature', 'nonRepudiation'],
        extendedKeyUsage: { purposes: [oids.documentSigning, oids.emailProtection] },
      };
    case 'evidence':
      // An unattended key: no document signature may rest on it, so it lacks nonRepudiation and documentSigning.
      return {
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: [oids.emailProtection, oids.evidenceOfDelivery] },
      };
    case 'encryption':
      return {
        keyUsage: [keys === 'P-256' ? 'keyAgreement' : 'keyEncipherment'],
        extendedKeyUsage: { purposes: [oids.emailProtection] },
      };
  }
}

/** A usage that fits no signature. */
export const notForSigning: Usage = {
  keyUsage: ['keyAgreement'],
  extendedKeyUsage: { purposes: [oids.clientAuth] },
};
