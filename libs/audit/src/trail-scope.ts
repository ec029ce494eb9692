import type { Actor, Tx } from '#platform';
import { Clock, isId } from '#platform';
import { Injectable } from '@nestjs/common';
import { AuditError } from './errors';

/** Entries of one agency, or of none (refused requests of nobody known), that may be read. */
export interface ScopeBranch {
  readonly agencyId: string | null;
  /** From this instant … */
  readonly from?: Date;
  /** … to before this one. */
  readonly to?: Date;
  /**
   * Instead of what the agency's own people did: what others tried on what it has. Those others' agencies that are
   * read anyway are named, so that no entry is found twice.
   */
  readonly triedByOthersThan?: readonly string[];
  /** Whether the searches of inspectors belong to it: only for their own commission. */
  readonly searches: 'shown' | 'hidden';
}

/** What somebody may read of the trail; `all` for the system. */
export type TrailScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly branches: readonly ScopeBranch[]; readonly mandateId?: string };

/** What a search says about where it looks. */
export interface WantedScope {
  /** Another agency than the own needs a mandate that names it. */
  readonly agencyId?: string;
  readonly mandateId?: string;
}

/** Traces of inspections: in the trail of the commission, and seen by it alone. */
const actionsOfInspections = [
  'audit.exported',
  'audit.read',
  'mandate.closed',
  'mandate.confirmed',
  'mandate.entered',
  'mandate.read',
] as const;

/** Decides what of the trail a person may read: the own agency's, or that which an open mandate names. */
@Injectable()
export class TrailScopes {
  constructor(private readonly clock: Clock) {}

  /** @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN` (also where the person is not of its team) */
  async of(tx: Tx, actor: Actor, { agencyId, mandateId }: WantedScope): Promise<TrailScope> {
    if (actor.kind === 'system') {
      if (agencyId === undefined) return { kind: 'all' };
      return { kind: 'some', branches: [{ agencyId, searches: 'shown' }] };
    }
    const own = actor.kind === 'person' ? actor.agencyId : null;
    if (mandateId !== undefined) return this.underMandate(tx, actor, mandateId, agencyId);
    if (agencyId !== undefined && agencyId !== own)
      throw new AuditError('MANDATE_NEEDED', 'another agency is read under a mandate');
    const branches: ScopeBranch[] = [{ agencyId: own, searches: 'shown' }];
    if (own !== null) branches.push({ agencyId: own, triedByOthersThan: [own], searches: 'hidden' });
    if (agencyId === undefined && own !== null) branches.push({ agencyId: null, searches: 'shown' });
    return { kind: 'some', branches };
  }

  private async underMandate(
    tx: Tx,
    actor: Actor,
    mandateId: string,
    agencyId: string | undefined,
  ): Promise<TrailScope> {
    const [mandate] =
      actor.kind === 'person' && isId(mandateId)
        ? await tx.query<{ agency_ids: string[]; period_from: Date; period_to: Date }>(
            `SELECT agency_ids, period_from, period_to FROM audit.mandate
             WHERE id = $1 AND agency_id = $2 AND ${isOpenFor('$3', '$4')}`,
            [mandateId, actor.agencyId, actor.personId, this.clock.now()],
          )
        : [];
    if (!mandate) throw new AuditError('MANDATE_NOT_OPEN', 'no open mandate of this team');
    const wanted = mandate.agency_ids.filter((id) => agencyId === undefined || id === agencyId);
    if (wanted.length === 0) throw new AuditError('MANDATE_NEEDED', 'the mandate does not name the agency');
    return {
      kind: 'some',
      mandateId,
      branches: wanted.flatMap((id): ScopeBranch[] => {
        const its = {
          agencyId: id,
          from: mandate.period_from,
          to: mandate.period_to,
          searches: 'hidden',
        } as const;
        return [its, { ...its, triedByOthersThan: wanted }];
      }),
    };
  }
}

/** SQL: whether a row of `audit.mandate` lets the person search at that time. */
export function isOpenFor(person: string, now: string): string {
  return `${person} = ANY(team) AND confirmed_at IS NOT NULL AND closed_at IS NULL
    AND opens_at <= ${now} AND ${now} < expires_at`;
}

/** SQL for one branch; `place` puts a value among the parameters and answers its `$n`. */
export function branchCondition(branch: ScopeBranch, place: (value: unknown) => string): string {
  const conditions = [ownership(branch, place)];
  if (branch.from !== undefined) conditions.push(`at >= ${place(branch.from.toISOString())}`);
  if (branch.to !== undefined) conditions.push(`at < ${place(branch.to.toISOString())}`);
  if (branch.searches === 'hidden') conditions.push(`action <> ALL(${place([...actionsOfInspections])})`);
  return conditions.join(' AND ');
}

function ownership({ agencyId, triedByOthersThan }: ScopeBranch, place: (value: unknown) => string): string {
  if (agencyId === null) return 'agency_id IS NULL';
  const its = place(agencyId);
  return triedByOthersThan === undefined
    ? `agency_id = ${its}::uuid`
    : `concerned_agency_id = ${its}::uuid AND agency_id <> ALL(${place(triedByOthersThan)}::uuid[])`;
}

/** The agencies that a scope names; nothing for the system, which is not bound to any. */
export function agenciesOf(scope: TrailScope): readonly string[] {
  return scope.kind === 'all' ? [] : [...new Set(scope.branches.flatMap(({ agencyId }) => agencyId ?? []))];
}

/** SQL for all of a scope at once, where something else (a document, a short time) already picks few entries. */
export function scopeCondition(scope: TrailScope, place: (value: unknown) => string): string {
  if (scope.kind === 'all') return 'true';
  return `(${scope.branches.map((branch) => `(${branchCondition(branch, place)})`).join(' OR ')})`;
}
