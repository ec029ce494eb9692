import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../database/unit-of-work';
import { newId } from '../ids';
import { LOGGER } from '../logs/logger';
import { Clock } from '../time/clock';
import { purgeKeys } from './idempotency-keys';

const hour = 3600 * 1000;

/** Deletes expired idempotency keys once an hour. Every process does: it costs one indexed DELETE. */
@Injectable()
export class IdempotencyUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.purge(), hour).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** A failure is told and left to the next hour. */
  async purge(): Promise<void> {
    const actor = { kind: 'system', service: 'upkeep', requestId: newId() } as const;
    await this.unitOfWork
      .run(actor, (tx) => purgeKeys(tx, this.clock.now()))
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'expired idempotency keys could not be deleted');
      });
  }
}
