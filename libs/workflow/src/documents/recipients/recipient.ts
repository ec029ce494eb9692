import type { Tx } from '#platform';

import type { Channel, PaperChannel } from '../../rules';

/** An agency of the directory as a drafter names it. */
export interface GivenRecipient {
  readonly agencyId: string;
  /** `electronic` if not given. */
  readonly channel?: Channel | undefined;
  /** 1 if not given. */
  readonly copies?: number | undefined;
}

/** Somebody whom the directory does not know: gets paper. */
export interface GivenPaperRecipient {
  readonly name: string;
  readonly address?: string | undefined;
  readonly channel: PaperChannel;
  readonly copies?: number | undefined;
}

/** Nơi nhận of one document, agencies first. */
export interface GivenRecipients {
  readonly recipients: readonly GivenRecipient[];
  readonly paperRecipients: readonly GivenPaperRecipient[];
}

/** A row of workflow.recipient. */
export interface RecipientRow {
  readonly position: number;
  readonly agency_id: string | null;
  readonly name: string | null;
  readonly address: string | null;
  readonly channel: Channel;
  readonly copies: number;
}

/** Recipients of a document in its own order. */
export function recipientsOf(tx: Tx, documentId: string): Promise<RecipientRow[]> {
  return tx.query<RecipientRow>(
    `SELECT position, agency_id, name, address, channel, copies FROM workflow.recipient
     WHERE document_id = $1 ORDER BY position`,
    [documentId],
  );
}

/** Ids of the agencies that get the document through the exchange. */
export function electronicRecipients(rows: readonly RecipientRow[]): string[] {
  return rows.flatMap(({ agency_id, channel }) =>
    agency_id !== null && channel === 'electronic' ? [agency_id] : [],
  );
}

/** As a drafter would give them again. */
export function givenRecipients(rows: readonly RecipientRow[]): GivenRecipients {
  return {
    recipients: rows.flatMap(({ agency_id: agencyId, channel, copies }) =>
      agencyId === null ? [] : [{ agencyId, channel, copies }],
    ),
    paperRecipients: rows.flatMap(({ name, address, channel, copies }) =>
      name === null || channel === 'electronic'
        ? []
        : [{ name, ...(address !== null && { address }), channel, copies }],
    ),
  };
}

/** Puts these in the place of whoever stood there. */
export async function keepRecipients(tx: Tx, documentId: string, given: GivenRecipients): Promise<void> {
  const rows = [
    ...given.recipients.map(({ agencyId, channel = 'electronic', copies = 1 }) => ({
      agency_id: agencyId,
      name: null,
      address: null,
      channel,
      copies,
    })),
    ...given.paperRecipients.map(({ name, address = null, channel, copies = 1 }) => ({
      agency_id: null,
      name,
      address,
      channel,
      copies,
    })),
  ];
  await tx.execute('DELETE FROM workflow.recipient WHERE document_id = $1', [documentId]);
  await tx.execute(
    `INSERT INTO workflow.recipient (document_id, position, agency_id, name, address, channel, copies)
     SELECT $1, r.position, (r.item->>'agency_id')::uuid, r.item->>'name', r.item->>'address', r.item->>'channel',
       (r.item->>'copies')::int
     FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS r (item, position)`,
    [documentId, JSON.stringify(rows)],
  );
}
