import type { NodeActor, SystemActor } from '#platform';

import type { Answer } from '../messages/envelope';

/** A file as the sending side offers it: the bytes are fetched only when the receiving side lacks them. */
export interface OfferedFile {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  bytes(): Promise<Uint8Array>;
}

/** A self-contained message ready to travel. */
export interface Parcel {
  /** As `envelopeBytes` writes it. */
  readonly envelope: Uint8Array;
  readonly files: readonly OfferedFile[];
}

/** Carries messages to the node where an agency lives. */
export interface Transport {
  /**
   * Hands a message over and returns what the receiving side states about it. Repeating it is harmless.
   *
   * @throws ExchangeError with `retry`: whether trying again can help
   */
  deliver(nodeId: string, parcel: Parcel): Promise<Answer>;
}

/** From which node a message came, as the transport proved it. */
export interface MessageSource {
  readonly nodeId: string;
  readonly actor: SystemActor | NodeActor;
}

/** What every transport ends in: the same code and the same bytes, whichever way they came. */
export interface ReceivingSide {
  /** Which of the files this node does not hold yet from this source. */
  missingFiles(source: MessageSource, digests: readonly string[]): Promise<readonly string[]>;
  /** Takes a file in by its digest; taking it in again changes nothing. */
  putFile(source: MessageSource, sha256: string, bytes: Uint8Array): Promise<void>;
  /** Takes an envelope in; a repeated one gets the same answer. */
  receive(source: MessageSource, envelope: Uint8Array): Promise<Answer>;
}
