import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Signer } from '#pki';
import type { PersonActor, Tx } from '#platform';
import { Clock, JobQueue, newId, UnitOfWork } from '#platform';
import type { Indication } from '#signing';

import { WorkflowError } from '../../errors';
import { IndexDocument } from '../../search/index-document';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import type { EvidenceDetails } from '../evidence/evidence';
import { stateEvidence } from '../evidence/state-evidence';
import type { Manifest } from '../messages/manifest';
import { countsOf, parseManifest } from '../messages/manifest';
import { returnQueue, stampQueue } from '../queues';
import type { ReturnJob, StampJob } from '../queues';
import { nextArrival } from './arrival-number';
import { contentDigest } from './content-digest';
import { filesOf, IncomingAccess } from './incoming-access';
import { speakingFor } from './speaking-for';
import type { ElectronicRow, IncomingFileRow } from './incoming-access';
import { settleIncoming } from './settle-incoming';
import type { VerifiedFile } from './verdict';

export interface Acceptance {
  /** Số đến. */
  readonly arrivalNumber: number;
  /** Ngày đến, `YYYY-MM-DD`. */
  readonly arrivalDate: string;
}

/**
 * Tiếp nhận (status 03): the clerk has counted and verified; the document gets its number and day of arrival,
 * and the agency states so (evidence C.3). Repeating it gives the same number.
 */
@Injectable()
export class AcceptIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly index: IndexDocument,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError INCOMING_NOT_FOUND, INCOMING_NOT_VERIFIED, INCOMING_INVALID, INCOMING_INCOMPLETE, INCOMING_CONTENT_REFUSED,
   * INCOMING_ALREADY_REFUSED, INCOMING_ON_PAPER
   */
  async run(actor: PersonActor, incomingId: string): Promise<Acceptance> {
    const signer = await this.agencies.signer(actor.agencyId);
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.lockElectronic(tx, incomingId);
      if (row.arrival_number !== null && row.arrival_date !== null) {
        return { arrivalNumber: row.arrival_number, arrivalDate: row.arrival_date };
      }
      if (row.state === '02') throw new WorkflowError('INCOMING_ALREADY_REFUSED');
      const files = await filesOf(tx, row.id);
      const manifest = parseManifest(row.manifest);
      checkCounts(manifest, files);
      if (files.some(({ fault }) => fault !== null)) throw new WorkflowError('INCOMING_CONTENT_REFUSED');
      const verified = await lastVerification(tx, row.id, files);
      return this.register(tx, signer, row, manifest, verified);
    });
  }

  private async register(
    tx: Tx,
    signer: Signer,
    row: ElectronicRow,
    manifest: Manifest,
    verified: NonNullable<EvidenceDetails['verified']>,
  ): Promise<Acceptance> {
    const now = this.clock.now();
    const arrival = await nextArrival(tx, row.agency_id, now);
    const stated = await stateEvidence(
      signer,
      { manifest, manifestSha256: row.manifest_sha256 },
      {
        id: newId(),
        event: 'C.3',
        time: now,
        details: {
          counts: manifest.counts,
          verified,
          arrival: { number: arrival.number, date: arrival.date },
          ...(await speakingFor(this.agencies, row)),
        },
      },
    );
    const person = tx.actor as PersonActor;
    const returnId = await settleIncoming(tx, {
      row,
      event: 'C.3',
      stated,
      personId: person.personId,
      now,
      reason: null,
      arrival,
    });
    await this.index.run(tx, 'incoming', row.id);
    const job: ReturnJob = { evidenceReturnId: returnId };
    await this.queue.enqueue(tx, returnQueue, job);
    const stamp: StampJob = { incomingId: row.id };
    await this.queue.enqueue(tx, stampQueue, stamp);
    await this.audit.record(
      tx.actor,
      {
        action: 'delivery.accepted',
        outcome: 'success',
        documentId: row.document_id,
        subject: { type: 'incoming', id: row.id },
        details: {
          messageId: row.message_id,
          arrivalNumber: arrival.number,
          arrivalDate: arrival.date,
          evidenceId: stated.evidence.id,
        },
      },
      { within: tx },
    );
    return { arrivalNumber: arrival.number, arrivalDate: arrival.date };
  }
}

/** What is here must be what the sender signed: number of files, pages of each. */
function checkCounts(manifest: Manifest, files: readonly IncomingFileRow[]): void {
  const said = manifest.files.map(({ sha256, pages }) => `${sha256} ${pages}`).join();
  const here = files.map(({ sha256, pages }) => `${sha256} ${pages}`).join();
  const { files: count, pages } = countsOf(files);
  if (said !== here || manifest.counts.files !== count || manifest.counts.pages !== pages)
    throw new WorkflowError('INCOMING_INCOMPLETE');
}

async function lastVerification(
  tx: Tx,
  incomingId: string,
  files: readonly IncomingFileRow[],
): Promise<NonNullable<EvidenceDetails['verified']>> {
  const [row] = await tx.query<{ verdict: Indication; files: readonly VerifiedFile[] }>(
    `SELECT verdict, files FROM workflow.incoming_verification
      WHERE incoming_id = $1 AND content_sha256 = $2 ORDER BY verified_at DESC LIMIT 1`,
    [incomingId, contentDigest(files)],
  );
  if (!row) throw new WorkflowError('INCOMING_NOT_VERIFIED');
  if (row.verdict === 'TOTAL-FAILED') throw new WorkflowError('INCOMING_INVALID');
  return row.files.map(({ sha256, report }) => ({ sha256, indication: statedIndication(report.indication) }));
}

function statedIndication(indication: Indication | null): 'TOTAL-PASSED' | 'INDETERMINATE' | 'NOT-SIGNED' {
  if (indication === null) return 'NOT-SIGNED';
  if (indication === 'TOTAL-FAILED') throw new WorkflowError('INCOMING_INVALID');
  return indication;
}
