import { Injectable } from '@nestjs/common';
import type { Actor } from '#platform';
import { UnitOfWork } from '#platform';
import type { AuditAction } from './actions';
import { AuditTrail } from './audit-trail';
import type { EntryV1 } from './entry-format';
import { decodeEntry } from './entry-format';
import { AuditError } from './errors';

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

export interface AuditPage {
  readonly entries: readonly FoundEntry[];
  /** Cursor of the next, older page; null on the last. */
  readonly next: string | null;
}

interface Row {
  readonly seq: string;
  readonly at: Date;
  readonly bytes: Buffer;
  readonly leaf_hash: Buffer;
}

const defaultLimit = 50;
const maxLimit = 200;

/**
 * Searches the trail. A person sees the entries of the own agency and those that belong to none (refused
 * requests of nobody known); the system sees all. The search is itself recorded before anything is returned.
 */
@Injectable()
export class FindEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AuditError `AUDIT_CURSOR_INVALID`, `AUDIT_ENTRY_DAMAGED` */
  async find(actor: Actor, query: AuditQuery): Promise<AuditPage> {
    const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maxLimit);
    const { sql, parameters } = select(actor, query, limit + 1);
    const rows = await this.unitOfWork.run(actor, (tx) => tx.query<Row>(sql, parameters));
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    await this.trail.record(actor, {
      action: 'audit.read',
      outcome: 'success',
      ...(query.documentId !== undefined && { documentId: query.documentId }),
      details: { ...describe(query), entries: page.length },
    });
    return {
      entries: page.map(toFoundEntry),
      next: rows.length > limit && last ? writeCursor(last) : null,
    };
  }
}

function select(actor: Actor, query: AuditQuery, limit: number): { sql: string; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  if (actor.kind !== 'system') {
    const agencyId = actor.kind === 'person' ? actor.agencyId : null;
    conditions.push(`(agency_id = ${place(agencyId)}::uuid OR agency_id IS NULL)`);
  }
  if (query.documentId !== undefined) conditions.push(`document_id = ${place(query.documentId)}`);
  if (query.personId !== undefined) conditions.push(`person_id = ${place(query.personId)}`);
  if (query.action !== undefined) conditions.push(`action = ${place(query.action)}`);
  if (query.from !== undefined) conditions.push(`at >= ${place(query.from.toISOString())}`);
  if (query.to !== undefined) conditions.push(`at < ${place(query.to.toISOString())}`);
  if (query.cursor !== undefined) {
    const { at, seq } = readCursor(query.cursor);
    conditions.push(`(at, seq) < (${place(at)}::timestamptz, ${place(seq)}::bigint)`);
  }
  const sql = `
    SELECT seq, at, bytes, leaf_hash FROM audit.entry
    WHERE ${conditions.length > 0 ? conditions.join(' AND ') : 'true'}
    ORDER BY at DESC, seq DESC LIMIT ${limit}`;
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

function writeCursor(row: Row): string {
  return Buffer.from(`${row.at.toISOString()} ${row.seq}`).toString('base64url');
}

function readCursor(cursor: string): { at: string; seq: string } {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z) (\d{1,18})$/.exec(text);
  const [, at, seq] = match ?? [];
  if (at === undefined || seq === undefined || !isInstant(at)) {
    throw new AuditError('AUDIT_CURSOR_INVALID', 'The cursor is not one of ours.');
  }
  return { at, seq };
}

/** What PostgreSQL takes as one: a day that exists, in a year that exists (it has no year 0). */
function isInstant(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text && time.getUTCFullYear() > 0;
}
