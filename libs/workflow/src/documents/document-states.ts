/** Where an outgoing document stands. */
export const documentStates = [
  /** Being written by its drafter; files may come and go. */
  'DRAFT',
  /** "Dự thảo lần n" is frozen; reviewers initial in their order. */
  'IN_REVIEW',
  /** Sent back with a reason; the first change opens the next draft. */
  'RETURNED',
  /** Marks are fixed; the bytes that will be signed exist. */
  'APPROVED',
  'PERSON_SIGNED',
  /** A copy of another document, made and not yet numbered; nobody signs it in person. */
  'COPIED',
  /** Number and date given and registered: "đã cấp số, chưa phát hành". */
  'NUMBERED',
  'AGENCY_SIGNED',
  /** Sent; the bytes are final. */
  'ISSUED',
  /** Void at every recipient (thu hồi). */
  'RECALLED',
  /** Another document has taken its place (thay thế). */
  'REPLACED',
  /** In force, its form corrected by a công văn (đính chính). */
  'CORRECTED',
  /** Ended before issue; a number already given is kept with the reason. */
  'CANCELLED',
] as const;
export type DocumentState = (typeof documentStates)[number];

export const documentEvents = [
  'revise',
  'place',
  'submit',
  'initial',
  'return',
  'approve',
  'change_signer',
  'person_sign',
  'number',
  'agency_sign',
  'issue',
  'recall',
  'replace',
  'correct',
  'cancel',
] as const;
export type DocumentEvent = (typeof documentEvents)[number];
