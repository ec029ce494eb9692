import {
  oids,
  parseSignedData,
  parseTimestampToken,
  PkiError,
  signedDataDigest,
  verifySignedData,
  verifyTimestampToken,
} from '#pki';
import type { Certificate, SignedData, SignerInfo } from '#pki';
import { rangeDigest } from '../signing/range-digest';
import type { CoverageResult } from './coverage';
import type { VerdictCode } from './verdict-codes';

export type SignatureKind = 'PAdES' | 'CMS' | 'DOC-TIMESTAMP';

/** What the cryptography says, before any question of trust. */
export interface CmsCheck {
  readonly failures: readonly VerdictCode[];
  readonly signerCertificate: Certificate | undefined;
  readonly signerInfo: SignerInfo | undefined;
  readonly signedData: SignedData | undefined;
  /** Of a document time-stamp. */
  readonly genTime: Date | undefined;
  /** Attributes that PAdES forbids though the signature is whole. */
  readonly warnings: readonly VerdictCode[];
}

const nothing: Omit<CmsCheck, 'failures'> = {
  signerCertificate: undefined,
  signerInfo: undefined,
  signedData: undefined,
  genTime: undefined,
  warnings: [],
};

/** ISO 32000-1 §12.8.3, ISO 32000-2 §12.8.5, ETSI EN 319 142-1 §4.2; the older formats stand on SHA-1. */
export function kindOf(subFilter: string | undefined): SignatureKind | undefined {
  if (subFilter === 'ETSI.CAdES.detached') return 'PAdES';
  if (subFilter === 'adbe.pkcs7.detached') return 'CMS';
  if (subFilter === 'ETSI.RFC3161') return 'DOC-TIMESTAMP';
  return undefined;
}

export async function checkCms(
  bytes: Uint8Array,
  kind: SignatureKind,
  { byteRange, contents }: CoverageResult,
): Promise<CmsCheck> {
  if (!byteRange || !contents) return { ...nothing, failures: [] };
  try {
    return kind === 'DOC-TIMESTAMP'
      ? await checkDocumentTimestamp(bytes, byteRange, contents)
      : await checkSignature(bytes, kind, byteRange, contents);
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return {
      ...nothing,
      failures: [error.code === 'ALGORITHM_UNSUPPORTED' ? 'CMS_ALGORITHM_UNSUPPORTED' : 'CMS_MALFORMED'],
    };
  }
}

type Range = readonly [number, number, number, number];

async function checkSignature(
  bytes: Uint8Array,
  kind: 'PAdES' | 'CMS',
  range: Range,
  contents: Uint8Array,
): Promise<CmsCheck> {
  const signedData = parseSignedData(contents);
  const messageDigest = await rangeDigest(signedDataDigest(signedData), bytes, range);
  const result = await verifySignedData(signedData, {
    messageDigest,
    signingCertificate: kind === 'PAdES' ? 'required' : 'if-present',
  });
  const hasTime =
    result.signerInfo?.attributes.some((attribute) => attribute.type === oids.signingTime) ?? false;
  // ETSI EN 319 142-1 §6.3: a signature over a document says so, and is not one made for something else.
  const isOverData = signedData.contentType === oids.data;
  return {
    failures: [
      ...result.failures.map(({ code }) => code),
      ...(isOverData ? [] : (['CMS_CONTENT_TYPE_MISMATCH'] as const)),
    ],
    signerCertificate: result.signerCertificate,
    signerInfo: result.signerInfo,
    signedData,
    genTime: undefined,
    warnings: kind === 'PAdES' && hasTime ? ['CMS_SIGNING_TIME_PRESENT'] : [],
  };
}

async function checkDocumentTimestamp(
  bytes: Uint8Array,
  range: Range,
  contents: Uint8Array,
): Promise<CmsCheck> {
  const token = parseTimestampToken(contents);
  const { hash } = token.messageImprint;
  const result = await verifyTimestampToken(token, { digest: await rangeDigest(hash, bytes, range), hash });
  return {
    failures: result.failures.map(({ code }) => code),
    signerCertificate: result.signerCertificate,
    signerInfo: token.signedData.signerInfos[0],
    signedData: token.signedData,
    genTime: result.genTime,
    warnings: [],
  };
}
