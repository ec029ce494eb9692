import { equalBytes } from '../bytes';
import type { Certificate, DistributionPoint, Extension } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { readAuthorityKeyId, readCrlNumber, readExtensions, readPointName } from '../certificate/extensions';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import { statusSignatureAlgorithm } from '../crypto/verifiable-algorithms';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { verifySignature } from '../crypto/verify';
import { contextTag, primitiveContextTag, readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader, onlyChild } from '../der/reader';
import { timeValue } from '../der/time';
import {
  bitStringContent,
  booleanContent,
  enumeratedValue,
  integerHex,
  namedBits,
  smallInteger,
  wholeBitString,
} from '../der/values';
import { parsingAs, PkiError } from '../errors';
import { readName } from '../names/distinguished-name';
import type { DistinguishedName } from '../names/distinguished-name';
import { oids } from '../oids';
import { reasonFromValue } from './reasons';
import type { RevocationReason } from './reasons';

export interface RevokedCertificate {
  readonly serialNumber: string;
  readonly revocationDate: Date;
  readonly reason: RevocationReason;
}

/** issuingDistributionPoint (RFC 5280 §5.2.5). */
export interface IssuingDistributionPoint extends Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  readonly onlySomeReasons: ReadonlySet<number> | undefined;
  readonly isIndirect: boolean;
}

/** A certificate revocation list. Entries are read on the first question and kept in an index. */
export interface CertificateList {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  /** Hexadecimal. */
  readonly crlNumber: string | undefined;
  readonly authorityKeyId: string | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  readonly isDelta: boolean;
  /** Entry of a serial number (as `Certificate.serialNumber`). Throws CRL_MALFORMED for a damaged list. */
  entry(serialNumber: string): RevokedCertificate | undefined;
  /** True when an entry carries a critical extension that is not understood: the list must not be used (RFC 5280 §5.3). */
  hasUnknownCriticalEntry(): boolean;
}

/** Reads a CertificateList (RFC 5280 §5.1). Throws CRL_MALFORMED. */
export function parseCrl(der: Uint8Array): CertificateList {
  return parsingAs('CRL_MALFORMED', () => readCrl(der));
}

function readCrl(der: Uint8Array): CertificateList {
  const outer = new DerReader(readDer(der));
  const tbs = outer.read(tags.sequence);
  const signatureAlgorithm = readAlgorithmIdentifier(outer.read(tags.sequence));
  const signature = wholeBitString(outer.read(tags.bitString));
  outer.finish();

  const reader = new DerReader(tbs);
  const versionField = reader.optional(tags.integer);
  if (versionField && smallInteger(versionField) !== 1)
    throw new PkiError('CRL_MALFORMED', 'not a version 2 list');
  if (!equalBytes(reader.read(tags.sequence).der, signatureAlgorithm.der)) {
    throw new PkiError('CRL_MALFORMED', 'signature algorithm differs inside and outside of the signed part');
  }
  const issuer = readName(reader.read(tags.sequence));
  const thisUpdate = timeValue(reader.any());
  const hasNext = reader.nextTag === tags.utcTime || reader.nextTag === tags.generalizedTime;
  const nextUpdate = hasNext ? timeValue(reader.any()) : undefined;
  const revoked = reader.optional(tags.sequence);
  const extensionsField = reader.optional(contextTag(0));
  reader.finish();
  const extensions = extensionsField ? readExtensions(onlyChild(extensionsField)) : [];
  const valueOf = (oid: string): Uint8Array | undefined => findExtension(extensions, oid)?.value;
  const number = valueOf(oids.cRLNumber);
  const authority = valueOf(oids.authorityKeyIdentifier);
  const point = valueOf(oids.issuingDistributionPoint);

  let index: EntryIndex | undefined;
  const entries = (): EntryIndex => (index ??= parsingAs('CRL_MALFORMED', () => indexEntries(revoked)));
  return {
    der,
    tbs: tbs.der,
    issuer,
    thisUpdate,
    nextUpdate,
    signatureAlgorithm,
    signature,
    extensions,
    crlNumber: number && readCrlNumber(number),
    authorityKeyId: authority && readAuthorityKeyId(authority).keyId,
    issuingDistributionPoint: point && readIssuingPoint(point),
    isDelta: valueOf(oids.deltaCRLIndicator) !== undefined,
    entry(serialNumber) {
      const found = entries().bySerial.get(serialNumber);
      return found && parsingAs('CRL_MALFORMED', () => readEntry(found));
    },
    hasUnknownCriticalEntry: () => entries().hasUnknownCritical,
  };
}

function readIssuingPoint(value: Uint8Array): IssuingDistributionPoint {
  const reader = new DerReader(readDer(value));
  const name = reader.optional(contextTag(0));
  const flag = (number: number): boolean => {
    const field = reader.optional(primitiveContextTag(number));
    return field ? booleanContent(field) : false;
  };
  const onlyUserCertificates = flag(1);
  const onlyCaCertificates = flag(2);
  const reasons = reader.optional(primitiveContextTag(3));
  const isIndirect = flag(4);
  const onlyAttributeCertificates = flag(5);
  reader.finish();
  return {
    ...(name ? readPointName(name) : { fullName: undefined, relativeName: undefined }),
    onlyUserCertificates,
    onlyCaCertificates,
    onlyAttributeCertificates,
    onlySomeReasons: reasons && namedBits(bitStringContent(reasons)),
    isIndirect,
  };
}

interface EntryIndex {
  readonly bySerial: ReadonlyMap<string, DerElement>;
  readonly hasUnknownCritical: boolean;
}

const knownEntryExtensions: ReadonlySet<string> = new Set([oids.reasonCode, oids.invalidityDate]);

function indexEntries(revoked: DerElement | undefined): EntryIndex {
  const bySerial = new Map<string, DerElement>();
  let hasUnknownCritical = false;
  if (revoked) {
    const reader = new DerReader(revoked);
    while (reader.hasMore) {
      const element = reader.read(tags.sequence);
      const fields = new DerReader(element);
      bySerial.set(integerHex(fields.read(tags.integer)), element);
      fields.any();
      if (!fields.hasMore) continue;
      const extensions = readExtensions(fields.any());
      hasUnknownCritical ||= extensions.some(
        (found) => found.critical && !knownEntryExtensions.has(found.oid),
      );
    }
  }
  return { bySerial, hasUnknownCritical };
}

function readEntry(element: DerElement): RevokedCertificate {
  const reader = new DerReader(element);
  const serialNumber = integerHex(reader.read(tags.integer));
  const revocationDate = timeValue(reader.any());
  const extensions = reader.hasMore ? readExtensions(reader.any()) : [];
  reader.finish();
  const reason = findExtension(extensions, oids.reasonCode);
  return {
    serialNumber,
    revocationDate,
    reason: reason ? reasonFromValue(enumeratedValue(readDer(reason.value))) : 'unspecified',
  };
}

/** Whether this certificate's key signed the list and it may sign lists (RFC 5280 §6.3.3 f, g). */
export async function verifyCrl(crl: CertificateList, issuer: Certificate): Promise<boolean> {
  if (!crl.issuer.equals(issuer.subject)) return false;
  if (issuer.keyUsage && !issuer.keyUsage.has('cRLSign')) return false;
  const algorithm = statusSignatureAlgorithm(crl.signatureAlgorithm);
  return verifySignature(issuer.spki, algorithm, crl.tbs, crl.signature);
}
