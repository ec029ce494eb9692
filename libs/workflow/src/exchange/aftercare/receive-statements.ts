import { Injectable } from '@nestjs/common';

import { Clock } from '#platform';

import { TrustService } from '../../trust/trust-service';
import { RecordEvidence } from '../deliveries/record-evidence';
import { believedEvidence } from '../evidence/believed-evidence';
import type { EvidenceEvent } from '../evidence/evidence';
import type { MessageSource } from '../transport/transport';
import { ReceiveOrder } from './receive-order';
import { RecordAnswer } from './record-answer';

const orders: readonly EvidenceEvent[] = ['X.13', 'O.1', 'O.2', 'O.3'];
const answers: readonly EvidenceEvent[] = ['X.15', 'X.16', 'OK.1', 'OK.2', 'OK.3'];

/** Statements that came without a document: orders of senders, answers to them, and what became of deliveries. */
@Injectable()
export class ReceiveStatements {
  constructor(
    private readonly recordEvidence: RecordEvidence,
    private readonly receiveOrder: ReceiveOrder,
    private readonly recordAnswer: RecordAnswer,
    private readonly trust: TrustService,
    private readonly clock: Clock,
  ) {}

  /** @throws ExchangeError where a statement is not authentic, not meant for here, or contradicts what is known */
  async run(source: MessageSource, der: Uint8Array): Promise<void> {
    const evidence = await believedEvidence(der, await this.trust.material(), this.clock.now());
    if (orders.includes(evidence.event)) await this.receiveOrder.run(source, evidence, der);
    else if (answers.includes(evidence.event)) await this.recordAnswer.run(source, evidence, der);
    else await this.recordEvidence.fromNode(source, evidence, der);
  }
}
