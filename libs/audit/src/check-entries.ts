import type { Tx } from '#platform';
import { leafHash } from '#translog';
import type { EntryProjections } from './entry-format';
import { decodeEntry, projectionsOf } from './entry-format';

export interface EntryFault {
  readonly seq: string;
  readonly fault: 'BYTES_DAMAGED' | 'LEAF_HASH_WRONG' | 'PROJECTION_WRONG';
  /** The column that does not say what the bytes say, or why the bytes are no entry. */
  readonly detail: string;
}

export interface EntryCheck {
  readonly checked: number;
  readonly faults: readonly EntryFault[];
}

interface Row {
  readonly seq: string;
  readonly bytes: Buffer;
  readonly leaf_hash: Buffer;
  readonly at: Date;
  readonly action: string;
  readonly outcome: string;
  readonly person_id: string | null;
  readonly agency_id: string | null;
  readonly document_id: string | null;
  readonly concerned_agency_id: string | null;
}

const batchSize = 1000;

/**
 * Reads every entry from `after` on, hashes its bytes again and compares the columns with what the bytes
 * say. Constant memory; faults are located, not repaired.
 */
export async function checkEntries(tx: Tx, after = '-1'): Promise<EntryCheck> {
  const faults: EntryFault[] = [];
  let checked = 0;
  for (let last: string | undefined = after; last !== undefined;) {
    const rows: Row[] = await tx.query<Row>(
      `SELECT seq, bytes, leaf_hash, at, action, outcome, person_id, agency_id, document_id, concerned_agency_id
       FROM audit.entry WHERE seq > $1 ORDER BY seq LIMIT ${batchSize}`,
      [last],
    );
    for (const row of rows) {
      const fault = await faultOf(row);
      if (fault) faults.push(fault);
    }
    checked += rows.length;
    last = rows.length === batchSize ? rows.at(-1)?.seq : undefined;
  }
  return { checked, faults };
}

async function faultOf(row: Row): Promise<EntryFault | undefined> {
  const { seq } = row;
  if (!row.leaf_hash.equals(await leafHash(row.bytes))) {
    return { seq, fault: 'LEAF_HASH_WRONG', detail: 'leaf_hash' };
  }
  let projections: EntryProjections;
  try {
    projections = projectionsOf(decodeEntry(row.bytes));
  } catch (error) {
    return { seq, fault: 'BYTES_DAMAGED', detail: error instanceof Error ? error.message : String(error) };
  }
  const kept: Record<keyof EntryProjections, string | null> = {
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    personId: row.person_id,
    agencyId: row.agency_id,
    documentId: row.document_id,
    concernedAgencyId: row.concerned_agency_id,
  };
  const wrong = (Object.keys(projections) as (keyof EntryProjections)[]).find(
    (name) => kept[name] !== projections[name],
  );
  return wrong && { seq, fault: 'PROJECTION_WRONG', detail: wrong };
}
