import { Injectable } from '@nestjs/common';
import type { PersonActor } from '#platform';
import { Clock, newId, UnitOfWork } from '#platform';
import { Offices } from './offices';
import { sessionLimits } from './session-limits';

/** Tells what outlives a request, such as a stream, when the session it was opened with is over. */
@Injectable()
export class OpenSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  /**
   * Those whose session is open and whose office is still what it was. Asking does not count as using the session: a
   * page left alone is logged out although its stream is open.
   */
  async stillOpen(actors: readonly PersonActor[]): Promise<ReadonlySet<PersonActor>> {
    if (actors.length === 0) return new Set();
    const now = this.clock.now();
    const system = { kind: 'system', service: 'sessions', requestId: newId() } as const;
    return this.unitOfWork.runApart(system, async (tx) => {
      const rows = await tx.query<{ id: string; appointment_id: string }>(
        `SELECT s.id, s.appointment_id FROM access.session s JOIN access.account a USING (person_id)
          WHERE s.id = ANY($1::uuid[]) AND s.closed_at IS NULL AND a.disabled_at IS NULL
            AND s.expires_at > $2 AND s.seen_at > $3`,
        [actors.map(({ sessionId }) => sessionId), now, new Date(now.getTime() - sessionLimits.idle)],
      );
      const appointments = new Map(rows.map(({ id, appointment_id }) => [id, appointment_id]));
      const open = new Set<PersonActor>();
      for (const actor of actors) {
        const appointment = appointments.get(actor.sessionId);
        const office =
          appointment === undefined ? undefined : await this.offices.choose(tx, actor.personId, appointment);
        if (office?.agencyId === actor.agencyId && sameRoles(office.roles, actor.roles)) open.add(actor);
      }
      return open;
    });
  }
}

function sameRoles(now: readonly string[], then: readonly string[]): boolean {
  return now.length === then.length && now.every((role) => then.includes(role));
}
