import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';

import { Config } from '#platform';

import { ReceiveMessages } from '../incoming/receive-messages';
import type { Answer } from '../messages/envelope';
import { HttpsTransport } from './https-transport';
import { LocalTransport } from './local-transport';
import { NETWORK } from './peers';
import type { ExchangeNetwork } from './peers';
import type { Parcel, Transport } from './transport';

/** Chooses the way by the node where the recipient lives. */
@Injectable()
export class Transports implements Transport, OnApplicationShutdown {
  private readonly local: LocalTransport;
  private readonly remote: HttpsTransport;

  constructor(
    private readonly config: Config,
    receiving: ReceiveMessages,
    @Inject(NETWORK) network: ExchangeNetwork | null,
  ) {
    this.local = new LocalTransport(config.nodeId, receiving);
    this.remote = new HttpsTransport(network, config);
  }

  deliver(nodeId: string, parcel: Parcel): Promise<Answer> {
    return nodeId === this.config.nodeId
      ? this.local.deliver(nodeId, parcel)
      : this.remote.deliver(nodeId, parcel);
  }

  /** Closes connections to other nodes. */
  close(): void {
    this.remote.close();
  }

  onApplicationShutdown(): void {
    this.close();
  }
}
