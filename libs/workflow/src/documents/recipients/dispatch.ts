import type { Tx } from '#platform';

import { WorkflowError } from '../../errors';
import type { DocumentRow } from '../document-row';
import type { DocumentState } from '../document-states';
import type { PaperChannel } from '../../rules';

/** Paper on its way to one recipient. */
export interface DispatchView {
  /** Counted from 1 within the document. */
  readonly n: number;
  /** Null for a recipient that the directory does not know. */
  readonly agencyId: string | null;
  readonly name: string;
  readonly address: string | null;
  readonly channel: PaperChannel;
  readonly copies: number;
  readonly state: 'waiting' | 'handed' | 'received';
  readonly handedAt: string | null;
  /** Who handed it over; a person of the sender. */
  readonly handedBy: string | null;
  /** Number of the post's receipt or of the delivery book. */
  readonly receiptNo: string | null;
  readonly receivedAt: string | null;
  /** Who signed for it, as written. */
  readonly receivedBy: string | null;
  /** What has become of the document since the paper left, as long as its recipient has not been told. */
  readonly toTell: PaperNews | null;
  /** What its recipient was told last, when, and who signed for it, as written. */
  readonly told: { readonly of: PaperNews; readonly at: string; readonly to: string } | null;
}

/** What happens to a document after its issue and concerns whoever holds a copy. */
export type PaperNews = Extract<DocumentState, 'RECALLED' | 'REPLACED' | 'CORRECTED'>;

export interface DispatchRow {
  readonly n: number;
  readonly agency_id: string | null;
  readonly name: string;
  readonly address: string | null;
  readonly channel: PaperChannel;
  readonly copies: number;
  readonly created_at: Date;
  readonly handed_at: Date | null;
  readonly handed_by: string | null;
  readonly receipt_no: string | null;
  readonly received_at: Date | null;
  readonly received_by: string | null;
  readonly told_of: PaperNews | null;
  readonly told_at: Date | null;
  readonly told_to: string | null;
}

const columns = `n, agency_id, name, address, channel, copies, created_at, handed_at, handed_by, receipt_no, received_at,
  received_by, told_of, told_at, told_to`;

/**
 * Opens one dispatch per recipient on paper; returns how many.
 *
 * @param names of the agencies by id, as they are called on this day
 */
export function openDispatches(
  tx: Tx,
  documentId: string,
  { names, at }: { readonly names: ReadonlyMap<string, string>; readonly at: Date },
): Promise<number> {
  return tx.execute(
    `INSERT INTO workflow.dispatch (document_id, n, recipient_position, agency_id, name, address, channel, copies, created_at)
     SELECT document_id, row_number() OVER (ORDER BY position), position, agency_id,
       coalesce(name, $3::jsonb->>agency_id::text), address, channel, copies, $2
     FROM workflow.recipient WHERE document_id = $1 AND channel <> 'electronic'`,
    [documentId, at, JSON.stringify(Object.fromEntries(names))],
  );
}

export function dispatchesOf(tx: Tx, documentId: string): Promise<DispatchRow[]> {
  return tx.query<DispatchRow>(`SELECT ${columns} FROM workflow.dispatch WHERE document_id = $1 ORDER BY n`, [
    documentId,
  ]);
}

/** @throws WorkflowError DISPATCH_NOT_FOUND */
export async function lockDispatch(tx: Tx, documentId: string, n: number): Promise<DispatchRow> {
  const [row] = await tx.query<DispatchRow>(
    `SELECT ${columns} FROM workflow.dispatch WHERE document_id = $1 AND n = $2 FOR UPDATE`,
    [documentId, n],
  );
  if (row === undefined) throw new WorkflowError('DISPATCH_NOT_FOUND');
  return row;
}

/** What the recipient of a paper still has to be told; null for nothing, and while the paper is here. */
export function newsFor(row: DispatchRow, { state }: Pick<DocumentRow, 'state'>): PaperNews | null {
  const isNews = state === 'RECALLED' || state === 'REPLACED' || state === 'CORRECTED';
  return isNews && row.handed_at !== null && row.told_of !== state ? state : null;
}

export function dispatchView(row: DispatchRow, document: Pick<DocumentRow, 'state'>): DispatchView {
  return {
    n: row.n,
    agencyId: row.agency_id,
    name: row.name,
    address: row.address,
    channel: row.channel,
    copies: row.copies,
    state: row.received_at !== null ? 'received' : row.handed_at !== null ? 'handed' : 'waiting',
    handedAt: row.handed_at?.toISOString() ?? null,
    handedBy: row.handed_by,
    receiptNo: row.receipt_no,
    receivedAt: row.received_at?.toISOString() ?? null,
    receivedBy: row.received_by,
    toTell: newsFor(row, document),
    told:
      row.told_of === null || row.told_at === null || row.told_to === null
        ? null
        : { of: row.told_of, at: row.told_at.toISOString(), to: row.told_to },
  };
}
