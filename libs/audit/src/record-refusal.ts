import { Injectable } from '@nestjs/common';
import type { Refusal, RefusalRecorder } from '#platform';
import { AuditTrail } from './audit-trail';
import { isRefusalNoted } from './recorded-refusals';

const deniedStatuses: ReadonlySet<number> = new Set([401, 403]);

/** Puts every refused request into the trail before it is answered: fulfils the platform's port. */
@Injectable()
export class RecordRefusal implements RefusalRecorder {
  constructor(private readonly trail: AuditTrail) {}

  async record(refusal: Refusal): Promise<void> {
    if (isRefusalNoted(refusal.code)) return;
    const denied = deniedStatuses.has(refusal.status);
    await this.trail.record(refusal.actor, {
      action: denied ? 'access.denied' : 'request.refused',
      outcome: denied ? 'denied' : 'failed',
      code: refusal.code,
      details: { method: refusal.method, route: refusal.route, status: refusal.status },
    });
  }
}
