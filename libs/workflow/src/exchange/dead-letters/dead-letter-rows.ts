import type { Tx } from '#platform';
import { newId } from '#platform';

export interface NewDeadLetter {
  readonly kind: 'delivery' | 'evidence';
  /** The delivery or the evidence on its way back. */
  readonly subjectId: string;
  /** Whose message it is. */
  readonly agencyId: string;
  readonly documentId: string;
  readonly messageId: string;
  /** Code of the agency it was for. */
  readonly counterpart: string;
  readonly code: string;
  readonly attempts: number;
}

/** A subject has at most one open dead letter; a second one changes nothing. */
export async function openDeadLetter(tx: Tx, letter: NewDeadLetter, now: Date): Promise<void> {
  await tx.execute(
    `INSERT INTO workflow.dead_letter
       (id, kind, subject_id, agency_id, document_id, message_id, counterpart, code, attempts, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (subject_id) WHERE resolved_at IS NULL DO NOTHING`,
    [
      newId(),
      letter.kind,
      letter.subjectId,
      letter.agencyId,
      letter.documentId,
      letter.messageId,
      letter.counterpart,
      letter.code,
      letter.attempts,
      now,
    ],
  );
}

/** Closes the open dead letter of a subject, if there is one. */
export async function resolveDeadLetter(
  tx: Tx,
  subjectId: string,
  resolution: 'resent' | 'settled',
  now: Date,
): Promise<void> {
  await tx.execute(
    'UPDATE workflow.dead_letter SET resolved_at = $3, resolution = $2 WHERE subject_id = $1 AND resolved_at IS NULL',
    [subjectId, resolution, now],
  );
}
