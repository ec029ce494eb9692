import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Agency, Body } from '#directory';
import { Directory, isInForce } from '#directory';
import { extractPages, openPdf } from '#pdf';
import type { BlobRef, PersonActor, Tx } from '#platform';
import { BlobStore, Clock, newId, UnitOfWork, vietnamDate } from '#platform';
import { officialDocument, SigningError } from '#signing';

import { WorkflowError } from '../../errors';
import { storedBytes } from '../../exchange/incoming/stored-bytes';
import type { CopyCode, CopyRule } from '../../rules';
import { channelRules } from '../../rules';
import type { DocumentRow, FileRow } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { placeFile } from '../files/add-file';
import type { CheckedUpload } from '../files/check-upload';
import { inspectContent } from '../files/check-upload';
import { insertDocument } from '../insert-document';
import { CheckRecipients } from '../recipients/check-recipients';
import type { GivenPaperRecipient, GivenRecipient } from '../recipients/recipient';
import { keepRecipients } from '../recipients/recipient';
import type { CopiedDocument, CopiedFile, CopiedId } from './copy-source';
import { CopySource } from './copy-source';
import { pageNumbers } from './page-numbers';

/** What the clerk says of a copy. */
export interface CopyRequest {
  readonly kind: CopyCode;
  /** Of an extract: `1, 3-5`, of the main file. */
  readonly pages?: string | undefined;
  readonly recipients: readonly GivenRecipient[];
  readonly paperRecipients?: readonly GivenPaperRecipient[] | undefined;
  readonly paperReason?: string | undefined;
}

/** A file of the copy, its bytes in the blob store: those of the source, or the pages taken out of it. */
interface PreparedFile extends CheckedUpload {
  readonly of: CopiedFile;
  readonly blob: BlobRef;
}

/**
 * Makes a copy (sao y, sao lục, trích sao) of an own or a received document. It is a document of its own: it gets its
 * number, the agency's signature and its recipients as any other, but no personal signature. The files of a whole copy
 * are the source's, byte for byte; its mark comes with the agency's signature (docs/decisions/0010).
 */
@Injectable()
export class MakeCopy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: CopySource,
    private readonly recipients: CheckRecipients,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError what `CopySource.find` says; COPY_KIND_NOT_ALLOWED, COPY_PAGES_INVALID, COPY_SOURCE_CLOSED,
   * RECIPIENTS_MISSING, PAPER_REASON_MISSING and what is wrong with a recipient
   */
  async run(actor: PersonActor, of: CopiedId, asked: CopyRequest): Promise<DocumentSummary> {
    const source = await this.unitOfWork.run(actor, async (tx) => {
      const found = await this.sources.find(tx, actor, of);
      ruleFor(found, asked);
      await this.checkRecipients(tx, asked);
      return found;
    });
    const files = await this.prepared(source, asked);
    return this.unitOfWork.run(actor, (tx) => this.keep(tx, actor, of, asked, files));
  }

  private async checkRecipients(
    tx: Tx,
    { recipients, paperRecipients = [], paperReason }: CopyRequest,
  ): Promise<void> {
    if (recipients.length + paperRecipients.length === 0) throw new WorkflowError('RECIPIENTS_MISSING');
    await this.recipients.run(tx, recipients);
    const goesOnPaper = [...recipients, ...paperRecipients].some(
      ({ channel = 'electronic' }) => channelRules[channel].reason === 'required',
    );
    if (goesOnPaper && paperReason === undefined) throw new WorkflowError('PAPER_REASON_MISSING');
  }

  private prepared(source: CopiedDocument, asked: CopyRequest): Promise<readonly PreparedFile[]> {
    const main = source.files.filter(({ role }) => role === 'main');
    const { pages } = asked;
    return pages === undefined
      ? Promise.all(source.files.map((file) => this.whole(file, source)))
      : Promise.all(main.map((file) => this.extract(file, pageNumbers(pages, file.pages))));
  }

  private async whole(file: CopiedFile, { bodyId }: CopiedDocument): Promise<PreparedFile> {
    const { blob_id: id, sha256, size } = file;
    const kept = { of: file, blob: { id, sha256, size } };
    if (file.role === 'attachment')
      return { ...kept, pageCount: file.pages, mediaType: file.media_type, foreignSignatures: 0 };
    const bytes = await storedBytes(this.blobs, file);
    refuseClosed(bytes);
    const found = checked(bytes);
    // Signatures on an own document are nobody else's.
    return { ...kept, ...found, ...(bodyId !== null && { foreignSignatures: 0 }) };
  }

  private async extract(file: CopiedFile, pages: readonly number[]): Promise<PreparedFile> {
    const bytes = extractPages(openPdf(await storedBytes(this.blobs, file)).latest, pages);
    return { of: file, blob: await this.blobs.put(bytes), ...checked(bytes) };
  }

  private async keep(
    tx: Tx,
    actor: PersonActor,
    of: CopiedId,
    asked: CopyRequest,
    files: readonly PreparedFile[],
  ): Promise<DocumentSummary> {
    const source = await this.sources.find(tx, actor, of);
    const rule = ruleFor(source, asked);
    const now = this.clock.now();
    const author = await this.copyingBody(tx, actor.agencyId, source.bodyId, vietnamDate(now));
    const row = await insertDocument(tx, {
      ...authorColumns(author),
      id: newId(),
      type_code: rule.code,
      abstract: source.description,
      secrecy: 'THUONG',
      urgency: source.urgency,
      paper_reason: asked.paperReason ?? null,
      signature_block: [],
      state: 'COPIED',
      drafter_id: actor.personId,
      created_at: now,
      changed_at: now,
      copied_document_id: of.kind === 'document' ? of.id : null,
      copied_incoming_id: of.kind === 'incoming' ? of.id : null,
      copied_pages: asked.pages ?? null,
    });
    await placeFiles(tx, row, files, now);
    await keepRecipients(tx, row.id, {
      recipients: asked.recipients,
      paperRecipients: asked.paperRecipients ?? [],
    });
    await this.record(tx, actor, row, source);
    return documentSummary(row);
  }

  /**
   * Whoever issued what is copied; of what others issued the body that bears the agency's own symbol, itself rather than
   * whoever heads it, or another with a seal: a copy carries the agency's signature alone.
   *
   * @throws WorkflowError BODY_HAS_NO_SEAL
   */
  private async copyingBody(
    tx: Tx,
    agencyId: string,
    issuerId: string | null,
    today: string,
  ): Promise<{ readonly agency: Agency; readonly body: Body }> {
    const agency = await this.directory.agency(agencyId, tx);
    if (agency === undefined || !isInForce(agency, today)) throw new WorkflowError('AGENCY_ENDED');
    const sealed = (await this.directory.bodiesOf(agencyId, tx)).filter(
      (body) => body.hasSeal && isInForce(body, today),
    );
    const namesakes = sealed.filter(({ symbol }) => symbol === agency.symbol);
    const body =
      sealed.find(({ id }) => id === issuerId) ??
      namesakes.find(({ leadership }) => leadership === 'collective') ??
      namesakes[0] ??
      sealed[0];
    if (body === undefined) throw new WorkflowError('BODY_HAS_NO_SEAL');
    return { agency, body };
  }

  /** In the history of the copy, and in that of what was copied. */
  private async record(tx: Tx, actor: PersonActor, row: DocumentRow, source: CopiedDocument): Promise<void> {
    const details = { type: row.type_code, ...(row.copied_pages !== null && { pages: row.copied_pages }) };
    await this.audit.record(
      actor,
      {
        action: 'document.created',
        outcome: 'success',
        documentId: row.id,
        subject: { type: 'document', id: source.documentId },
        details: { ...details, body: row.body_id },
      },
      { within: tx },
    );
    await this.audit.record(
      actor,
      {
        action: 'document.copied',
        outcome: 'success',
        documentId: source.documentId,
        subject: { type: 'document', id: row.id },
        details,
      },
      { within: tx },
    );
  }
}

