import { childrenOf, derValues, isSelfIssued, oids, PkiError, readDer, thumbprint, toHex } from '#pki';
import type { Certificate, GeneralName, KeyUsage } from '#pki';

/** An alternative name; `value` is hexadecimal where the kind has no text. */
interface AltName {
  readonly kind: GeneralName['kind'];
  readonly value: string;
}

/** What stands in a certificate, as `--json` writes it; nothing of it is verified. */
export interface CertificateFacts {
  /** RFC 4514, most specific first. */
  readonly subject: string;
  readonly issuer: string;
  readonly selfIssued: boolean;
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: { readonly algorithm: string; readonly bits: number; readonly curve: string | null };
  /** Name of the algorithm, or its OID. */
  readonly signatureAlgorithm: string;
  readonly authority: boolean;
  readonly pathLength: number | null;
  /** Null where the certificate does not limit its use. */
  readonly keyUsage: readonly KeyUsage[] | null;
  /** Names of the purposes, or their OIDs; null where the certificate does not limit them. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly organizationIdentifier: string | null;
  readonly subjectAltNames: readonly AltName[];
  /** OIDs; null when the extension is damaged. */
  readonly policies: readonly string[] | null;
  readonly crlUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly caIssuerUrls: readonly string[];
  /** Hexadecimal. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  /** OIDs of critical extensions. */
  readonly criticalExtensions: readonly string[];
  /** SHA-256 of the whole certificate, hexadecimal. */
  readonly thumbprint: string;
}

export async function certificateFacts(certificate: Certificate): Promise<CertificateFacts> {
  const { publicKey, keyUsage, extendedKeyUsage } = certificate;
  return {
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    selfIssued: isSelfIssued(certificate),
    serialNumber: certificate.serialNumber,
    version: certificate.version,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    key: { algorithm: publicKey.algorithm, bits: publicKey.bits, curve: publicKey.curve ?? null },
    signatureAlgorithm: oidName(certificate.signatureAlgorithm.oid),
    authority: certificate.isCa,
    pathLength: certificate.pathLength ?? null,
    keyUsage: keyUsage ? [...keyUsage] : null,
    extendedKeyUsage: extendedKeyUsage ? Array.from(extendedKeyUsage, oidName) : null,
    organizationIdentifier: certificate.organizationIdentifier ?? null,
    subjectAltNames: certificate.subjectAltNames.map(altName),
    policies: policiesOf(certificate),
    crlUrls: certificate.crlUrls,
    ocspUrls: certificate.ocspUrls,
    caIssuerUrls: certificate.caIssuerUrls,
    subjectKeyId: certificate.subjectKeyId ?? null,
    authorityKeyId: certificate.authorityKeyId ?? null,
    criticalExtensions: certificate.extensions.filter(({ critical }) => critical).map(({ oid }) => oid),
    thumbprint: await thumbprint(certificate),
  };
}

const names = new Map<string, string>(Object.entries(oids).map(([name, oid]) => [oid, name]));

function oidName(oid: string): string {
  return names.get(oid) ?? oid;
}

function altName(name: GeneralName): AltName {
  switch (name.kind) {
    case 'email':
    case 'dns':
    case 'uri':
      return { kind: name.kind, value: name.text };
    case 'directory':
      return { kind: name.kind, value: name.name.toString() };
    case 'ip':
      return { kind: name.kind, value: addressText(name.octets) };
    case 'registeredId':
      return { kind: name.kind, value: name.oid };
    case 'other':
    case 'x400':
    case 'ediParty':
      return { kind: name.kind, value: toHex(name.der) };
  }
}

/** Dotted for IPv4, eight groups for IPv6; anything else is no address and shown as octets. */
function addressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const hex = toHex(octets);
  return octets.length === 16 ? (hex.match(/.{4}/g) ?? []).join(':') : hex;
}

/** certificatePolicies (RFC 5280 §4.2.1.4): the identifier of each. */
function policiesOf({ extensions }: Certificate): readonly string[] | null {
  const found = extensions.find(({ oid }) => oid === oids.certificatePolicies);
  if (!found) return [];
  try {
    return childrenOf(readDer(found.value)).map((policy) => {
      const [id = policy] = childrenOf(policy);
      return derValues.oidValue(id);
    });
  } catch (error) {
    if (error instanceof PkiError) return null;
    throw error;
  }
}
