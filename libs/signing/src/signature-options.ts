import type { Certificate, SignatureAlgorithm } from '#pki';

/** PDF points (1/72 inch), measured from the lower left corner of the unrotated CropBox. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whole TrueType files; only the letters used are embedded. */
export interface StampFonts {
  readonly regular: Uint8Array;
  /** For the date line (Decree 30/2020 App. I sets it in italics); regular is used where absent. */
  readonly italic?: Uint8Array;
}

export type SignatureAppearance =
  /** A transparent PNG that fills the rectangle, keeping its proportions. */
  | { readonly kind: 'image'; readonly png: Uint8Array }
  /** Lines of text, top down, in the size given (points; default 10). */
  | {
      readonly kind: 'text';
      readonly lines: readonly string[];
      readonly fontTtf: Uint8Array;
      readonly fontSize?: number;
      readonly align?: 'left' | 'center' | 'right';
    }
  /** Image above, lines of text below it. */
  | {
      readonly kind: 'image-and-text';
      readonly png: Uint8Array;
      readonly lines: readonly string[];
      readonly fontTtf: Uint8Array;
      readonly fontSize?: number;
    }
  /** Nothing to see; the rectangle is ignored. */
  | { readonly kind: 'invisible' };

/** Which fields a signature locks (ISO 32000-1 §12.8.2.4). */
export type FieldLock =
  { readonly action: 'All' } | { readonly action: 'Include' | 'Exclude'; readonly fields: readonly string[] };

/** Where and how one signature stands in a PDF, whoever makes it. */
export interface SignaturePlacement {
  /** Name of an empty signature field to fill, or of the new one to create. */
  readonly fieldName: string;
  /** Page counted from 0; only for a new field. */
  readonly page?: number;
  /** Only for a new field; absent means an invisible one. */
  readonly rect?: Rect;
  readonly appearance: SignatureAppearance;
  readonly reason?: string;
  readonly location?: string;
  /** Shown as the signer's name in viewers; default: the certificate's common name. */
  readonly name?: string;
  /** Goes into /M: a claim, not a proof. */
  readonly claimedTime: Date;
  readonly fieldMdp?: FieldLock;
  /** Makes a certification signature; only as the first signature of a file. */
  readonly docMdp?: 1 | 2 | 3;
  /** Goes into the document security store in the same revision, so that the signature covers it. */
  readonly validationMaterial?: ValidationMaterial;
}

export interface SignatureOptions extends SignaturePlacement {
  readonly certificate: Certificate;
  /** Issuers upward, without the root. */
  readonly chain: readonly Certificate[];
  readonly algorithm: SignatureAlgorithm;
  /** Bytes kept for a time-stamp token inside the CMS (0: none will come). */
  readonly timestampReserve?: number;
}

/**
 * What must be kept between `prepareSignature` and `completeSignature`: JSON-safe (bytes as base64),
 * without the PDF itself.
 */
export interface SignatureSession {
  readonly version: 1;
  readonly fieldName: string;
  /** ISO 32000-1 §12.8.1 /ByteRange of the prepared file. */
  readonly byteRange: readonly [number, number, number, number];
  /** SHA-2 digest of the byte range, with `algorithm.hash`; base64. */
  readonly messageDigest: string;
  /** DER SET OF Attribute, base64. */
  readonly signedAttributes: string;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: string;
  readonly chain: readonly string[];
}

export interface PreparedSignature {
  readonly session: SignatureSession;
  /** The whole file with an empty /Contents; begins with the bytes of the input. */
  readonly preparedPdf: Uint8Array;
  /** The signed attributes, DER: what the key signs (it hashes them with `algorithm.hash`). */
  readonly bytesToSign: Uint8Array;
  /** Digest of the byte range. */
  readonly digest: Uint8Array;
}

/** What is put into the CMS beside the signature value. */
export interface CompletionExtras {
  /** RFC 3161 token over the signature value. */
  readonly timestampToken?: Uint8Array;
}

/** Validation material for the document security store (ETSI EN 319 142-1 §5.4.2), DER each. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}
