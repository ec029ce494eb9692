import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

import { JobQueue, LOGGER } from '#platform';

import { RemindOfDue } from '../handling/remind-of-due';
import { TrustService } from '../trust/trust-service';
import { DeliverMessages } from './deliveries/deliver-messages';
import { EscalateOverdue } from './deadlines/escalate-overdue';
import { ExchangeSettings } from './exchange-settings';
import { ReturnEvidence } from './incoming/return-evidence';
import { StampCopies } from './incoming/stamp-copies';
import { deliverQueue, returnQueue, stampQueue } from './queues';
import type { DeliverJob, ReturnJob, StampJob } from './queues';
import { RequeueWaiting } from './requeue-waiting';

/** How often lists and answers are looked for that should be fetched anew. */
const renewalSeconds = 60;

/**
 * Carries messages and evidence, and renews what revocation status rests on. Nothing starts by itself: the worker's process calls `start()`, so that
 * the API's process composes the same module without working on jobs.
 */
@Injectable()
export class ExchangeWorkers implements OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly queue: JobQueue,
    private readonly deliverMessages: DeliverMessages,
    private readonly returnEvidence: ReturnEvidence,
    private readonly stampCopies: StampCopies,
    private readonly requeueWaiting: RequeueWaiting,
    private readonly escalateOverdue: EscalateOverdue,
    private readonly remindOfDue: RemindOfDue,
    private readonly trust: TrustService,
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
    await this.queue.work<StampJob>(stampQueue, ({ data }) => this.stampCopies.work(data));
    const { requeueSeconds, escalationSeconds } = this.settings;
    this.every(requeueSeconds / 2, () => this.requeueWaiting.run(), 'waiting messages');
    this.every(escalationSeconds, () => this.escalateOverdue.run(), 'late deliveries');
    this.every(escalationSeconds, () => this.remindOfDue.run(), 'due dates');
    this.every(renewalSeconds, () => this.trust.renew(), 'ending revocation lists');
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
  }

  private every(seconds: number, look: () => Promise<unknown>, forWhat: string): void {
    const timer = setInterval(() => {
      look().catch((error: unknown) => {
        this.logger.warn({ err: error }, `${forWhat} could not be looked for`);
      });
    }, seconds * 1000);
    this.timers.push(timer.unref());
  }
}
