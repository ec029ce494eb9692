import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';
import { closeSession } from './session-store';

/** Logs a person out. */
@Injectable()
export class CloseSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async close(person: PersonActor): Promise<void> {
    await this.unitOfWork.run(person, async (tx) => {
      // Logging out twice at once ends one session, with one entry.
      if (!(await closeSession(tx, person.sessionId, this.clock.now()))) return;
      await this.trail.record(person, { action: 'session.closed', outcome: 'success' }, { within: tx });
    });
  }
}
