import { equalBytes, fromHex } from '../bytes';
import type { Certificate, DistributionPoint, Extension } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import {
  readAuthorityKeyId,
  readCrlNumber,
  readDistributionPoints,
  readExtensions,
  readPointName,
  urlsOf,
} from '../certificate/extensions';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import { statusSignatureAlgorithm } from '../crypto/verifiable-algorithms';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import type { PublicKeyInfo } from '../crypto/public-key';
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
import { readGeneralNames } from '../names/general-name';
import { oids } from '../oids';
import { indexEntries, noEntries } from './entry-index';
import type { EntryIndex } from './entry-index';
import { reasonFromValue } from './reasons';
import type { RevocationReason } from './reasons';

export interface RevokedCertificate {
  readonly serialNumber: string;
  readonly revocationDate: Date;
  readonly reason: RevocationReason;
  /** Since when the key is known or thought to have been lost (RFC 5280 §5.3.2). Says more, decides nothing. */
  readonly invalidityDate: Date | undefined;
}

/** issuingDistributionPoint (RFC 5280 §5.2.5). */
export interface IssuingDistributionPoint extends Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  readonly onlySomeReasons: ReadonlySet<number> | undefined;
  readonly isIndirect: boolean;
}

/**
 * A certificate revocation list. Its entries are windows on `der`: the first question checks and indexes them, in
 * about five octets for each.
 */
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
  /** BaseCRLNumber of a delta list, hexadecimal (RFC 5280 §5.2.4). */
  readonly baseCrlNumber: string | undefined;
  /** Where delta lists to this one are found: addresses in freshestCRL (RFC 5280 §5.2.6). */
  readonly deltaUrls: readonly string[];
  /** The list keeps entries of certificates that expired at or after this time (expiredCertsOnCRL of X.509). */
  readonly keepsExpiredSince: Date | undefined;
  /**
   * Entry of a serial number (as `Certificate.serialNumber`) of an issuer: that of the list unless said otherwise,
   * which has a meaning in indirect lists. Throws CRL_MALFORMED for a damaged list, CRL_TOO_LARGE.
   */
  entry(serialNumber: string, issuer?: DistinguishedName): RevokedCertificate | undefined;
  /** True when an entry carries a critical extension that is not understood: the list must not be used (RFC 5280 §5.3). */
  hasUnknownCriticalEntry(): boolean;
  /** Makes the index in steps that leave room for other work; else the first question makes it at one go. */
  prepare(): Promise<void>;
}

/** Lists above this many bytes are refused. */
const maxCrlBytes = 256 * 1024 * 1024;

/** Reads a CertificateList (RFC 5280 §5.1). Throws CRL_MALFORMED, CRL_TOO_LARGE. */
export function parseCrl(der: Uint8Array): CertificateList {
  if (der.length > maxCrlBytes) {
    throw new PkiError('CRL_TOO_LARGE', `a list of ${der.length} bytes exceeds the limit of ${maxCrlBytes}`);
  }
  return parsingAs('CRL_MALFORMED', () => readCrl(der));
}

