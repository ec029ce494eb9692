import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Tx } from '#platform';
import { isId } from '#platform';

import { WorkflowError } from '../../errors';
import { DocumentAccess } from '../../documents/document-access';
import type { DocumentIdentity } from '../statements/parties';

export interface SubmissionRow {
  readonly document_id: string;
  readonly sender_agency_id: string;
  readonly identity: DocumentIdentity;
  readonly submitted_at: Date;
}

/** Finds what an agency has sent for its own people; to others there is no such document. */
@Injectable()
export class SubmissionAccess {
  constructor(
    private readonly audit: AuditTrail,
    private readonly documents: DocumentAccess,
  ) {}

  /**
   * Null for a document of the own agency that has not been issued yet.
   *
   * @throws WorkflowError DOCUMENT_NOT_FOUND, recorded when it is another agency's
   */
  async read(tx: Tx, documentId: string): Promise<SubmissionRow | null> {
    const [row] = isId(documentId)
      ? await tx.query<SubmissionRow>(
          'SELECT document_id, sender_agency_id, identity, submitted_at FROM workflow.submission WHERE document_id = $1',
          [documentId],
        )
      : [];
    if (!row) {
      await this.documents.read(tx, documentId);
      return null;
    }
    if (tx.actor.kind === 'person' && tx.actor.agencyId === row.sender_agency_id) return row;
    await this.audit.record(tx.actor, {
      action: 'access.denied',
      outcome: 'denied',
      documentId,
      concernedAgencyId: row.sender_agency_id,
      code: 'DOCUMENT_NOT_FOUND',
    });
    throw new WorkflowError('DOCUMENT_NOT_FOUND');
  }
}
