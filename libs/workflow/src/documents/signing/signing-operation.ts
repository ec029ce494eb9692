import type { Tx } from '#platform';

/** `personal`: the signatory signs main files. `agency`: the clerk applies the agency's signature. */
export const signingPurposes = ['personal', 'agency'] as const;
export type SigningPurpose = (typeof signingPurposes)[number];

/** One file exactly as the person saw it before consenting. */
export interface ConsentedFile {
  readonly fileId: string;
  readonly versionId: string;
  readonly role: 'main' | 'annex';
  readonly title: string;
  readonly pages: number;
  /** SHA-256 of the bytes that will be signed, lower-case hex. */
  readonly digest: string;
}

/** One document of the list that a consent covers. */
export interface ConsentedDocument {
  readonly documentId: string;
  /** Version of the document's row: whatever changed since ends the consent. */
  readonly version: number;
  /** Type and abstract. */
  readonly title: string;
  /** Number and symbol where already assigned. */
  readonly symbol: string | null;
  readonly files: readonly ConsentedFile[];
}

export interface SigningOperationRow {
  readonly id: string;
  readonly purpose: SigningPurpose;
  readonly person_id: string;
  readonly session_id: string;
  readonly agency_id: string;
  readonly items: readonly ConsentedDocument[];
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

export async function findOperation(tx: Tx, id: string): Promise<SigningOperationRow | undefined> {
  const [row] = await tx.query<SigningOperationRow>(
    `SELECT id, purpose, person_id, session_id, agency_id, items, expires_at, used_at
     FROM workflow.signing_operation WHERE id = $1`,
    [id],
  );
  return row;
}

/** Uses the operation up, once: false when another request was first or its time is over. */
export async function claimOperation(tx: Tx, id: string, now: Date): Promise<boolean> {
  const claimed = await tx.execute(
    'UPDATE workflow.signing_operation SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2',
    [id, now],
  );
  return claimed === 1;
}
