import type { Secrecy, Urgency } from './rules/marks';

/** How a file belongs to its document: the signed page, an annex (phụ lục) or an attached document. */
export const fileRoles = ['main', 'annex', 'attachment'] as const;
export type FileRole = (typeof fileRoles)[number];

/** In a draft there may also be the text it was made from (docx, odt, doc); no recipient ever gets it. */
export const draftFileRoles = [...fileRoles, 'source'] as const;
export type DraftFileRole = (typeof draftFileRoles)[number];

/** One file of an issued document, its bytes final. */
export interface IssuedFile {
  readonly fileId: string;
  /** Where the sender's node keeps the bytes. */
  readonly blobId: string;
  readonly role: FileRole;
  readonly title: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly pageCount: number;
  readonly mediaType: string;
}

/**
 * What the exchange needs to know about a document at the moment it is issued. Its identity is issuing body,
 * series, period and number; `number` alone (`123-CV/TU`) exists in many places.
 */
export interface IssuedDocument {
  readonly documentId: string;
  readonly agencyId: string;
  readonly agencyCode: string;
  readonly bodyId: string;
  /** The number as written, padded below 10: `05`, `123`. */
  readonly number: string;
  /** Number and symbol as on the page, without its "Số": `57-NQ/TW`, `123/QĐ-BKHCN`. */
  readonly symbol: string;
  /** `YYYY-MM-DD` in Asia/Ho_Chi_Minh. */
  readonly issuedOn: string;
  readonly typeCode: string;
  /** Trích yếu; null for a document that may have none. */
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** When a timed express document (hỏa tốc hẹn giờ) must arrive; null for any other. */
  readonly urgencyAt: Date | null;
  /** Main file first, then annexes and attachments in their order. */
  readonly files: readonly IssuedFile[];
}
