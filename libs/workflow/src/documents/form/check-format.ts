import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import { readPageText } from '#pdf/node';
import type { DocumentText } from '#pdf/node';
import type { PersonActor, Tx } from '#platform';
import { BlobStore, Clock, UnitOfWork, vietnamDate } from '#platform';

import { issuingFault } from '../../rules';
import { DocumentAccess } from '../document-access';
import { signatoryOf } from '../signer-question';
import type { DocumentRow, FileRow } from '../document-row';
import { filesOf } from '../document-row';
import type { FormatFault, FormFacts } from './format-faults';
import { formatFault, textFaults } from './format-faults';
import { structureFaults } from './structure-faults';

export interface FormatReport {
  /** The bytes that were looked at, lower-case hex; null without a main file. */
  readonly sha256: string | null;
  /** False as long as an error stands: no number is given then. */
  readonly mayBeNumbered: boolean;
  readonly items: readonly FormatFault[];
}

/** The first two pages and the last: enough for the form of any length of document. */
const lookedAt = [1, 2, -2, -1] as const;

/** Compares a document's main file with the form that its bloc demands (docs/decisions/0007-format-check.md). */
@Injectable()
export class CheckFormat {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  async run(actor: PersonActor, documentId: string): Promise<FormatReport> {
    const { row, main, facts, errors } = await this.unitOfWork.run(actor, (tx) => this.look(tx, documentId));
    const found = main === undefined ? [] : await this.faultsOf(main, facts);
    const items = [...errors, ...found];
    await this.audit.record(actor, {
      action: 'document.format_checked',
      outcome: 'success',
      documentId,
      ...(main && { after: main.sha256 }),
      details: { draft: row.draft_no, faults: items.map(({ code }) => code).join(', ') },
    });
    const mayBeNumbered = items.every(({ severity }) => severity !== 'error');
    return { sha256: main?.sha256 ?? null, mayBeNumbered, items };
  }

  private async look(
    tx: Tx,
    documentId: string,
  ): Promise<{
    readonly row: DocumentRow;
    readonly main: FileRow | undefined;
    readonly facts: FormFacts;
    readonly errors: readonly FormatFault[];
  }> {
    const row = await this.documents.read(tx, documentId);
    const main = (await filesOf(tx, [documentId])).find(({ role }) => role === 'main');
    const today = vietnamDate(this.clock.now());
    const body = await this.directory.body(row.body_id, tx);
    const agency = await this.directory.agency(row.agency_id, tx);
    const holders = await this.directory.holdersOf(signatoryOf(row).signerPostId, today, tx);
    const people = await this.directory.people(
      holders.map(({ personId }) => personId),
      tx,
    );
    const facts: FormFacts = {
      bloc: row.bloc,
      typeCode: row.type_code,
      abstract: row.abstract,
      authorNames: [body?.name, agency?.name].filter((name) => name !== undefined),
      signatureBlock: row.signature_block,
      signerNames: people.map(({ fullName }) => fullName),
    };
    return { row, main, facts, errors: await this.certainFaults(tx, row) };
  }

  /** What refuses the number also without this check, by its own code. */
  private async certainFaults(tx: Tx, row: DocumentRow): Promise<readonly FormatFault[]> {
    const body = await this.directory.body(row.body_id, tx);
    const mayIssue = body?.mayIssue ?? [];
    const isAllowed = issuingFault({ bloc: row.bloc, typeCode: row.type_code, mayIssue }) === undefined;
    return isAllowed ? [] : [formatFault('TYPE_NOT_ALLOWED', row.bloc, null)];
  }

  private async faultsOf(main: FileRow, facts: FormFacts): Promise<FormatFault[]> {
    const bytes = await this.blobs.get(main.blob_id);
    const structure = structureFaults(bytes, facts.bloc);
    const text = await textOf(bytes);
    return text === undefined
      ? [...structure, formatFault('TEXT_NOT_READABLE', facts.bloc, null)]
      : [...structure, ...textFaults(facts, text.pageCount, text.pages)];
  }
}

/** Undefined where the text cannot be had: that is a finding, no failure. */
function textOf(bytes: Uint8Array): Promise<DocumentText | undefined> {
  return readPageText(bytes, { pages: lookedAt, timeoutMs: 5000 }).catch(() => undefined);
}
