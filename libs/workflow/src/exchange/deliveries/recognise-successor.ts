import type { Agency } from '#directory';
import type { Signer } from '#pki';
import type { Tx } from '#platform';
import { newId } from '#platform';

import { stateEvidence } from '../evidence/state-evidence';
import { parseManifest } from '../messages/manifest';
import { openStatement } from '../statements/signed-statement';

/**
 * The sender states (S.1) that an agency answers for the recipient of its message, and keeps who it is. Without that a
 * verifier who has no directory could not tell a successor from anybody else who holds an evidence certificate.
 */
export async function recogniseSuccessor(
  tx: Tx,
  signer: Signer,
  delivery: { readonly id: string; readonly manifest_sha256: string },
  { successor, now }: { readonly successor: Agency; readonly now: Date },
): Promise<void> {
  const [row] = await tx.query<{ manifest_cms: Uint8Array }>(
    'SELECT manifest_cms FROM workflow.delivery WHERE id = $1',
    [delivery.id],
  );
  const opened = row && (await openStatement(row.manifest_cms));
  if (!opened?.sound) throw new Error(`the manifest of delivery ${delivery.id} cannot be opened`);
  const { id, code, name } = successor;
  const { evidence, der } = await stateEvidence(
    signer,
    { manifest: parseManifest(opened.statement.content), manifestSha256: delivery.manifest_sha256 },
    { id: newId(), event: 'S.1', time: now, details: { successor: { code, name } } },
  );
  await tx.execute(
    `WITH stated AS (
       INSERT INTO workflow.evidence
         (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
       SELECT d.sender_agency_id, $5, d.message_id, d.document_id, 'S.1', d.sender_code, $6, $6, $7
       FROM workflow.delivery d WHERE d.id = $1
     )
     UPDATE workflow.delivery SET successor_agency_id = $2, successor_code = $3, successor_name = $4 WHERE id = $1`,
    [delivery.id, id, code, name, evidence.id, now, Buffer.from(der)],
  );
}
