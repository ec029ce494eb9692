import { Injectable } from '@nestjs/common';
import { Directory } from '#directory';
import type { Tx } from '#platform';

import type { GivenRecipient } from './recipient';

/** An agency among recipients, as it is called today. */
export interface NamedRecipient extends GivenRecipient {
  readonly name: string;
}

/** Gives recipient agencies their names, so that a page shows people no ids. */
@Injectable()
export class NameRecipients {
  constructor(private readonly directory: Directory) {}

  async run(tx: Tx, recipients: readonly GivenRecipient[]): Promise<NamedRecipient[]> {
    const ids = [...new Set(recipients.map(({ agencyId }) => agencyId))];
    const agencies = ids.length === 0 ? [] : await this.directory.agencies(ids, tx);
    const names = new Map(agencies.map(({ id, name }) => [id, name]));
    return recipients.map((recipient) => ({ ...recipient, name: names.get(recipient.agencyId) ?? '' }));
  }
}
