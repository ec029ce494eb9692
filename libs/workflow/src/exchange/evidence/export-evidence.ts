import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { base64 } from '../../bytes-as-text';
import { TrustService } from '../../trust/trust-service';
import { SubmissionAccess } from '../deliveries/submission-access';
import type { EvidenceChain } from './evidence-chain';

/** Writes the evidence of one document into one file that proves itself without this node. */
@Injectable()
export class ExportEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: SubmissionAccess,
    private readonly audit: AuditTrail,
    private readonly trust: TrustService,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError DOCUMENT_NOT_FOUND, EVIDENCE_NOT_YET for a document that was not issued */
  async run(actor: PersonActor, documentId: string): Promise<EvidenceChain> {
    const { intermediates, crls } = await this.trust.material();
    return this.unitOfWork.run(actor, async (tx) => {
      const submission = await this.access.read(tx, documentId);
      if (!submission) throw new WorkflowError('EVIDENCE_NOT_YET');
      const deliveries = await readDeliveries(tx, documentId);
      await this.audit.record(
        actor,
        {
          action: 'evidence.exported',
          outcome: 'success',
          documentId,
          details: { deliveries: deliveries.length },
        },
        { within: tx },
      );
      return {
        format: 'sealpost.evidence-chain',
        v: 1,
        document: submission.identity,
        exportedAt: this.clock.now().toISOString(),
        deliveries,
        certificates: intermediates.map(({ der }) => base64(der)),
        crls: crls.map(({ der }) => base64(der)),
      };
    });
  }
}

async function readDeliveries(tx: Tx, documentId: string): Promise<EvidenceChain['deliveries']> {
  const rows = await tx.query<{
    recipient_code: string;
    manifest_cms: Uint8Array;
    evidence: readonly string[];
  }>(
    `SELECT d.recipient_code, d.manifest_cms,
            (SELECT jsonb_agg(translate(encode(e.der, 'base64'), E'\\n', '') ORDER BY e.event_time, e.event)
               FROM workflow.evidence e
              WHERE e.holder_agency_id = d.sender_agency_id AND e.message_id = d.message_id) AS evidence
       FROM workflow.delivery d WHERE d.document_id = $1 ORDER BY d.created_at, d.recipient_code`,
    [documentId],
  );
  return rows.map(({ recipient_code, manifest_cms, evidence }) => ({
    recipient: recipient_code,
    manifest: base64(manifest_cms),
    evidence,
  }));
}
