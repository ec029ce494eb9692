import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { digestLength, hashFromIdentifier, signerInfoAlgorithm } from '../crypto/algorithms';
import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { verifySignature } from '../crypto/verify';
import type { DerElement } from '../der/element';
import { octetStringValue, oidValue } from '../der/values';
import { PkiError } from '../errors';
import { oids } from '../oids';
import type { SignedData, SignerInfo } from './parse-signed-data';
import { identifies } from './signer-identifier';
import { signingCertificateBinding } from './signing-certificate';

export type CmsFailureCode =
  | 'CMS_SIGNER_COUNT'
  | 'CMS_SIGNER_CERTIFICATE_MISSING'
  | 'CMS_ATTRIBUTES_MISSING'
  | 'CMS_ATTRIBUTE_MALFORMED'
  | 'CMS_CONTENT_MISSING'
  | 'CMS_CONTENT_UNEXPECTED'
  | 'CMS_CONTENT_TYPE_MISMATCH'
  | 'CMS_DIGEST_MISMATCH'
  | 'CMS_CERTIFICATE_UNBOUND'
  | 'CMS_CERTIFICATE_MISMATCH'
  | 'CMS_ALGORITHM_UNSUPPORTED'
  | 'CMS_SIGNATURE_INVALID';

export interface CmsFailure {
  readonly code: CmsFailureCode;
}

/** Says whether the signature is whole and whose it is; not whether that certificate is trusted. */
export interface CmsVerification {
  readonly ok: boolean;
  readonly signerCertificate: Certificate | undefined;
  readonly signerInfo: SignerInfo | undefined;
  readonly algorithm: SignatureAlgorithm | undefined;
  readonly failures: readonly CmsFailure[];
}

export interface CmsVerificationInput {
  /** Digest of detached content by the SignerInfo's digest algorithm (`signedDataDigest`). */
  readonly messageDigest?: Uint8Array;
  /** Detached content itself. With neither, the encapsulated content is verified and must be there. */
  readonly content?: Uint8Array;
  /** Further candidates for the signer's certificate. */
  readonly certificates?: readonly Certificate[];
  /** `if-present` for old signatures without signing-certificate attribute; `required` otherwise. */
  readonly signingCertificate?: 'required' | 'if-present';
}

/** The digest algorithm of the only signer: what detached content must be hashed with. Throws ALGORITHM_UNSUPPORTED, CMS_MALFORMED. */
export function signedDataDigest(signedData: SignedData): HashAlgorithm {
  const [signerInfo] = signedData.signerInfos;
  if (!signerInfo) throw new PkiError('CMS_MALFORMED', 'the signature has no signer');
  return hashFromIdentifier(signerInfo.digestAlgorithm);
}

/**
 * Verifies a SignedData of exactly one signer: signed attributes required, each once; digest, content type
 * and signing certificate bound; algorithms consistent; then the signature (RFC 5652 §5.6, ETSI EN 319 122-1 §5).
 */
export async function verifySignedData(
  signedData: SignedData,
  input: CmsVerificationInput = {},
): Promise<CmsVerification> {
  const [signerInfo, ...others] = signedData.signerInfos;
  if (!signerInfo || others.length > 0) return failed('CMS_SIGNER_COUNT');
  const candidates = [...signedData.certificates, ...(input.certificates ?? [])];
  const signerCertificate = candidates.find((certificate) => identifies(signerInfo.sid, certificate));
  if (!signerCertificate) return { ...failed('CMS_SIGNER_CERTIFICATE_MISSING'), signerInfo };

  const failures: CmsFailureCode[] = [];
  let algorithm: SignatureAlgorithm | undefined;
  try {
    const hash = hashFromIdentifier(signerInfo.digestAlgorithm);
    algorithm = signerInfoAlgorithm(signerInfo.signatureAlgorithm, hash);
    failures.push(...(await contentFailures(signedData, signerInfo, hash, input)));
    failures.push(...(await bindingFailures(signerInfo, signerCertificate, input)));
    const signed = signerInfo.signedAttributes;
    if (signed && !(await verifySignature(signerCertificate.spki, algorithm, signed, signerInfo.signature))) {
      failures.push('CMS_SIGNATURE_INVALID');
    }
  } catch (error) {
    failures.push(failureFrom(error));
  }
  return {
    ok: failures.length === 0,
    signerCertificate,
    signerInfo,
    algorithm,
    failures: failures.map((code) => ({ code })),
  };
}

async function contentFailures(
  signedData: SignedData,
  signerInfo: SignerInfo,
  hash: HashAlgorithm,
  input: CmsVerificationInput,
): Promise<CmsFailureCode[]> {
  if (!signerInfo.signedAttributes) return ['CMS_ATTRIBUTES_MISSING'];
  const typeValue = singleValue(signerInfo, oids.contentType);
  const digestValue = singleValue(signerInfo, oids.messageDigest);
  if (!typeValue || !digestValue) return ['CMS_ATTRIBUTES_MISSING'];
  const failures: CmsFailureCode[] = [];
  if (oidValue(typeValue) !== signedData.contentType) failures.push('CMS_CONTENT_TYPE_MISMATCH');

  const isDetached = input.messageDigest !== undefined || input.content !== undefined;
  if (isDetached && signedData.encapsulatedContent) failures.push('CMS_CONTENT_UNEXPECTED');
  const content = isDetached ? input.content : signedData.encapsulatedContent;
  const actual = input.messageDigest ?? (content && (await digest(hash, content)));
  if (!actual) return [...failures, 'CMS_CONTENT_MISSING'];
  const claimed = octetStringValue(digestValue);
  if (claimed.length !== digestLength[hash] || !equalBytes(claimed, actual))
    failures.push('CMS_DIGEST_MISMATCH');
  return failures;
}

async function bindingFailures(
  signerInfo: SignerInfo,
  certificate: Certificate,
  input: CmsVerificationInput,
): Promise<CmsFailureCode[]> {
  const binding = await signingCertificateBinding(signerInfo.attributes, certificate);
  if (binding === 'mismatch') return ['CMS_CERTIFICATE_MISMATCH'];
  if (binding === 'absent' && input.signingCertificate !== 'if-present') return ['CMS_CERTIFICATE_UNBOUND'];
  return [];
}

/** The value of an attribute that must stand once with one value (RFC 5652 §11.1, §11.2). */
function singleValue(signerInfo: SignerInfo, type: string): DerElement | undefined {
  const found = signerInfo.attributes.filter((attribute) => attribute.type === type);
  if (found.length > 1) throw new PkiError('CMS_MALFORMED', `attribute ${type} stands twice`);
  const values = found[0]?.values ?? [];
  if (values.length > 1) throw new PkiError('CMS_MALFORMED', `attribute ${type} has several values`);
  return values[0];
}

function failureFrom(error: unknown): CmsFailureCode {
  if (!(error instanceof PkiError)) throw error;
  const isAlgorithm = error.code === 'ALGORITHM_UNSUPPORTED' || error.code === 'KEY_UNSUPPORTED';
  return isAlgorithm ? 'CMS_ALGORITHM_UNSUPPORTED' : 'CMS_ATTRIBUTE_MALFORMED';
}

function failed(code: CmsFailureCode): CmsVerification {
  return {
    ok: false,
    signerCertificate: undefined,
    signerInfo: undefined,
    algorithm: undefined,
    failures: [{ code }],
  };
}
