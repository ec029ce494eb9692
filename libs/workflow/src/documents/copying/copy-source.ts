import { Injectable } from '@nestjs/common';
import type { Agency } from '#directory';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';

import { WorkflowError } from '../../errors';
import { filesOf as incomingFilesOf, IncomingAccess } from '../../exchange/incoming/incoming-access';
import type { FileRole } from '../../issued-document';
import { printedDay } from '../../registers/register';
import type { CopyRule, Secrecy, Urgency } from '../../rules';
import { allowedCopies, copySourceOf, documentTypeName } from '../../rules';
import { DocumentAccess, requireOwnAgency } from '../document-access';
import { filesOf } from '../document-row';

/** What is copied: an own document or one that came. */
export interface CopiedId {
  readonly kind: 'document' | 'incoming';
  readonly id: string;
}

/** A file of it, its bytes final. */
export interface CopiedFile {
  readonly role: FileRole;
  readonly title: string;
  readonly blob_id: string;
  readonly sha256: string;
  readonly size: number;
  readonly pages: number;
  readonly media_type: string;
}

export interface CopiedDocument {
  /** What the trail calls it. */
  readonly documentId: string;
  /** Type, number, date and author with its abstract: what the copy is a copy of, in one line. */
  readonly description: string;
  readonly urgency: Urgency;
  /** Its issuing body, where that is the agency's own. */
  readonly bodyId: string | null;
  /** The kinds of copy that the rules allow of it. */
  readonly kinds: readonly CopyRule[];
  readonly files: readonly CopiedFile[];
}

/** As long as an abstract may be. */
const longest = 500;

/** Finds what is to be copied, and asks whether it may be. */
@Injectable()
export class CopySource {
  constructor(
    private readonly documents: DocumentAccess,
    private readonly incoming: IncomingAccess,
    private readonly directory: Directory,
  ) {}

  /**
   * Under a row lock, so that it is not withdrawn meanwhile.
   *
   * @throws WorkflowError DOCUMENT_NOT_FOUND, INCOMING_NOT_FOUND, INCOMING_WITHDRAWN, COPY_SOURCE_ON_PAPER,
   * COPY_SOURCE_NOT_FINAL, COPY_OF_SECRET
   */
  async find(tx: Tx, actor: PersonActor, { kind, id }: CopiedId): Promise<CopiedDocument> {
    const agency = await this.directory.agency(actor.agencyId, tx);
    if (agency === undefined) throw new WorkflowError('AGENCY_ENDED');
    return kind === 'document' ? this.own(tx, actor, agency, id) : this.received(tx, agency, id);
  }

  private async own(tx: Tx, actor: PersonActor, agency: Agency, id: string): Promise<CopiedDocument> {
    const row = await this.documents.lock(tx, id);
    requireOwnAgency(actor, row);
    requireOrdinary(row.secrecy);
    if (row.state !== 'ISSUED' && row.state !== 'CORRECTED') throw new WorkflowError('COPY_SOURCE_NOT_FINAL');
    const files = await filesOf(tx, [id]);
    return {
      documentId: id,
      description: description({ ...row, author: agency.name }),
      urgency: withoutTime(row.urgency),
      bodyId: row.body_id,
      kinds: allowedCopies(agency.bloc, copySourceOf('own', row.type_code)),
      files: files.flatMap((file) =>
        file.role === 'source' ? [] : [{ ...file, role: file.role, pages: file.page_count }],
      ),
    };
  }

  private async received(tx: Tx, agency: Agency, id: string): Promise<CopiedDocument> {
    const row = await this.incoming.lock(tx, id);
    requireOrdinary(row.secrecy);
    if (row.source === 'paper') throw new WorkflowError('COPY_SOURCE_ON_PAPER');
    if (row.arrival_number === null) throw new WorkflowError('COPY_SOURCE_NOT_FINAL');
    return {
      documentId: row.document_id,
      description: description({ ...row, author: row.sender_name }),
      urgency: withoutTime(row.urgency),
      bodyId: null,
      kinds: allowedCopies(agency.bloc, copySourceOf('received', row.type_code)),
      files: await incomingFilesOf(tx, id),
    };
  }
}

/** Copying of secrets has its own order: permission, book, exact number. */
function requireOrdinary(secrecy: Secrecy): void {
  if (secrecy !== 'THUONG') throw new WorkflowError('COPY_OF_SECRET');
}

/** The hour by which the original had to be there says nothing of its copy. */
function withoutTime(urgency: Urgency): Urgency {
  return urgency === 4 ? 3 : urgency;
}

function description(of: {
  readonly type_code: string;
  readonly symbol: string | null;
  readonly issued_on: string | null;
  readonly author: string;
  readonly abstract: string | null;
}): string {
  const head = `${documentTypeName(of.type_code)} số ${of.symbol ?? ''} ngày ${printedDay(of.issued_on)} của ${of.author}`;
  const text = of.abstract === null ? head : `${head}: ${of.abstract}`;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
