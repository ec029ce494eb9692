import type { Role } from '#platform';

/** A calendar day in Viet Nam, `YYYY-MM-DD`. */
export type DateOnly = string;

/** Khối: Party, State, Fatherland Front, socio-political organisations. */
export const blocs = ['party', 'state', 'front', 'union'] as const;
export type Bloc = (typeof blocs)[number];

/** The tiers since 1 July 2025: the centre, 34 provinces, 3,321 communes. */
export const agencyLevels = ['central', 'province', 'commune'] as const;
export type AgencyLevel = (typeof agencyLevels)[number];

/** Valid on `validFrom`, no longer valid on `validTo` (half open; null = without end). */
export interface Validity {
  readonly validFrom: DateOnly;
  readonly validTo: DateOnly | null;
}

export function isInForce({ validFrom, validTo }: Validity, day: DateOnly): boolean {
  return validFrom <= day && (validTo === null || day < validTo);
}

/** An organisation with a code and keys of its own. Its id is stable for ever. */
export interface Agency extends Validity {
  readonly id: string;
  /** organizationIdentifier (OID 2.5.4.97) of its certificates: an opaque string. */
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  /** Agency part of a document's symbol, e.g. `TU`, `BKHCN`. */
  readonly symbol: string;
  readonly bloc: Bloc;
  readonly level: AgencyLevel;
  readonly parentId: string | null;
  /** The node that hosts it. */
  readonly nodeId: string;
  /** Địa danh in the date line of its documents. */
  readonly place: string;
  /** Number in the 080 network of the Party and State, if any. */
  readonly contact080: string | null;
  /** Receives what arrives for this agency after `validTo`. */
  readonly successorId: string | null;
}

/** An issuing author (tác giả) within an agency: several may share one agency key. */
export interface Body extends Validity {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly symbol: string;
  /** `collective`: signed on behalf of (T/M, TM.); `headed`: signed by its head (deputies K/T, KT.). */
  readonly leadership: 'collective' | 'headed';
  /** Whether the agency signs over the personal signature on this body's documents. */
  readonly hasSeal: boolean;
  /** Codes of document types, as libs/workflow's rules name them. */
  readonly mayIssue: readonly string[];
}

/** `member`: a member of a collective without a leading post; `staff`: signs nothing. */
export const postRanks = ['head', 'deputy', 'member', 'staff'] as const;
export type PostRank = (typeof postRanks)[number];

/** A post (chức vụ) as it is printed under a signature. */
export interface Post extends Validity {
  readonly id: string;
  readonly agencyId: string;
  /** As printed, e.g. `PHÓ CHÁNH VĂN PHÒNG`. */
  readonly title: string;
  readonly rank: PostRank;
  /** Bodies it belongs to, and may sign for by rank. */
  readonly bodyIds: readonly string[];
  /** Bodies, also of other agencies, for which it may sign by order (T/L, TL.). */
  readonly byOrderOfBodyIds: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly fullName: string;
}

/** A person holds a post for a time, and through it roles in one agency. */
export interface Appointment extends Validity {
  readonly id: string;
  readonly personId: string;
  readonly postId: string;
  readonly agencyId: string;
  readonly roles: readonly Role[];
  /** Quyền: holds the work of the head without the post (signs Q.). */
  readonly acting: boolean;
}

/** Nhiệm kỳ of an agency's committee: the period of a Party number series. */
export interface Term extends Validity {
  readonly id: string;
  readonly agencyId: string;
  /** E.g. `2025–2030`. */
  readonly name: string;
}

export const certificateUses = ['signing', 'evidence', 'encryption'] as const;
export type CertificateUse = (typeof certificateUses)[number];

export type CertificateOwner =
  { readonly kind: 'agency'; readonly id: string } | { readonly kind: 'person'; readonly id: string };

/** Which certificate an agency or a person holds. Never the private key. */
export interface HeldCertificate {
  readonly id: string;
  readonly owner: CertificateOwner;
  readonly use: CertificateUse;
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hex. */
  readonly thumbprint: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `withdrawn`: no longer offered for new work; whether it was revoked is told by CRL and OCSP. */
  readonly status: 'active' | 'withdrawn';
}
