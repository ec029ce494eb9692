import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

import { JobQueue, LOGGER } from '#platform';

import { DeliverMessages } from './deliveries/deliver-messages';
import { ExchangeSettings } from './exchange-settings';
import { ReturnEvidence } from './incoming/return-evidence';
import { deliverQueue, returnQueue } from './queues';
import type { DeliverJob, ReturnJob } from './queues';
import { RequeueWaiting } from './requeue-waiting';

/**
 * Carries messages and evidence. Nothing starts by itself: the worker's process calls `start()`, so that
 * the API's process composes the same module without working on jobs.
 */
@Injectable()
export class ExchangeWorkers implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: JobQueue,
    private readonly deliverMessages: DeliverMessages,
    private readonly returnEvidence: ReturnEvidence,
    private readonly requeueWaiting: RequeueWaiting,
    private readonly settings: ExchangeSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const { concurrency } = this.settings;
    await this.queue.work<DeliverJob>(
      deliverQueue,
      ({ data, signal }) => this.deliverMessages.deliver(data, signal),
      {
        concurrency,
      },
    );
    await this.queue.work<ReturnJob>(returnQueue, ({ data }) => this.returnEvidence.return(data), {
      concurrency,
    });
    this.timer = setInterval(
      () => {
        void this.requeue();
      },
      (this.settings.requeueSeconds * 1000) / 2,
    );
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async requeue(): Promise<void> {
    try {
      await this.requeueWaiting.run();
    } catch (error) {
      this.logger.warn({ err: error }, 'waiting messages could not be looked for');
    }
  }
}
