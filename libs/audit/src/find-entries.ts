import { Injectable } from '@nestjs/common';
import type { Actor, Page } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import type { AuditAction } from './actions';
import type { AuditOutcome } from './audit-event';
import { AuditTrail } from './audit-trail';
import type { EntryV1 } from './entry-format';
import { decodeEntry } from './entry-format';
import type { TrailScope, WantedScope } from './trail-scope';
import { branchCondition, TrailScopes } from './trail-scope';

/** All conditions must hold. */
export interface AuditQuery extends WantedScope {
  readonly documentId?: string;
  readonly personId?: string;
  readonly action?: AuditAction;
  readonly outcome?: AuditOutcome;
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

/** How a search is shown: named in its own entry. */
export interface SearchView {
  /** `newest` first unless told. */
  readonly order?: 'newest' | 'oldest';
  readonly view?: 'timeline' | 'export';
  readonly maxLimit?: number;
}

interface Row {
  readonly seq: string;
  readonly at: string;
  readonly bytes: Buffer;
  readonly leaf_hash: Buffer;
}

const maxLimit = 200;

/**
 * Searches the trail. A person sees the entries of the own agency, those that belong to none (refused requests of
 * nobody known) and what others tried on what the own agency has, or those of agencies that a mandate names; the
 * system sees all. The search is itself recorded before anything is returned, with the mandate it stands on.
 */
@Injectable()
export class FindEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly scopes: TrailScopes,
  ) {}

  /**
   * @throws ProblemError VALIDATION_FAILED for a cursor that no page gave; AuditError `AUDIT_ENTRY_DAMAGED`,
   * `MANDATE_NEEDED`, `MANDATE_NOT_OPEN`
   */
  async find(actor: Actor, query: AuditQuery, as: SearchView = {}): Promise<Page<FoundEntry>> {
    const limit = Math.min(Math.max(query.limit ?? pageSize, 1), as.maxLimit ?? maxLimit);
    const rows = await this.unitOfWork.run(actor, async (tx) => {
      const scope = await this.scopes.of(tx, actor, query);
      const { sql, parameters } = select(scope, query, { limit: limit + 1, order: as.order ?? 'newest' });
      return tx.query<Row>(sql, parameters);
    });
    const page = pageOf(rows, { item: toFoundEntry, key: (row) => [row.at, row.seq], size: limit });
    await this.trail.record(actor, {
      action: 'audit.read',
      outcome: 'success',
      ...(query.documentId !== undefined && { documentId: query.documentId }),
      details: { ...describe(query), ...(as.view && { view: as.view }), entries: page.items.length },
    });
    return page;
  }
}

/**
 * One ordered, limited part for each agency that may be read, merged: so each part walks an index from where the
 * page begins, however many entries other agencies have.
 */
function select(
  scope: TrailScope,
  query: AuditQuery,
  { limit, order }: { readonly limit: number; readonly order: 'newest' | 'oldest' },
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const [direction, beyond] = order === 'newest' ? ['DESC', '<'] : ['ASC', '>'];
  const conditions = conditionsOf(query, place);
  const after = readCursor(query.cursor, ['instant', 'number']);
  if (after !== null) {
    const [at, seq] = after;
    conditions.push(`(at, seq) ${beyond} (${place(at)}::timestamptz, ${place(seq)}::bigint)`);
  }
  const ordered = `ORDER BY at ${direction}, seq ${direction} LIMIT ${limit}`;
  const part = (condition: string): string => `
    (SELECT seq, at, bytes, leaf_hash FROM audit.entry
     WHERE ${[condition, ...conditions].join(' AND ')} ${ordered})`;
  const parts =
    scope.kind === 'all'
      ? [part('true')]
      : scope.branches.map((branch) => part(branchCondition(branch, place)));
  const sql = `
    SELECT seq, ${cursorInstant('found.at')} AS at, bytes, leaf_hash
    FROM (SELECT * FROM (${parts.join(' UNION ALL ')}) AS parts ${ordered}) AS found
    ORDER BY found.at ${direction}, seq ${direction}`;
  return { sql, parameters };
}

function conditionsOf(query: AuditQuery, place: (value: unknown) => string): string[] {
  const { documentId, personId, action, outcome, from, to } = query;
  return [
    ...(documentId === undefined ? [] : [`document_id = ${place(documentId)}`]),
    ...(personId === undefined ? [] : [`person_id = ${place(personId)}`]),
    ...(action === undefined ? [] : [`action = ${place(action)}`]),
    ...(outcome === undefined ? [] : [`outcome = ${place(outcome)}`]),
    // A constant lets the index of refusals alone be used; which outcome it is stands in the parameter.
    ...(outcome === undefined || outcome === 'success' ? [] : [`outcome <> 'success'`]),
    ...(from === undefined ? [] : [`at >= ${place(from.toISOString())}`]),
    ...(to === undefined ? [] : [`at < ${place(to.toISOString())}`]),
  ];
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
export function describe(query: Omit<AuditQuery, 'cursor' | 'limit'>): Record<string, string> {
  return {
    ...(query.agencyId !== undefined && { agency: query.agencyId }),
    ...(query.mandateId !== undefined && { mandate: query.mandateId }),
    ...(query.personId !== undefined && { person: query.personId }),
    ...(query.action !== undefined && { action: query.action }),
    ...(query.outcome !== undefined && { outcome: query.outcome }),
    ...(query.from !== undefined && { from: query.from.toISOString() }),
    ...(query.to !== undefined && { to: query.to.toISOString() }),
  };
}
