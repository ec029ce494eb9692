import { Injectable } from '@nestjs/common';
import type { Actor, Page } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import type { AuditAction } from './actions';
import { AuditTrail } from './audit-trail';
import type { EntryV1 } from './entry-format';
import { decodeEntry } from './entry-format';

/** All conditions must hold; newest first. */
export interface AuditQuery {
  readonly documentId?: string;
  readonly personId?: string;
  readonly action?: AuditAction;
  /** From this instant (inclusive) … */
  readonly from?: Date;
  /** … to this one (exclusive). */
  readonly to?: Date;
  /** `next` of the page before. */
  readonly cursor?: string;
  /** 1 to 200; 50 unless told. */
  readonly limit?: number;
}

export interface FoundEntry {
  /** Place in the trail, a decimal integer; may exceed 2^53. */
  readonly seq: string;
  /** RFC 6962 leaf hash of the exact bytes, hex. */
  readonly leafHash: string;
  /** The exact bytes, base64: what the hash is over. */
  readonly bytes: string;
  readonly entry: EntryV1;
}

interface Row {
  readonly seq: string;
  readonly at: string;
  readonly bytes: Buffer;
  readonly leaf_hash: Buffer;
}

const maxLimit = 200;

/**
 * Searches the trail. A person sees the entries of the own agency, those that belong to none (refused
 * requests of nobody known) and what others tried on what the own agency has; the system sees all. The search is itself recorded before anything is returned.
 */
@Injectable()
export class FindEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave; AuditError `AUDIT_ENTRY_DAMAGED` */
  async find(actor: Actor, query: AuditQuery): Promise<Page<FoundEntry>> {
    const limit = Math.min(Math.max(query.limit ?? pageSize, 1), maxLimit);
    const { sql, parameters } = select(actor, query, limit + 1);
    const rows = await this.unitOfWork.run(actor, (tx) => tx.query<Row>(sql, parameters));
    const page = pageOf(rows, { item: toFoundEntry, key: (row) => [row.at, row.seq], size: limit });
    await this.trail.record(actor, {
      action: 'audit.read',
      outcome: 'success',
      ...(query.documentId !== undefined && { documentId: query.documentId }),
      details: { ...describe(query), entries: page.items.length },
    });
    return page;
  }
}

function select(actor: Actor, query: AuditQuery, limit: number): { sql: string; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  if (actor.kind !== 'system') {
    const agencyId = actor.kind === 'person' ? actor.agencyId : null;
    const own = place(agencyId);
    conditions.push(`(agency_id = ${own}::uuid OR agency_id IS NULL OR concerned_agency_id = ${own}::uuid)`);
  }
  if (query.documentId !== undefined) conditions.push(`document_id = ${place(query.documentId)}`);
  if (query.personId !== undefined) conditions.push(`person_id = ${place(query.personId)}`);
  if (query.action !== undefined) conditions.push(`action = ${place(query.action)}`);
  if (query.from !== undefined) conditions.push(`at >= ${place(query.from.toISOString())}`);
  if (query.to !== undefined) conditions.push(`at < ${place(query.to.toISOString())}`);
  const after = readCursor(query.cursor, ['instant', 'number']);
  if (after !== null) {
    const [at, seq] = after;
    conditions.push(`(at, seq) < (${place(at)}::timestamptz, ${place(seq)}::bigint)`);
  }
  const sql = `
    SELECT seq, ${cursorInstant('at')} AS at, bytes, leaf_hash FROM audit.entry
    WHERE ${conditions.length > 0 ? conditions.join(' AND ') : 'true'}
    ORDER BY entry.at DESC, seq DESC LIMIT ${limit}`;
  return { sql, parameters };
}

function toFoundEntry(row: Row): FoundEntry {
  return {
    seq: row.seq,
    leafHash: row.leaf_hash.toString('hex'),
    bytes: row.bytes.toString('base64'),
    entry: decodeEntry(row.bytes),
  };
}

/** What was looked for, as small facts for the trail. */
function describe(query: AuditQuery): Record<string, string> {
  return {
    ...(query.personId !== undefined && { person: query.personId }),
    ...(query.action !== undefined && { action: query.action }),
    ...(query.from !== undefined && { from: query.from.toISOString() }),
    ...(query.to !== undefined && { to: query.to.toISOString() }),
  };
}
