export { SigningError, signingMessages } from './signing-error';
export type { SigningErrorCode } from './signing-error';
export type {
  CompletionExtras,
  FieldLock,
  PreparedSignature,
  Rect,
  SignatureAppearance,
  SignatureOptions,
  SignaturePlacement,
  SignatureSession,
  StampFonts,
  ValidationMaterial,
} from './signature-options';
export type {
  AgencySignatureInput,
  AnnexSignatureInput,
  Initials,
  LayOutOptions,
  NumberInput,
  OfficialDocument,
  OfficialPlaces,
  PersonSignatureInput,
  Place,
  SignerIdentityInput,
  SigningKey,
  UploadInspection,
} from './official/official-types';
export type {
  Coverage,
  Indication,
  ModificationLevel,
  ReportMessage,
  SignatureLevel,
  SignatureReport,
  SignerIdentity,
  SubIndication,
  ValidationContext,
  ValidationReport,
} from './verification/report';
export { officialDocument } from './official/official-document';
export { fieldNames as officialFieldNames } from './official/places';
export { completeSignature } from './signing/complete-signature';
export { prepareSignature } from './signing/prepare-signature';
export { signPdf } from './signing/sign-pdf';
export type { SignPdfOptions } from './signing/sign-pdf';
export { verifyPdf } from './verification/verify-pdf';
export { verdictMessage } from './verification/verdict-messages';
export type { VerdictCode } from './verification/verdict-codes';
