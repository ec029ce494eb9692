import { Inject, Injectable } from '@nestjs/common';

import type { Agency } from '#directory';
import { Certificates } from '#directory';
import type { Tx } from '#platform';
import { Config } from '#platform';

import { NETWORK } from '../transport/peers';
import type { ExchangeNetwork } from '../transport/peers';

/** Tells which agencies the exchange can serve: on a node that this one knows, and with a key to answer by. */
@Injectable()
export class ReachableAgencies {
  private readonly nodes: ReadonlySet<string>;

  constructor(
    private readonly certificates: Certificates,
    config: Config,
    @Inject(NETWORK) network: ExchangeNetwork | null,
  ) {
    this.nodes = new Set([config.nodeId, ...(network?.peers ?? []).map(({ nodeId }) => nodeId)]);
  }

  /** Ids of those that can be reached. */
  async among(tx: Tx, agencies: readonly Agency[], at: Date): Promise<ReadonlySet<string>> {
    const placed = agencies.filter(({ nodeId }) => this.nodes.has(nodeId)).map(({ id }) => id);
    return this.certificates.agenciesWith('evidence', placed, at, tx);
  }
}
