import { Injectable } from '@nestjs/common';
import type { ActedFor } from '#access';
import { Delegations, isAllowed } from '#access';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { BlobStore, Clock, UnitOfWork, vietnamDateTime } from '#platform';
import { officialDocument } from '#signing';

import { WorkflowError } from '../../errors';
import { urgencyRule } from '../../rules';
import { applyTransition, nextState } from '../../state-machine';
import { stampFonts } from '../../stamps/stamp-fonts';
import { DocumentAccess, refuseDrafter } from '../document-access';
import type { DocumentRow, FileRow } from '../document-row';
import { documentTable, filesOf } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { storeVersions } from '../files/store-version';
import { initialLines, textOfPage } from '../form/initials';
import { officialPlaces } from '../form/layout';
import { outgoingMachine } from '../outgoing-machine';
import { signatoryOf } from '../signer-question';
import { tellOfDocument } from '../tell-of-document';

/**
 * A leader agrees to the reviewed draft. Its marks are fixed now, before the first signature, so that the
 * signatory signs what was marked: the main file gets its marks, the empty places for number and date, and small on
 * its last page who initialled the draft.
 */
@Injectable()
export class ApproveDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly delegations: Delegations,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  async run(actor: PersonActor, documentId: string, version?: number): Promise<DocumentSummary> {
    const { row, main, initials } = await this.look(actor, documentId, version);
    const lines = marksOf(row);
    const fonts = await stampFonts();
    const upload = await this.blobs.get(main.blob_id);
    const text = initials.length > 0 ? await textOfPage(upload, -1) : [];
    const laidOut = await officialDocument.layOut(upload, {
      agencySignature: row.has_seal ? 'expected' : 'none',
      places: officialPlaces(row.layout),
      ...(lines.length > 0 && { marks: { lines, fonts } }),
      ...(text.length > 0 && { initials: { lines: initials, fonts, text } }),
    });
    const blob = await this.blobs.put(laidOut);
    return this.unitOfWork.run(actor, async (tx) => {
      // Whatever changed meanwhile was not what this leader looked at.
      const locked = await this.documents.lock(tx, documentId, row.version);
      const stead = await this.inWhoseStead(tx, actor, locked);
      const now = this.clock.now();
      const after = await applyTransition(
        { ...tx, actor: withRoleOf(actor, stead) },
        outgoingMachine,
        { ...documentTable, row: locked },
        'approve',
        { changed_at: now },
      );
      await storeVersions(tx, [{ file: main, draftNo: row.draft_no, stage: 'laid_out', blob, at: now }]);
      await tellOfDocument(
        tx,
        after,
        'document.approved',
        { people: [row.drafter_id], postId: row.signer_post_id },
        now,
      );
      await this.audit.record(
        actor,
        {
          action: 'document.approved',
          outcome: 'success',
          documentId,
          before: main.sha256,
          after: blob.sha256,
          details: {
            draft: row.draft_no,
            secrecy: row.secrecy,
            urgency: row.urgency,
            // `thay`: the act counts as that person's, and says so.
            ...(stead && { inSteadOf: stead.personId, delegation: stead.delegationId }),
          },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }

  /**
   * The leader for whom this person acts: whoever leads needs no leave, but acts for the signatory where that one
   * has said so.
   *
   * @throws WorkflowError NOT_DELEGATED
   */
  private async inWhoseStead(tx: Tx, actor: PersonActor, row: DocumentRow): Promise<ActedFor | undefined> {
    const { signerPostId: postId } = signatoryOf(row);
    if (actor.postId === postId) return undefined;
    const what = { agencyId: row.agency_id, secrecy: row.secrecy, typeCode: row.type_code, postId };
    const found = await this.delegations.covering(tx, actor, what);
    if (isAllowed(actor, 'document.approve')) return found?.postId === postId ? found : undefined;
    if (found === undefined) throw new WorkflowError('NOT_DELEGATED');
    return found;
  }

  private look(
    actor: PersonActor,
    documentId: string,
    version: number | undefined,
  ): Promise<{
    readonly row: DocumentRow;
    readonly main: FileRow;
    readonly initials: readonly string[];
  }> {
    return this.unitOfWork.run(actor, async (tx) => {
      // Locked, so that an approval which commits meanwhile cannot slip between the row and its files.
      const row = await this.documents.lock(tx, documentId, version);
      const stead = await this.inWhoseStead(tx, actor, row);
      nextState(outgoingMachine, row.state, 'approve', { subject: row, actor: withRoleOf(actor, stead) });
      refuseDrafter(actor, row);
      const main = (await filesOf(tx, [documentId])).find((file) => file.role === 'main');
      if (main === undefined) throw new WorkflowError('MAIN_FILE_MISSING');
      return { row, main, initials: await initialLines(tx, this.directory, row) };
    });
  }
}

/** Whoever acts in a leader's stead has the leader's role for this one step. */
function withRoleOf(actor: PersonActor, stead: ActedFor | undefined): PersonActor {
  return stead === undefined ? actor : { ...actor, roles: [...new Set([...actor.roles, 'leader' as const])] };
}

/** Words of the red marks, with the time of arrival where one is fixed; an ordinary document carries none. */
function marksOf(row: DocumentRow): readonly string[] {
  const rule = urgencyRule(row.urgency);
  if (rule === undefined || rule.frame === null) return [];
  const mark = rule.vi.toLocaleUpperCase('vi');
  if (row.urgency_at === null) return [mark];
  const [date = '', time = ''] = vietnamDateTime(row.urgency_at).split(' ');
  return [mark, `${time.slice(0, 5)} ngày ${date}`];
}
