import type { Certificate, SignatureAlgorithm, Signer, TimestampSource } from '#pki';
import type { PreparedSignature, Rect, StampFonts, ValidationMaterial } from '../signature-options';

/** A place on a page, counted from 0; negative counts from the end (−1 is the last page). */
export interface Place {
  readonly page: number;
  readonly rect: Rect;
}

/** Where the parts of an official document stand; each has a default after Decree 30/2020 App. I. */
export interface OfficialPlaces {
  readonly number: Place;
  readonly date: Place;
  readonly marks: Place;
  readonly personalSignature: Place;
  readonly agencySignature: Place;
  readonly annexSignature: Place;
}

export interface UploadInspection {
  readonly pageCount: number;
  /**
   * `text-fields`: number and date get fields of their own. `agency-signature`: others signed the file
   * already, so they go into the appearance of the agency's signature field.
   */
  readonly numberPlacement: 'text-fields' | 'agency-signature';
  /** Names of fields that others have signed. */
  readonly foreignSignatures: readonly string[];
}

export interface LayOutOptions {
  /** Whether the body has a seal, so that an agency signature will follow. */
  readonly agencySignature: 'expected' | 'none';
  /** Urgency and secrecy marks to print, upper case (`HỎA TỐC`); fixed before the first signature. */
  readonly marks?: { readonly lines: readonly string[]; readonly fonts: StampFonts };
  readonly places?: Partial<OfficialPlaces>;
  /** Ký nháy, to be laid on the last page where that has room. */
  readonly initials?: Initials;
}

/** Who initialled the draft, and what of the last page is text, so that nothing is laid over it. */
export interface Initials {
  /** As printed, one each. */
  readonly lines: readonly string[];
  readonly fonts: StampFonts;
  /** The text of the last page, from the lower left of its CropBox; `endsText` where it ends with `./.`. */
  readonly text: readonly (Rect & { readonly endsText: boolean })[];
}

/** What differs between a key at hand and one elsewhere. */
export interface SignerIdentityInput {
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly algorithm: SignatureAlgorithm;
  readonly timestampReserve?: number;
}

/** A key at hand, and the authority that proves the time (absent: no time-stamp). */
export interface SigningKey {
  readonly signer: Signer;
  readonly timestamps?: TimestampSource;
}

export interface PersonSignatureInput {
  readonly claimedTime: Date;
  /** Transparent PNG of the handwriting. */
  readonly handwriting: Uint8Array;
  readonly reason?: string;
  readonly location?: string;
  readonly places?: Partial<OfficialPlaces>;
}

export interface NumberInput {
  /** As printed: `Số 57-NQ/TW` (Party), `Số: 123/QĐ-BKHCN` (State). */
  readonly numberLine: string;
  /** As printed: `Hà Nội, ngày 22 tháng 12 năm 2026`. */
  readonly dateLine: string;
  readonly fonts: StampFonts;
  /** For the leader, the agency and the time-stamping authority. */
  readonly dss?: ValidationMaterial;
}

export interface AgencySignatureInput {
  readonly claimedTime: Date;
  /** Transparent PNG of the red seal, real size 36 mm. */
  readonly seal: Uint8Array;
  /** Printed under the seal only where the file has no number and date fields. */
  readonly numberLine: string;
  readonly dateLine: string;
  readonly fonts: StampFonts;
  readonly reason?: string;
  readonly location?: string;
  readonly places?: Partial<OfficialPlaces>;
}

export interface AnnexSignatureInput {
  readonly claimedTime: Date;
  /** Number and symbol of the main document: `57-NQ/TW`. */
  readonly numberAndSymbol: string;
  readonly fonts: StampFonts;
  /** For the agency and the time-stamping authority. */
  readonly dss?: ValidationMaterial;
  readonly reason?: string;
  readonly places?: Partial<OfficialPlaces>;
}

export interface CopySignatureInput {
  readonly claimedTime: Date;
  /** As printed: `SAO Y BẢN CHÍNH`, `SAO LỤC`. */
  readonly heading: string;
  /** Number and symbol of the copy, as printed: `Số: 05/SY-BKHCN`. */
  readonly numberLine: string;
  /** Whoever copies. */
  readonly agencyName: string;
  readonly fonts: StampFonts;
  /** The text of page 1, from the lower left of its CropBox, so that the mark is laid over none of it. */
  readonly text: readonly Rect[];
  /** For the agency and the time-stamping authority. */
  readonly dss?: ValidationMaterial;
}

/**
 * "The order of revisions" of an official document: every step takes a PDF and answers it with one revision appended.
 *
 * Every signature may be refused with SigningError CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, FIELD_ALREADY_SIGNED,
 * FIELD_LOCKED, IMAGE_UNREADABLE, KEY_MISMATCH, PLACEHOLDER_TOO_SMALL or RECTANGLE_OFF_PAGE, and with PkiError TSA_… where
 * a time-stamp was asked for and not had.
 */
export interface OfficialDocument {
  /**
   * Tells whether an upload can be signed, and where number and date will stand.
   * @throws SigningError UPLOAD_CERTIFIED; PdfError for what is no usable PDF.
   */
  inspectUpload(upload: Uint8Array): UploadInspection;
  /**
   * Puts empty number and date fields (and marks) into an upload before its first signature; one that
   * others already signed gets none. @throws SigningError UPLOAD_CERTIFIED, ALREADY_LAID_OUT, NUMBER_HAS_NO_PLACE
   */
  layOut(upload: Uint8Array, options: LayOutOptions): Promise<Uint8Array>;
  /** The leader's approval signature with the handwriting image; no DocMDP. */
  personSign(pdf: Uint8Array, input: PersonSignatureInput & SigningKey): Promise<Uint8Array>;
  /**
   * One revision: number, date (read-only from now on) and the document security store.
   * @throws SigningError FIELD_NOT_FOUND, FIELD_LOCKED; PdfError FONT_GLYPH_MISSING
   */
  number(pdf: Uint8Array, input: NumberInput): Promise<Uint8Array>;
  /**
   * The agency's signature: red image over a third of the personal one, FieldMDP over number, date, marks.
   * @throws SigningError NUMBER_MISSING
   */
  agencySign(pdf: Uint8Array, input: AgencySignatureInput & SigningKey): Promise<Uint8Array>;
  /** A separate annex file: the agency's signature alone, text top right of page 1 (Decree 30/2020 App. I). */
  annexSign(pdf: Uint8Array, input: AnnexSignatureInput & SigningKey): Promise<Uint8Array>;
  /**
   * A copy of what others, or the agency itself, issued: its file as it stands, below one more signature that carries
   * the mark of the copy. Every signature in it stays as sound as it was. @throws SigningError UPLOAD_CERTIFIED
   */
  copySign(pdf: Uint8Array, input: CopySignatureInput & SigningKey): Promise<Uint8Array>;
  /** The same three, prepared for a key elsewhere; finish with `completeSignature`. */
  preparePersonSignature(
    pdf: Uint8Array,
    input: PersonSignatureInput & SignerIdentityInput,
  ): Promise<PreparedSignature>;
  prepareAgencySignature(
    pdf: Uint8Array,
    input: AgencySignatureInput & SignerIdentityInput,
  ): Promise<PreparedSignature>;
  prepareAnnexSignature(
    pdf: Uint8Array,
    input: AnnexSignatureInput & SignerIdentityInput,
  ): Promise<PreparedSignature>;
}
