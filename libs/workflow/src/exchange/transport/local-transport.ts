import { newId } from '#platform';

import { ExchangeError } from '../exchange-error';
import type { Answer } from '../messages/envelope';
import type { MessageSource, Parcel, ReceivingSide, Transport } from './transport';

/**
 * Both agencies live on this node. The message takes the same way as from another node: the same bytes into
 * the same receiving side, which never looks at the sender's rows.
 */
export class LocalTransport implements Transport {
  constructor(
    private readonly nodeId: string,
    private readonly receivingSide: ReceivingSide,
  ) {}

  async deliver(nodeId: string, parcel: Parcel): Promise<Answer> {
    if (nodeId !== this.nodeId) throw new ExchangeError('PEER_UNKNOWN', `${nodeId} is not this node`);
    const source: MessageSource = {
      nodeId: this.nodeId,
      actor: { kind: 'system', service: 'local-transport', requestId: newId() },
    };
    const missing = await this.receivingSide.missingFiles(
      source,
      parcel.files.map(({ sha256 }) => sha256),
    );
    for (const file of parcel.files.filter(({ sha256 }) => missing.includes(sha256))) {
      await this.receivingSide.putFile(source, file.sha256, await file.bytes());
    }
    return this.receivingSide.receive(source, parcel.envelope);
  }
}
