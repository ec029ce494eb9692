import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Administered } from '#directory';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { keyLimits } from './key-limits';
import { lockKey, setAttempts } from './stored-key';

/** An administrator gives a locked key of an administered agency its attempts back, with a reason for the trail. */
@Injectable()
export class ReleaseKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AccessError `KEY_NOT_FOUND` (also for a key outside what is administered), `KEY_NOT_LOCKED` */
  async run(person: PersonActor, keyId: string, reason: string): Promise<void> {
    const subject = { type: 'key', id: keyId };
    const outcome = await this.unitOfWork.run(person, async (tx) => {
      const key = await lockKey(tx, keyId);
      const scope = await this.administered.agencies(tx, person);
      if (!key || !scope.has(key.agencyId)) return 'not-found';
      if (key.attempts < keyLimits.pinAttempts) return 'not-locked';
      await setAttempts(tx, keyId, 0);
      await this.trail.record(
        person,
        { action: 'key.released', outcome: 'success', subject, reason },
        { within: tx },
      );
      return 'released';
    });
    if (outcome === 'not-found') {
      await this.trail.record(person, {
        action: 'access.denied',
        outcome: 'denied',
        subject,
        code: 'KEY_NOT_FOUND',
      });
      throw new AccessError('KEY_NOT_FOUND', 'no such key in this scope');
    }
    if (outcome === 'not-locked') throw new AccessError('KEY_NOT_LOCKED', 'the key is not locked');
  }
}