/** @throws WorkflowError COPY_KIND_NOT_ALLOWED, COPY_PAGES_INVALID */
function ruleFor(source: CopiedDocument, { kind, pages }: CopyRequest): CopyRule {
  const rule = source.kinds.find(({ code }) => code === kind);
  if (rule === undefined) throw new WorkflowError('COPY_KIND_NOT_ALLOWED');
  if ((rule.extent === 'pages') !== (pages !== undefined)) throw new WorkflowError('COPY_PAGES_INVALID');
  return rule;
}

/** @throws WorkflowError COPY_SOURCE_CLOSED for what one more signature would make invalid */
function refuseClosed(bytes: Uint8Array): void {
  try {
    officialDocument.inspectUpload(bytes);
  } catch (error) {
    if (!(error instanceof SigningError)) throw error;
    throw new WorkflowError('COPY_SOURCE_CLOSED', { cause: error });
  }
}

function checked(bytes: Uint8Array): CheckedUpload {
  const { pageCount, signatureFields } = inspectContent(bytes);
  return {
    pageCount,
    mediaType: 'application/pdf',
    foreignSignatures: signatureFields.filter(({ signed }) => signed).length,
  };
}

function authorColumns({
  agency,
  body,
}: {
  readonly agency: Agency;
  readonly body: Body;
}): Record<string, unknown> {
  return {
    agency_id: agency.id,
    agency_code: agency.code,
    bloc: agency.bloc,
    place: agency.place,
    body_id: body.id,
    body_symbol: agency.symbol,
    has_seal: body.hasSeal,
  };
}

async function placeFiles(
  tx: Tx,
  row: DocumentRow,
  files: readonly PreparedFile[],
  now: Date,
): Promise<void> {
  const known: FileRow[] = [];
  for (const { of, ...file } of files) {
    const accepted = {
      ...file,
      role: of.role,
      replaces: undefined,
      title: of.title,
      fileName: `${of.title.slice(0, 200)}.pdf`,
    };
    known.push(
      await placeFile(tx, row, accepted, { known, replaced: undefined, draftNo: row.draft_no, now }),
    );
  }
}
