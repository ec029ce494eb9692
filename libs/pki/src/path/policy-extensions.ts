import type { Certificate } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import {
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from '../certificate/policies';
import type { PolicyConstraints, PolicyMapping } from '../certificate/policies';
import { oids } from '../oids';
import { readLeniently } from './read-leniently';
import type { Finding } from './result';

/** What a certificate says about policies. Malformed extensions are listed and otherwise as if absent. */
export interface PolicyExtensions {
  readonly policies: readonly string[] | undefined;
  readonly mappings: readonly PolicyMapping[] | undefined;
  readonly constraints: PolicyConstraints | undefined;
  /** SkipCerts of inhibitAnyPolicy. */
  readonly inhibitAny: number | undefined;
  /** OIDs of extensions that cannot be read. */
  readonly malformed: readonly string[];
}

const known = new WeakMap<Certificate, PolicyExtensions>();

export function policyExtensionsOf(certificate: Certificate): PolicyExtensions {
  const found = known.get(certificate) ?? readAll(certificate);
  known.set(certificate, found);
  return found;
}

function readAll({ extensions }: Certificate): PolicyExtensions {
  const malformed: string[] = [];
  const read = <T>(oid: string, decode: (value: Uint8Array) => T): T | undefined => {
    const extension = findExtension(extensions, oid);
    if (!extension) return undefined;
    const value = readLeniently(() => decode(extension.value));
    if (value === undefined) malformed.push(oid);
    return value;
  };
  return {
    policies: read(oids.certificatePolicies, readCertificatePolicies),
    mappings: read(oids.policyMappings, readPolicyMappings),
    constraints: read(oids.policyConstraints, readPolicyConstraints),
    inhibitAny: read(oids.inhibitAnyPolicy, readInhibitAnyPolicy),
    malformed,
  };
}

/** RFC 5280 §4.2: malformed extensions; §6.1.4 (a): anyPolicy is mapped neither from nor to. */
export function policyExtensionsForm(certificate: Certificate): Finding[] {
  const { malformed, mappings = [] } = policyExtensionsOf(certificate);
  const findings = malformed.map((oid): Finding => ['CERTIFICATE_BAD_EXTENSION', `${oid} is malformed`]);
  const mapsAny = mappings.some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === oids.anyPolicy || subjectDomainPolicy === oids.anyPolicy,
  );
  if (mapsAny) findings.push(['CERTIFICATE_BAD_EXTENSION', 'policyMappings maps anyPolicy']);
  return findings;
}