function readCrl(der: Uint8Array): CertificateList {
  const outer = new DerReader(readDer(der, { maxBytes: maxCrlBytes }));
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
  const base = valueOf(oids.deltaCRLIndicator);
  const freshest = valueOf(oids.freshestCRL);
  const expired = valueOf(oids.expiredCertsOnCRL);
  const issuingDistributionPoint = point && readIssuingPoint(point);

  const isIndirect = issuingDistributionPoint?.isIndirect ?? false;
  const steps = revoked && indexEntries(revoked, { isIndirect });
  let index = steps ? undefined : noEntries;
  let failed: PkiError | undefined;
  /** One step of the index; whoever asks at once takes them all. */
  const step = (): EntryIndex | undefined => {
    if (failed) throw failed;
    if (index ?? !steps) return index;
    try {
      const { done, value } = parsingAs('CRL_MALFORMED', () => steps.next());
      return done ? (index = value) : undefined;
    } catch (error) {
      if (error instanceof PkiError) failed = error;
      throw error;
    }
  };
  const entries = (): EntryIndex => {
    for (;;) {
      const made = step();
      if (made) return made;
    }
  };
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
    issuingDistributionPoint,
    isDelta: base !== undefined,
    baseCrlNumber: base && readCrlNumber(base),
    deltaUrls: freshest ? urlsOf(readDistributionPoints(freshest)) : [],
    keepsExpiredSince: expired && timeValue(readDer(expired)),
    entry: (serialNumber, of = issuer) =>
      parsingAs('CRL_MALFORMED', () => {
        const all = entries();
        return all
          .find(fromHex(serialNumber))
          .filter((element) => isOf(all.issuerAt(element), issuer, of))
          .map(readEntry)
          .reduce<RevokedCertificate | undefined>(graver, undefined);
      }),
    hasUnknownCriticalEntry: () => entries().hasUnknownCritical,
    async prepare() {
      while (!step()) await new Promise((resolve) => setTimeout(resolve, 0));
    },
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

function readEntry(element: DerElement): RevokedCertificate {
  const reader = new DerReader(element);
  const serialNumber = integerHex(reader.read(tags.integer));
  const revocationDate = timeValue(reader.any());
  const extensions = reader.hasMore ? readExtensions(reader.any()) : [];
  reader.finish();
  const reason = findExtension(extensions, oids.reasonCode);
  const invalidity = findExtension(extensions, oids.invalidityDate);
  return {
    serialNumber,
    revocationDate,
    reason: reason ? reasonFromValue(enumeratedValue(readDer(reason.value))) : 'unspecified',
    invalidityDate: invalidity && timeValue(readDer(invalidity.value)),
  };
}

/** Whether an entry is about a certificate of `wanted`: its certificateIssuer, else the issuer of the list, says so. */
function isOf(
  certificateIssuer: DerElement | undefined,
  listIssuer: DistinguishedName,
  wanted: DistinguishedName,
): boolean {
  if (!certificateIssuer) return listIssuer.equals(wanted);
  return readGeneralNames(certificateIssuer).some(
    (name) => name.kind === 'directory' && name.name.equals(wanted),
  );
}

/** No list should name a certificate twice. Where one does, the entry that takes most from it counts. */
function graver(a: RevokedCertificate | undefined, b: RevokedCertificate): RevokedCertificate {
  if (!a) return b;
  const rank = ({ reason }: RevokedCertificate): number =>
    reason === 'removeFromCRL' ? 0 : reason === 'certificateHold' ? 1 : 2;
  if (rank(a) !== rank(b)) return rank(a) > rank(b) ? a : b;
  return a.revocationDate <= b.revocationDate ? a : b;
}

/** Whether a certificate stands for the list's issuer and may sign lists (RFC 5280 §6.3.3 f). */
export function maySignCrl(crl: CertificateList, signer: Certificate): boolean {
  return crl.issuer.equals(signer.subject) && (signer.keyUsage?.has('cRLSign') ?? true);
}

/** By list and key: the signature over a long list is verified once. */
const verified = new WeakMap<CertificateList, WeakMap<PublicKeyInfo, Promise<boolean>>>();

/**
 * Whether this certificate's key signed the list and it may sign lists (RFC 5280 §6.3.3 f, g).
 * Throws ALGORITHM_UNSUPPORTED, KEY_UNSUPPORTED, KEY_MALFORMED.
 */
export async function verifyCrl(crl: CertificateList, issuer: Certificate): Promise<boolean> {
  if (!maySignCrl(crl, issuer)) return false;
  const byKey = verified.get(crl) ?? new WeakMap<PublicKeyInfo, Promise<boolean>>();
  verified.set(crl, byKey);
  const known = byKey.get(issuer.publicKey);
  if (known) return known;
  const algorithm = statusSignatureAlgorithm(crl.signatureAlgorithm);
  const result = verifySignature(issuer.spki, algorithm, crl.tbs, crl.signature);
  byKey.set(issuer.publicKey, result);
  return result;
}
