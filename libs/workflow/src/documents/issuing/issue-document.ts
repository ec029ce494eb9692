import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import { parseCertificate } from '#pki';
import type { BlobRef, PersonActor, Tx } from '#platform';
import { BlobStore, Clock, UnitOfWork } from '#platform';
import { officialDocument } from '#signing';

import { WorkflowError } from '../../errors';
import { SubmitDeliveries } from '../../exchange/submit-deliveries';
import type { IssuedDocument, IssuedFile } from '../../issued-document';
import { stampFonts } from '../../stamps/stamp-fonts';
import { applyTransition, nextState } from '../../state-machine';
import { Timestamps } from '../../trust/timestamps';
import { TrustService } from '../../trust/trust-service';
import { Authors } from '../author';
import { DocumentAccess, requireOwnAgency } from '../document-access';
import type { DocumentRow, FileRow } from '../document-row';
import { documentTable, filesOf } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { storeVersions } from '../files/store-version';
import { outgoingMachine } from '../outgoing-machine';
import { tellOfDocument } from '../tell-of-document';
import type { RecipientRow } from '../recipients/recipient';
import { electronicRecipients, recipientsOf } from '../recipients/recipient';
import { openDispatches } from '../recipients/dispatch';
import { validationMaterial } from '../signing/validation-material';
import { numberLines } from './number-lines';

/** The number revision of a document that gets no agency signature, made before the transaction. */
interface NumberedMain {
  readonly file: FileRow;
  readonly blob: BlobRef;
  readonly version: number;
}

/**
 * Phát hành: the bytes are final, and one delivery per electronic recipient leaves with the same transaction;
 * the others wait for their paper to be handed over. A body
 * without a seal gets its number and date put on the page now: nothing else will be signed over them.
 */
@Injectable()
export class IssueDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly authors: Authors,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly trust: TrustService,
    private readonly timestamps: Timestamps,
    private readonly deliveries: SubmitDeliveries,
    private readonly clock: Clock,
  ) {}

  async run(actor: PersonActor, documentId: string, version?: number): Promise<DocumentSummary> {
    const outcome = await this.unitOfWork.run(actor, (tx) => this.issue(tx, actor, documentId, { version }));
    if (outcome !== 'number-first') return outcome;
    const numbered = await this.numberMain(actor, documentId);
    const issued = await this.unitOfWork.run(actor, (tx) =>
      this.issue(tx, actor, documentId, { version: numbered.version, numbered }),
    );
    if (issued === 'number-first') throw new WorkflowError('VERSION_CONFLICT');
    return issued;
  }

  private async issue(
    tx: Tx,
    actor: PersonActor,
    documentId: string,
    given: { readonly version?: number | undefined; readonly numbered?: NumberedMain },
  ): Promise<DocumentSummary | 'number-first'> {
    const row = await this.documents.lock(tx, documentId, given.version);
    const now = this.clock.now();
    nextState(outgoingMachine, row.state, 'issue', { subject: row, actor });
    requireOwnAgency(actor, row);
    await this.authors.stillInForce(tx, [row]);
    if (!row.has_seal) {
      if (given.numbered === undefined) return 'number-first';
      const { file, blob } = given.numbered;
      await storeVersions(tx, [{ file, draftNo: row.draft_no, stage: 'numbered', blob, at: now }]);
    }
    const files = await filesOf(tx, [documentId]);
    const recipients = await recipientsOf(tx, documentId);
    const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'issue', {
      issued_at: now,
      changed_at: now,
    });
    const reached = electronicRecipients(recipients);
    if (reached.length > 0) {
      await this.deliveries.submitDeliveries(tx, {
        documentId,
        recipients: reached,
        issued: issuedDocument(after, files),
      });
    }
    const onPaper = await openDispatches(tx, documentId, {
      names: await this.namesOf(tx, recipients),
      at: now,
    });
    await tellOfDocument(
      tx,
      after,
      'document.issued',
      { people: [row.drafter_id], postId: row.signer_post_id },
      now,
    );
    await this.audit.record(
      actor,
      {
        action: 'document.issued',
        outcome: 'success',
        documentId,
        details: {
          symbol: row.symbol,
          recipients: recipients.length,
          onPaper,
          ...(row.paper_reason !== null && { paperReason: row.paper_reason }),
          files: files.length,
        },
      },
      { within: tx },
    );
    return documentSummary(after);
  }

  private async namesOf(tx: Tx, recipients: readonly RecipientRow[]): Promise<ReadonlyMap<string, string>> {
    const ids = recipients.flatMap(({ agency_id, channel }) =>
      agency_id === null || channel === 'electronic' ? [] : [agency_id],
    );
    const agencies = ids.length === 0 ? [] : await this.directory.agencies(ids, tx);
    return new Map(agencies.map(({ id, name }) => [id, name]));
  }

  private async numberMain(actor: PersonActor, documentId: string): Promise<NumberedMain> {
    const { row, file, certificate } = await this.unitOfWork.run(actor, (tx) => this.mainOf(tx, documentId));
    const fonts = await stampFonts();
    const dss = await validationMaterial(this.trust, this.timestamps, [parseCertificate(certificate)]);
    const bytes = await officialDocument.number(await this.blobs.get(file.blob_id), {
      ...numberLines(row),
      fonts,
      dss,
    });
    return { file, blob: await this.blobs.put(bytes), version: row.version };
  }

  private async mainOf(
    tx: Tx,
    documentId: string,
  ): Promise<{ readonly row: DocumentRow; readonly file: FileRow; readonly certificate: Buffer }> {
    const row = await this.documents.read(tx, documentId);
    const file = (await filesOf(tx, [documentId])).find(({ role }) => role === 'main');
    const [signature] = await tx.query<{ certificate: Buffer }>(
      'SELECT certificate FROM workflow.signature WHERE file_version_id = $1',
      [file?.version_id ?? null],
    );
    if (file === undefined || signature === undefined) throw new WorkflowError('TRANSITION_NOT_ALLOWED');
    return { row, file, certificate: signature.certificate };
  }
}

function issuedDocument(row: DocumentRow, files: readonly FileRow[]): IssuedDocument {
  const { number_text: number, symbol, issued_on: issuedOn } = row;
  if (number === null || symbol === null || issuedOn === null)
    throw new WorkflowError('TRANSITION_NOT_ALLOWED');
  return {
    documentId: row.id,
    agencyId: row.agency_id,
    agencyCode: row.agency_code,
    bodyId: row.body_id,
    number,
    symbol,
    issuedOn,
    typeCode: row.type_code,
    abstract: row.abstract,
    secrecy: row.secrecy,
    urgency: row.urgency,
    urgencyAt: row.urgency_at,
    files: files.flatMap(issuedFile),
  };
}

/** What recipients get of a file; the source of the text stays here. */
function issuedFile(file: FileRow): IssuedFile[] {
  const { role } = file;
  if (role === 'source') return [];
  return [
    {
      fileId: file.id,
      blobId: file.blob_id,
      role,
      title: file.title,
      sha256: file.sha256,
      size: file.size,
      pageCount: file.page_count,
      mediaType: file.media_type,
    },
  ];
}
