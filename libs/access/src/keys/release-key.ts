import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Actor } from '#platform';
import { UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { keyLimits } from './key-limits';
import { lockKey, setAttempts } from './stored-key';

/** An administrator gives a locked key of the own agency its attempts back, with a reason for the trail. */
@Injectable()
export class ReleaseKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AccessError `KEY_NOT_FOUND` (also for another agency's key), `KEY_NOT_LOCKED` */
  async run(actor: Actor, keyId: string, reason: string): Promise<void> {
    const subject = { type: 'key', id: keyId };
    const outcome = await this.unitOfWork.run(actor, async (tx) => {
      const key = await lockKey(tx, keyId);
      if (!key || actor.kind !== 'person' || key.agencyId !== actor.agencyId) return 'not-found';
      if (key.attempts < keyLimits.pinAttempts) return 'not-locked';
      await setAttempts(tx, keyId, 0);
      await this.trail.record(
        actor,
        { action: 'key.released', outcome: 'success', subject, reason },
        { within: tx },
      );
      return 'released';
    });
    if (outcome === 'not-found') {
      await this.trail.record(actor, {
        action: 'access.denied',
        outcome: 'denied',
        subject,
        code: 'KEY_NOT_FOUND',
      });
      throw new AccessError('KEY_NOT_FOUND', 'no such key in this agency');
    }
    if (outcome === 'not-locked') throw new AccessError('KEY_NOT_LOCKED', 'the key is not locked');
  }
}
