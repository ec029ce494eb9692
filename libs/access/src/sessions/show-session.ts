import { Injectable } from '@nestjs/common';
import type { PersonActor } from '#platform';
import { Clock, problem, UnitOfWork } from '#platform';
import { DescribeSession } from './describe-session';
import { Offices } from './offices';
import type { SessionAnswer } from './session-answer';
import { findOpenSession } from './session-store';
import { hashSessionToken } from './session-token';

/** Tells a person about the own session. Nobody else's data is read, so the trail needs no entry. */
@Injectable()
export class ShowSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offices: Offices,
    private readonly sessions: DescribeSession,
    private readonly clock: Clock,
  ) {}

  show(person: PersonActor, token: string): Promise<SessionAnswer> {
    return this.unitOfWork.run(person, async (tx) => {
      const session = await findOpenSession(tx, hashSessionToken(token), this.clock.now());
      const office = session && (await this.offices.choose(tx, person.personId, session.appointmentId));
      // It may have ended since the guard saw it.
      if (!office) throw problem('NOT_LOGGED_IN');
      return this.sessions.describe(tx, session, office, token);
    });
  }
}
