import { primitiveContextTag, readDer, tags } from '../der/element';
import { childrenOf, DerReader, expectTag } from '../der/reader';
import { oidValue, smallInteger, smallIntegerContent } from '../der/values';
import { PkiError } from '../errors';

/** OIDs of certificatePolicies (RFC 5280 §4.2.1.4), in order. A policy must not stand twice. */
export function readCertificatePolicies(value: Uint8Array): readonly string[] {
  const policies = new Set<string>();
  for (const child of childrenOf(expectTag(readDer(value), tags.sequence))) {
    const reader = new DerReader(child);
    const oid = oidValue(reader.read(tags.oid));
    const qualifiers = reader.optional(tags.sequence);
    reader.finish();
    if (qualifiers) readQualifiers(childrenOf(qualifiers).map((info) => new DerReader(info)));
    if (policies.has(oid)) throw new PkiError('DER_MALFORMED', `policy ${oid} stands twice`);
    policies.add(oid);
  }
  if (policies.size === 0) throw new PkiError('DER_MALFORMED', 'certificatePolicies is empty');
  return [...policies];
}

/** PolicyQualifierInfo: read for its form; what it says is for people. */
function readQualifiers(infos: readonly DerReader[]): void {
  if (infos.length === 0) throw new PkiError('DER_MALFORMED', 'policyQualifiers is empty');
  for (const info of infos) {
    oidValue(info.read(tags.oid));
    info.any();
    info.finish();
  }
}

/** One pair of policyMappings: under `issuer`'s policy the authority takes `subject` for equivalent. */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
}

/** PolicyMappings (RFC 5280 §4.2.1.5). */
export function readPolicyMappings(value: Uint8Array): readonly PolicyMapping[] {
  const mappings = childrenOf(expectTag(readDer(value), tags.sequence)).map((child) => {
    const reader = new DerReader(child);
    const issuerDomainPolicy = oidValue(reader.read(tags.oid));
    const subjectDomainPolicy = oidValue(reader.read(tags.oid));
    reader.finish();
    return { issuerDomainPolicy, subjectDomainPolicy };
  });
  if (mappings.length === 0) throw new PkiError('DER_MALFORMED', 'policyMappings is empty');
  return mappings;
}

/** Certificates that may follow until the rule holds (SkipCerts). */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
}

/** PolicyConstraints (RFC 5280 §4.2.1.11): one of the two at least. */
export function readPolicyConstraints(value: Uint8Array): PolicyConstraints {
  const reader = new DerReader(readDer(value));
  const explicit = reader.optional(primitiveContextTag(0));
  const mapping = reader.optional(primitiveContextTag(1));
  reader.finish();
  if (!explicit && !mapping) throw new PkiError('DER_MALFORMED', 'policyConstraints is empty');
  return {
    requireExplicitPolicy: explicit && smallIntegerContent(explicit),
    inhibitPolicyMapping: mapping && smallIntegerContent(mapping),
  };
}

/** InhibitAnyPolicy (RFC 5280 §4.2.1.14): SkipCerts. */
export function readInhibitAnyPolicy(value: Uint8Array): number {
  return smallInteger(readDer(value));
}
