import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { applyTransition, nextState } from '../../state-machine';
import { Authors } from '../author';
import { DocumentAccess, requireDrafter, requireOwnAgency } from '../document-access';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import type { NamedSigner } from './draft-rules';
import { DraftRules, signerColumns } from './draft-rules';

/**
 * Names another signer while a document waits for its signature, with a reason: the one named is away, say. What
 * was approved was approved for another's signature, so an approval is open again; initials stay.
 */
@Injectable()
export class ChangeSigner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly authors: Authors,
    private readonly rules: DraftRules,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(
    actor: PersonActor,
    documentId: string,
    given: NamedSigner & { readonly reason: string },
    version?: number,
  ): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      nextState(outgoingMachine, row.state, 'change_signer', { subject: row, actor });
      requireOwnAgency(actor, row);
      if (!actor.roles.includes('clerk')) requireDrafter(actor, row);
      const { agency_id: agencyId, body_id: bodyId, type_code: typeCode } = row;
      const author = await this.authors.inForce(tx, { agencyId, bodyId, typeCode });
      const block = await this.rules.signatureBlock(tx, author, given);
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'change_signer', {
        ...signerColumns(given, block),
        changed_at: this.clock.now(),
      });
      await tx.execute(
        'UPDATE workflow.document_file SET current_version_id = upload_version_id WHERE document_id = $1',
        [documentId],
      );
      await this.audit.record(
        actor,
        {
          action: 'document.signer_changed',
          outcome: 'success',
          documentId,
          reason: given.reason,
          details: { from: row.state, before: row.signer_post_id, after: given.signerPostId },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }
}
