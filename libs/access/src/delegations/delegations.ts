import { Injectable } from '@nestjs/common';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';
import type { PolicyName } from '../policies/policy-names';

/** Secrecy up to which may be delegated; what is TUYET_MAT is never acted on for somebody else. */
export const ceilings = ['THUONG', 'MAT', 'TOI_MAT'] as const;
export type Ceiling = (typeof ceilings)[number];

/** What a delegation lets its holder do; signing is always with the own certificate and capacity. */
const delegable: ReadonlySet<string> = new Set<PolicyName>(['document.approve']);

export interface ActedFor {
  readonly delegationId: string;
  /** Who has delegated. */
  readonly personId: string;
  readonly postId: string;
}

/** Document and agency that somebody is about to act on. */
export interface ToActOn {
  readonly agencyId: string;
  readonly secrecy: string;
  readonly typeCode: string;
  /** The post whose holder would act; a delegation of that person is preferred. */
  readonly postId?: string;
}

/** Whether somebody acts in a leader's stead (ủy quyền, giao việc), and within which bounds. */
@Injectable()
export class Delegations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Whether a policy that the own roles do not allow may be allowed by some delegation held today. */
  async mayLend(person: PersonActor, policy: string): Promise<boolean> {
    if (!delegable.has(policy) || excluded(person)) return false;
    return this.unitOfWork.runApart(person, async (tx) => (await this.held(tx, person)).length > 0);
  }

  /** The delegation under which the person may act on this; undefined without one. */
  async covering(tx: Tx, person: PersonActor, what: ToActOn): Promise<ActedFor | undefined> {
    if (excluded(person) || what.agencyId !== person.agencyId) return undefined;
    const secrecy = ceilings.findIndex((level) => level === what.secrecy);
    if (secrecy < 0) return undefined;
    const fitting = (await this.held(tx, person)).filter(
      ({ ceiling, types }) =>
        ceilings.indexOf(ceiling) >= secrecy && (types === null || types.includes(what.typeCode)),
    );
    const chosen = fitting.find(({ postId }) => postId === what.postId) ?? fitting[0];
    return chosen && { delegationId: chosen.id, personId: chosen.personId, postId: chosen.postId };
  }

  /** In force only while the office of who has delegated is, with the role that could be delegated. */
  private held(
    tx: Tx,
    person: PersonActor,
  ): Promise<{ id: string; personId: string; postId: string; ceiling: Ceiling; types: string[] | null }[]> {
    return tx.query(
      `SELECT d.id, d.from_person_id AS "personId", a.post_id AS "postId", d.ceiling, d.types
       FROM access.delegation d JOIN directory.appointment a ON a.id = d.appointment_id
       WHERE d.to_person_id = $1 AND d.agency_id = $2 AND d.ended_at IS NULL
         AND d.valid_from <= $3::date AND $3::date < d.valid_to
         AND a.valid_from <= $3::date AND (a.valid_to IS NULL OR $3::date < a.valid_to)
         AND a.roles @> ARRAY['leader']
       ORDER BY d.created_at, d.id`,
      [person.personId, person.agencyId, vietnamDate(this.clock.now())],
    );
  }
}

/** Whoever inspects or administers takes no part in documents, by nobody's leave. */
function excluded({ roles }: PersonActor): boolean {
  return roles.includes('inspector') || roles.includes('administrator');
}
