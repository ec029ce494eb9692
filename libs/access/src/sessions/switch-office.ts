import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, problem, UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { DescribeSession } from './describe-session';
import { Offices } from './offices';
import { personActorOf } from './person-actor';
import type { SessionAnswer } from './session-answer';
import { findOpenSession, moveSession } from './session-store';
import { hashSessionToken } from './session-token';

/** A person who holds several posts goes on in another one, in the same session. */
@Injectable()
export class SwitchOffice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly offices: Offices,
    private readonly sessions: DescribeSession,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessError `OFFICE_NOT_HELD` */
  switch(person: PersonActor, token: string, appointmentId: string): Promise<SessionAnswer> {
    return this.unitOfWork.run(person, async (tx) => {
      const session = await findOpenSession(tx, hashSessionToken(token), this.clock.now());
      if (!session) throw problem('NOT_LOGGED_IN');
      const office = await this.offices.choose(tx, person.personId, appointmentId);
      if (!office) throw new AccessError('OFFICE_NOT_HELD', 'the appointment is not held today');
      await moveSession(tx, session.id, office.id);
      // In the trail of the agency that is entered; the one that is left stands in the details.
      await this.trail.record(
        personActorOf(office, session.id, person),
        {
          action: 'session.office_changed',
          outcome: 'success',
          subject: { type: 'appointment', id: office.id },
          details: { from: session.appointmentId, fromAgency: person.agencyId },
        },
        { within: tx },
      );
      return this.sessions.describe(tx, session, office, token);
    });
  }
}
