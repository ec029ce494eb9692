import { Injectable } from '@nestjs/common';
import { isAllowed } from '#access';
import { AuditTrail } from '#audit';
import { Directory, isInForce } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, newId, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../../errors';
import { capacityFault } from '../../rules';
import { WorkflowSettings } from '../../settings';
import { nextState } from '../../state-machine';
import { Authors } from '../author';
import { DocumentAccess } from '../document-access';
import type { DocumentRow, FileRow } from '../document-row';
import { filesOf } from '../document-row';
import { titleOf } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import { signatoryOf, signerPost } from '../signer-question';
import type { ConsentedDocument, ConsentedFile, SigningPurpose } from './signing-operation';

export interface PreparedSigning {
  readonly id: string;
  readonly purpose: SigningPurpose;
  readonly expiresAt: string;
  readonly items: readonly ConsentedDocument[];
}

/**
 * Step-up before signing: answers exactly what will be signed (title, files, pages, digests) and keeps it on
 * the server, for one confirmation within minutes.
 */
@Injectable()
export class PrepareSigning {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly authors: Authors,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly settings: WorkflowSettings,
  ) {}

  run(actor: PersonActor, purpose: SigningPurpose, documentIds: readonly string[]): Promise<PreparedSigning> {
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await this.documents.readAll(tx, documentIds);
      const today = vietnamDate(this.clock.now());
      for (const row of rows) requireSignable(actor, purpose, row, today);
      await this.authors.stillInForce(tx, rows);
      if (purpose === 'personal') await this.requireCompetence(tx, actor, rows, today);
      const files = Map.groupBy(await filesOf(tx, documentIds), ({ document_id }) => document_id);
      const items = rows.map((row) => consented(row, purpose, files.get(row.id) ?? []));
      const id = newId();
      const expiresAt = await this.keep(tx, actor, { id, purpose, items });
      for (const item of items) await this.record(tx, actor, { id, purpose, item });
      return { id, purpose, expiresAt: expiresAt.toISOString(), items };
    });
  }

  /**
   * Asks the rules of signing capacity again: between draft and signature a post may end, and another
   * person, or the same in another standing, hold the post.
   *
   * @throws WorkflowError BODY_NOT_FOUND, POST_NOT_FOUND, CAPACITY_NOT_ALLOWED
   */
  private async requireCompetence(
    tx: Tx,
    actor: PersonActor,
    rows: readonly DocumentRow[],
    today: string,
  ): Promise<void> {
    // Lists are mostly of one body and one capacity.
    const groups = Map.groupBy(rows, (row) => `${row.body_id} ${row.capacity_code}`);
    for (const [row] of groups.values()) {
      if (row === undefined) continue;
      const body = await this.directory.body(row.body_id, tx);
      if (body === undefined || !isInForce(body, today)) throw new WorkflowError('BODY_NOT_FOUND');
      const { signerPostId: postId, capacity } = signatoryOf(row);
      const asked = { postId, capacity, body, today };
      const post = await signerPost(this.directory, tx, { ...asked, personId: actor.personId });
      const fault = capacityFault({
        ...{ bloc: row.bloc, code: capacity, bodyKind: body.leadership, post, today },
        // Whether the written authority of each still runs has been asked of each.
        authority: { reference: row.authority_reference ?? '', validUntil: today },
      });
      if (fault !== undefined) throw new WorkflowError(fault);
    }
  }

  private async keep(
    tx: Tx,
    actor: PersonActor,
    operation: {
      readonly id: string;
      readonly purpose: SigningPurpose;
      readonly items: readonly ConsentedDocument[];
    },
  ): Promise<Date> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.settings.signingOperationSeconds * 1000);
    await tx.execute(
      `INSERT INTO workflow.signing_operation (id, purpose, person_id, session_id, agency_id, items, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        operation.id,
        operation.purpose,
        actor.personId,
        actor.sessionId,
        actor.agencyId,
        JSON.stringify(operation.items),
        now,
        expiresAt,
      ],
    );
    return expiresAt;
  }

  private record(
    tx: Tx,
    actor: PersonActor,
    {
      id,
      purpose,
      item,
    }: { readonly id: string; readonly purpose: SigningPurpose; readonly item: ConsentedDocument },
  ): Promise<void> {
    return this.audit.record(
      actor,
      {
        action: 'document.signing_prepared',
        outcome: 'success',
        documentId: item.documentId,
        subject: { type: 'signing-operation', id },
        details: { purpose, files: item.files.length },
      },
      { within: tx },
    );
  }
}

/** The route lets in both who sign and who seal; which of them may do what is asked here. */
const rulesOf = {
  personal: ['person_sign', 'document.sign'],
  agency: ['agency_sign', 'document.agency-sign'],
} as const;

/** @throws WorkflowError ROLE_NOT_ALLOWED, NOT_THE_SIGNER, AUTHORITY_EXPIRED, or what the state machine says */
function requireSignable(actor: PersonActor, purpose: SigningPurpose, row: DocumentRow, today: string): void {
  const [event, policy] = rulesOf[purpose];
  if (!isAllowed(actor, policy)) throw new WorkflowError('ROLE_NOT_ALLOWED');
  nextState(outgoingMachine, row.state, event, { subject: row, actor });
  const mine =
    purpose === 'personal' ? actor.postId === row.signer_post_id : actor.agencyId === row.agency_id;
  if (!mine) throw new WorkflowError('NOT_THE_SIGNER');
  if (purpose === 'personal' && row.authority_until !== null && row.authority_until < today) {
    throw new WorkflowError('AUTHORITY_EXPIRED');
  }
}

/**
 * A person signs the main file alone; the agency signs it over that, and alone on each annex (Decree 30/2020
 * annex I). An attachment goes as it came: others may have certified it; a source goes nowhere.
 */
function consented(row: DocumentRow, purpose: SigningPurpose, files: readonly FileRow[]): ConsentedDocument {
  const signed = files.flatMap((file): ConsentedFile[] => {
    const { role } = file;
    const isSigned = role === 'main' || (role === 'annex' && purpose === 'agency');
    if (!isSigned) return [];
    return [
      {
        fileId: file.id,
        versionId: file.version_id,
        role,
        title: file.title,
        pages: file.page_count,
        digest: file.sha256,
      },
    ];
  });
  return { documentId: row.id, version: row.version, title: titleOf(row), symbol: row.symbol, files: signed };
}
