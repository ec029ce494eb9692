import { Injectable } from '@nestjs/common';
import { Directory, isInForce } from '#directory';
import type { FieldProblem, Tx } from '#platform';
import { Clock, vietnamDate } from '#platform';

import type { WorkflowErrorCode } from '../../errors';
import { workflowProblems, WorkflowError } from '../../errors';
import { ReachableAgencies } from '../../exchange/agencies/reachable-agencies';
import type { GivenRecipient } from './recipient';

/** Asks of each named agency whether it exists today, and of an electronic recipient whether it can be reached. */
@Injectable()
export class CheckRecipients {
  constructor(
    private readonly directory: Directory,
    private readonly reachable: ReachableAgencies,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError RECIPIENT_REPEATED, RECIPIENT_UNKNOWN, RECIPIENT_NOT_ELECTRONIC, each naming every item at fault */
  async run(tx: Tx, recipients: readonly GivenRecipient[]): Promise<void> {
    const ids = recipients.map(({ agencyId }) => agencyId);
    complain('RECIPIENT_REPEATED', 'recipients', ids, (id, index) => ids.indexOf(id) === index);
    const now = this.clock.now();
    const today = vietnamDate(now);
    const agencies = ids.length === 0 ? [] : await this.directory.agencies(ids, tx);
    const inForce = agencies.filter((agency) => isInForce(agency, today));
    const known = new Set(inForce.map(({ id }) => id));
    complain('RECIPIENT_UNKNOWN', 'recipients', ids, (id) => known.has(id));
    const reached = await this.reachable.among(tx, inForce, now);
    complain(
      'RECIPIENT_NOT_ELECTRONIC',
      'recipients',
      recipients,
      ({ agencyId, channel = 'electronic' }) => channel !== 'electronic' || reached.has(agencyId),
    );
  }
}

/** Names every item at fault, so that a person need not guess which of many it was. */
export function complain<Item>(
  code: WorkflowErrorCode,
  field: string,
  items: readonly Item[],
  isGood: (item: Item, index: number) => boolean,
): void {
  const errors = items.flatMap((item, index): FieldProblem[] => {
    const message = workflowProblems[code];
    return isGood(item, index) || message === undefined
      ? []
      : [{ field: `${field}[${index}]`, code, vi: message.vi, en: message.en }];
  });
  if (errors.length > 0) throw new WorkflowError(code, { errors });
}
