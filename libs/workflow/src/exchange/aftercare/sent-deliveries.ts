import type { Tx } from '#platform';

import { parseEvidence } from '../evidence/evidence';
import type { MessageSubject } from '../evidence/state-evidence';
import { openStatement } from '../statements/signed-statement';
import type { DeliveryState } from '../deliveries/delivery-states';
import type { TakeBackState, WithdrawalState } from './aftercare-states';

/** A delivery as its sender's orders concern it. */
export interface SentDelivery {
  readonly id: string;
  readonly document_id: string;
  readonly sender_agency_id: string;
  readonly recipient_agency_id: string;
  readonly recipient_code: string;
  readonly recipient_name: string;
  readonly successor_code: string | null;
  readonly node_id: string;
  readonly message_id: string;
  readonly manifest_sha256: string;
  readonly state: DeliveryState;
  readonly take_back: TakeBackState;
  readonly withdrawal: WithdrawalState;
}

const columns = `id, document_id, sender_agency_id, recipient_agency_id, recipient_code, recipient_name, successor_code,
  node_id, message_id, manifest_sha256, state, take_back, withdrawal`;

/** Always in one order, so that two who lock them wait for each other and not both. */
export function lockDeliveries(
  tx: Tx,
  documentId: string,
  recipientAgencyId: string | null,
): Promise<SentDelivery[]> {
  return tx.query<SentDelivery>(
    `SELECT ${columns} FROM workflow.delivery
      WHERE document_id = $1 AND ($2::uuid IS NULL OR recipient_agency_id = $2) ORDER BY id FOR UPDATE`,
    [documentId, recipientAgencyId],
  );
}

export async function lockDeliveryOf(tx: Tx, messageId: string): Promise<SentDelivery | undefined> {
  const [row] = await tx.query<SentDelivery>(
    `SELECT ${columns} FROM workflow.delivery WHERE message_id = $1 FOR UPDATE`,
    [messageId],
  );
  return row;
}

/** What statements about each of these deliveries repeat; document, files and sender are the same for all. */
export async function subjectsOf(
  tx: Tx,
  deliveries: readonly SentDelivery[],
): Promise<readonly MessageSubject[]> {
  const [first] = deliveries;
  if (!first) return [];
  const [kept] = await tx.query<{ der: Uint8Array }>(
    `SELECT der FROM workflow.evidence WHERE holder_agency_id = $1 AND message_id = $2 AND event = 'A.1'`,
    [first.sender_agency_id, first.message_id],
  );
  const opened = kept && (await openStatement(kept.der));
  if (!opened?.sound) throw new Error(`the evidence of submission of ${first.message_id} cannot be read`);
  const { document, files, parties } = parseEvidence(opened.statement.content);
  return deliveries.map(({ message_id, manifest_sha256, recipient_code, recipient_name }) => ({
    messageId: message_id,
    manifestSha256: manifest_sha256,
    document,
    files,
    parties: { sender: parties.sender, recipient: { code: recipient_code, name: recipient_name } },
  }));
}
