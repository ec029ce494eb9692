import { hash } from 'node:crypto';
import {
  derBitString,
  derBoolean,
  derExplicit,
  derIa5String,
  derImplicit,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  oids,
  readDer,
  childrenOf,
} from '#pki';

/** KeyUsage bits (RFC 5280 §4.2.1.3). */
export const keyUsageBits = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const;
export type KeyUsage = keyof typeof keyUsageBits;

/** Policy under which the development PKI issues: the arc 2.999 is set aside for examples. */
export const developmentPolicy = '2.999.84.1';

/** Extended key usage of keys that state evidence of delivery, and nothing else. */
export const evidencePurpose = '2.999.84.2';

type Criticality = 'critical' | 'not-critical';

function extension(oid: string, criticality: Criticality, value: Uint8Array): Uint8Array {
  const critical = criticality === 'critical' ? derBoolean(true) : undefined;
  return derSequence(derOid(oid), critical, derOctetString(value));
}

/** Leftmost 160 bits of SHA-256 of the key's BIT STRING (RFC 7093 §2, method 1). */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const bits = childrenOf(readDer(spki))[1];
  if (bits === undefined) throw new Error('a SubjectPublicKeyInfo without key');
  return hash('sha256', bits.content.subarray(1), 'buffer').subarray(0, 20);
}

export function subjectKeyIdentifier(spki: Uint8Array): Uint8Array {
  return extension(oids.subjectKeyIdentifier, 'not-critical', derOctetString(keyIdentifier(spki)));
}

export function authorityKeyIdentifier(issuerSpki: Uint8Array): Uint8Array {
  const id = derImplicit(0, derOctetString(keyIdentifier(issuerSpki)));
  return extension(oids.authorityKeyIdentifier, 'not-critical', derSequence(id));
}

export function authorityConstraints(options: { readonly pathLength?: number }): Uint8Array {
  const pathLength = options.pathLength === undefined ? undefined : derInteger(options.pathLength);
  return extension(oids.basicConstraints, 'critical', derSequence(derBoolean(true), pathLength));
}

export function keyUsage(...usages: readonly KeyUsage[]): Uint8Array {
  return extension(oids.keyUsage, 'critical', derNamedBits(usages.map((usage) => keyUsageBits[usage])));
}

/** Extended key usage; critical where the standard says so (RFC 3161 §2.3). */
export function extendedKeyUsage(criticality: Criticality, ...purposes: readonly string[]): Uint8Array {
  return extension(oids.extKeyUsage, criticality, derSequence(...purposes.map(derOid)));
}

export function policies(...policyOids: readonly string[]): Uint8Array {
  const infos = policyOids.map((oid) => derSequence(derOid(oid)));
  return extension(oids.certificatePolicies, 'not-critical', derSequence(...infos));
}

const uri = (address: string): Uint8Array => derImplicit(6, derIa5String(address));

export function crlDistributionPoint(address: string): Uint8Array {
  const point = derSequence(derExplicit(0, derExplicit(0, uri(address))));
  return extension(oids.cRLDistributionPoints, 'not-critical', derSequence(point));
}

export function authorityInformation(ocsp: string, caIssuers: string): Uint8Array {
  const access = derSequence(
    derSequence(derOid(oids.ocspAccess), uri(ocsp)),
    derSequence(derOid(oids.caIssuersAccess), uri(caIssuers)),
  );
  return extension(oids.authorityInfoAccess, 'not-critical', access);
}

/** The status of this responder need not be asked for (RFC 6960 §4.2.2.2.1). */
export function ocspNoCheck(): Uint8Array {
  return extension(oids.ocspNoCheck, 'not-critical', derNull);
}

export function alternativeNames(names: {
  readonly dns: readonly string[];
  readonly ip: readonly Uint8Array[];
}): Uint8Array {
  const dns = names.dns.map((name) => derImplicit(2, derIa5String(name)));
  const ip = names.ip.map((address) => derImplicit(7, derOctetString(address)));
  return extension(oids.subjectAltName, 'not-critical', derSequence(...dns, ...ip));
}

export function crlNumber(number: number): Uint8Array {
  return extension(oids.cRLNumber, 'not-critical', derInteger(number));
}

/** CRLReason (RFC 5280 §5.3.1). */
export const revocationReasons = { keyCompromise: 1, certificateHold: 6 } as const;

export function crlReason(reason: keyof typeof revocationReasons): Uint8Array {
  return extension(oids.reasonCode, 'not-critical', Uint8Array.of(0x0a, 1, revocationReasons[reason]));
}

/** The signed structure: `{ tbs, algorithm, signature }`. */
export function signedStructure(tbs: Uint8Array, algorithm: Uint8Array, value: Uint8Array): Uint8Array {
  return derSequence(tbs, algorithm, derBitString(value));
}
