import { Injectable } from '@nestjs/common';
import type { Replay, ReplayRecorder } from '#platform';
import { AuditTrail } from './audit-trail';

/** Puts every repeated answer into the trail before it is sent: fulfils the platform's port. */
@Injectable()
export class RecordReplay implements ReplayRecorder {
  constructor(private readonly trail: AuditTrail) {}

  async record({ actor, method, path, status, code }: Replay): Promise<void> {
    await this.trail.record(actor, {
      action: 'request.replayed',
      outcome: code === undefined ? 'success' : 'failed',
      ...(code !== undefined && { code }),
      details: { method, path, status },
    });
  }
}
