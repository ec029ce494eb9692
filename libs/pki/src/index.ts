export { PkiError } from './errors';
export type { PkiErrorCode, PkiErrorDetail } from './errors';
export { pkiProblems } from './problems';
export type { BilingualMessage } from './problems';
export { oids } from './oids';

// DER and PEM
export { DerElement, contextTag, primitiveContextTag, readDer, readDerPrefix, tags } from './der/element';
export type { DerLimits } from './der/element';
export { DerReader, childrenOf, expectTag, onlyChild } from './der/reader';
export * as derValues from './der/values';
export * as derWriter from './der/writer';
export { derOrPem, parsePem, parsePemBlocks, toPem } from './pem';
export type { PemBlock } from './pem';
export { toHex, fromHex } from './bytes';

// Keys, digests, signatures
export { digestLength, encodeSignatureAlgorithm } from './crypto/algorithms';
export type {
  AlgorithmIdentifier,
  DigestAlgorithm,
  HashAlgorithm,
  SignatureAlgorithm,
} from './crypto/algorithms';
export { parsePublicKey, preferredAlgorithm } from './crypto/public-key';
export type { EcCurve } from './crypto/curves';
export type { PublicKeyInfo } from './crypto/public-key';
export { digest, useCryptoEngine } from './crypto/engine';
export type { CryptoEngine } from './crypto/engine';
export { webCryptoEngine } from './crypto/web-crypto-engine';
export { verifySignature } from './crypto/verify';
export { signerAlgorithm, webCryptoSigner } from './crypto/signer';
export type { KeyedSignerInput, Signer } from './crypto/signer';
export type { Decrypter, KeyAgreement } from './crypto/key-agreement';
export { ecdsaFixedToValue, isFixedEcdsaValue } from './crypto/ecdsa-value';

// Certificates
export { parseCertificate, certificateHash, thumbprint } from './certificate/parse-certificate';
export { isSelfIssued } from './certificate/certificate';
export type { Certificate, DistributionPoint, Extension, KeyUsage } from './certificate/certificate';
export { DistinguishedName } from './names/distinguished-name';
export type { NameAttribute } from './names/distinguished-name';
export type { GeneralName } from './names/general-name';
export { composedText } from './names/comparable-text';

// CMS
export { prepareSignedAttributes } from './cms/signed-attributes';
export type { SignedAttributesInput } from './cms/signed-attributes';
export { assembleSignedData } from './cms/assemble-signed-data';
export type { SignedDataInput } from './cms/assemble-signed-data';
export { signEnveloping } from './cms/sign-data';
export type { SignContentInput } from './cms/sign-data';
export { parseSignedData } from './cms/parse-signed-data';
export type { CmsAttribute, SignedData, SignerInfo } from './cms/parse-signed-data';
export type { SignerIdentifier } from './cms/signer-identifier';
export { signedDataDigest, verifySignedData } from './cms/verify-signed-data';
export type {
  CmsFailure,
  CmsFailureCode,
  CmsVerification,
  CmsVerificationInput,
} from './cms/verify-signed-data';

// Time-stamps
export { buildTimestampRequest, newNonce, nonceHex, parseTimestampRequest } from './timestamp/request';
export type { MessageImprint, TimestampRequest, TimestampRequestInput } from './timestamp/request';
export { parseTimestampResponse, tokenInResponse } from './timestamp/response';
export type { ExpectedTimestamp } from './timestamp/response';
export { orderOfTimestamps, parseTimestampToken } from './timestamp/token';
export type { TimestampToken } from './timestamp/token';
export { verifyTimestampToken } from './timestamp/verify-token';
export type {
  TimestampExpectation,
  TimestampFailureCode,
  TimestampVerification,
} from './timestamp/verify-token';
export { timestampsInOrder } from './timestamp/in-order';
export type { NamedTimestampSource, TimestampOrderOptions, TimestampOutcome } from './timestamp/in-order';
export { httpTimestampSource } from './timestamp/source';
export type { HttpTimestampOptions, TimestampSource } from './timestamp/source';

// Revocation
export { parseCrl, verifyCrl } from './revocation/crl';
export type { CertificateList, IssuingDistributionPoint, RevokedCertificate } from './revocation/crl';
export { parseOcspResponse } from './revocation/ocsp';
export type { OcspCertificateId, OcspResponse, OcspResponderId, OcspSingleResponse } from './revocation/ocsp';
export {
  buildOcspRequest,
  certificateIdDer,
  namesCertificate,
  parseOcspRequest,
} from './revocation/ocsp-request';
export type { OcspRequest, OcspRequestOptions } from './revocation/ocsp-request';
export { ocspResponseProblem, verifyOcspResponse } from './revocation/ocsp-status';
export type { OcspVerificationContext } from './revocation/ocsp-status';
export { unusedEvidenceMessages } from './revocation/unused';
export type { UnusedCode, UnusedEvidence } from './revocation/unused';
export type { RevocationReason } from './revocation/reasons';

// Sources: files, and answers of the network under rules
export { readSource, sourceParts } from './sources/read-source';
export type { SourceContent, SourceKind } from './sources/read-source';
export type { FetchAnswer, Fetcher } from './sources/fetcher';
export type { AnswerStore, KeptAnswer } from './sources/kept-answers';
export { memoryAnswerStore, renewalTime } from './sources/kept-answers';
export { gatherIssuers, gatherRevocation } from './sources/online-sources';
export type { GatheredRevocation } from './sources/online-sources';
export { validatePathFinding } from './sources/find-revocation';
export type { FindRevocation, FoundRevocation } from './sources/find-revocation';
export { tieToAnchor } from './sources/tied-path';

// Path validation
export { validatePath } from './path/validate-path';
export type { PathInput } from './path/validate-path';
export type { PolicySettings } from './path/policy-settings';
export { defaultAlgorithmPolicy } from './path/algorithm-policy';
export type { AlgorithmPolicy } from './path/algorithm-policy';
export { explainPath, pathCheckTitles } from './path/explain-path';
export type { CertificateExplanation, PathCheck, PathCheckName } from './path/explain-path';
export { pathFailureMessages } from './path/messages';
export type {
  PathFailure,
  PathFailureCode,
  PathPolicies,
  PathResult,
  Purpose,
  RevocationFinding,
} from './path/result';
export { defaultSearchLimits } from './path/find-paths';
export type { SearchLimits } from './path/find-paths';

// Issuing: for the development PKI and tests
export { encodeName } from './issuing/names';
export type { NameAttributeInput } from './issuing/names';
export { issueCertificate, randomSerial } from './issuing/issue-certificate';
export type { CertificateInput, ExtensionInput, IssuingKey } from './issuing/issue-certificate';
export { issueCrl } from './issuing/issue-crl';
export type { CrlInput } from './issuing/issue-crl';
export { issueOcspResponse, ocspErrorResponse } from './issuing/issue-ocsp-response';
export type { OcspResponseInput, OcspStatusInput } from './issuing/issue-ocsp-response';
export { issueTimestampToken, timestampGranted, timestampRejected } from './issuing/issue-timestamp';
export type { TimestampIssueInput } from './issuing/issue-timestamp';
export { generateKeyPair } from './issuing/generate-keys';
export type { KeyKind, KeyPairBytes } from './issuing/generate-keys';
