import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Agency } from '#directory';
import { blocs, Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, newId, UnitOfWork, vietnamDate } from '#platform';

import { urgencyTime } from '../../documents/check-marks';
import { WorkflowError } from '../../errors';
import { documentType } from '../../rules/document-types';
import type { Secrecy, Urgency } from '../../rules/marks';
import { secrecyRules } from '../../rules/marks';
import type { PaperChannel } from '../../rules/channels';
import type { EnvelopeMark } from '../../rules/envelope-marks';
import { otherPaperType } from '../../rules/envelope-marks';
import { IndexDocument } from '../../search/index-document';
import type { Acceptance } from './accept-incoming';
import { nextArrival } from './arrival-number';
import type { Arrival } from './arrival-number';

/** What the clerk enters in the register about a paper. */
export interface GivenPaper {
  readonly senderAgencyId?: string | null;
  readonly senderName?: string | null;
  readonly typeCode?: string | null;
  readonly symbol?: string | null;
  /** `YYYY-MM-DD` */
  readonly issuedOn?: string | null;
  readonly abstract?: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** ISO 8601 with offset. */
  readonly urgencyAt?: string | undefined;
  readonly pages?: number | null;
  readonly channel: PaperChannel;
  /** ISO 8601 with offset. */
  readonly receivedAt: string;
  readonly envelopeMarks: readonly EnvelopeMark[];
  readonly envelopeRemarks?: string | null;
}

export interface EnteredPaper extends Acceptance {
  readonly id: string;
}

interface Paper {
  readonly given: GivenPaper;
  readonly sender: Agency | null;
  readonly urgencyAt: Date | null;
  readonly receivedAt: Date;
}

/**
 * A paper is entered and gets its số đến at once, from the series of the electronic ones. A secret may be entered by
 * what stands on its envelope alone; of a top-secret one nothing of its content is written down.
 */
@Injectable()
export class EnterPaper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly index: IndexDocument,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError SENDER_UNKNOWN, PAPER_TYPE_UNKNOWN, PAPER_NOT_DESCRIBED, PAPER_DATE_IMPOSSIBLE,
   * ABSTRACT_FORBIDDEN, TEXT_FORBIDDEN, URGENCY_TIME_REQUIRED, URGENCY_TIME_FORBIDDEN
   */
  run(actor: PersonActor, given: GivenPaper): Promise<EnteredPaper> {
    checkTexts(given);
    const urgencyAt = urgencyTime(given);
    return this.unitOfWork.run(actor, async (tx) => {
      const now = this.clock.now();
      const receivedAt = checkedReceipt(given, now);
      const sender = await this.senderOf(tx, given);
      checkType(given.typeCode ?? null, sender);
      const id = newId();
      const arrival = await nextArrival(tx, actor.agencyId, now);
      await insertPaper(tx, actor, { paper: { given, sender, urgencyAt, receivedAt }, id, arrival, now });
      await this.index.run(tx, 'incoming', id);
      await this.audit.record(
        actor,
        {
          action: 'incoming.registered',
          outcome: 'success',
          documentId: id,
          subject: { type: 'incoming', id },
          details: {
            arrivalNumber: arrival.number,
            arrivalDate: arrival.date,
            channel: given.channel,
            secrecy: given.secrecy,
          },
        },
        { within: tx },
      );
      return { id, arrivalNumber: arrival.number, arrivalDate: arrival.date };
    });
  }

  /** The one named by the directory, also one that has ended since; null for one named in words. */
  private async senderOf(tx: Tx, { senderAgencyId, senderName }: GivenPaper): Promise<Agency | null> {
    const id = senderAgencyId ?? null;
    if ((id === null) === ((senderName ?? null) === null)) throw new WorkflowError('SENDER_UNKNOWN');
    if (id === null) return null;
    const agency = await this.directory.agency(id, tx);
    if (agency === undefined) throw new WorkflowError('SENDER_UNKNOWN');
    return agency;
  }
}

function checkTexts(given: GivenPaper): void {
  if (secrecyRules[given.secrecy].abstract === 'forbidden') {
    if ((given.abstract ?? null) !== null) throw new WorkflowError('ABSTRACT_FORBIDDEN');
    if ((given.envelopeRemarks ?? null) !== null) throw new WorkflowError('TEXT_FORBIDDEN');
  }
  const described = [given.typeCode, given.issuedOn, given.abstract].every(
    (value) => (value ?? null) !== null,
  );
  if (given.secrecy === 'THUONG' && !described) throw new WorkflowError('PAPER_NOT_DESCRIBED');
}

/** @throws WorkflowError PAPER_DATE_IMPOSSIBLE */
function checkedReceipt({ receivedAt: text, issuedOn }: GivenPaper, now: Date): Date {
  const receivedAt = new Date(text);
  const fits =
    !Number.isNaN(receivedAt.getTime()) &&
    receivedAt <= now &&
    ((issuedOn ?? null) === null || (issuedOn ?? '') <= vietnamDate(receivedAt));
  if (!fits) throw new WorkflowError('PAPER_DATE_IMPOSSIBLE');
  return receivedAt;
}

/** Of the sender's bloc where that is known, else of any. */
function checkType(code: string | null, sender: Agency | null): void {
  if (code === null || code === otherPaperType) return;
  const known = (sender === null ? blocs : [sender.bloc]).some(
    (bloc) => documentType(bloc, code) !== undefined,
  );
  if (!known) throw new WorkflowError('PAPER_TYPE_UNKNOWN');
}

async function insertPaper(
  tx: Tx,
  actor: PersonActor,
  input: { readonly paper: Paper; readonly id: string; readonly arrival: Arrival; readonly now: Date },
): Promise<void> {
  const { paper, id, arrival, now } = input;
  const { given, sender, urgencyAt, receivedAt } = paper;
  const symbol = given.symbol ?? null;
  await tx.execute(
    `INSERT INTO workflow.incoming
       (id, agency_id, source, sender_agency_id, sender_code, sender_name, type_code, number, symbol, issued_on, abstract,
        secrecy, urgency, urgency_at, channel, pages, envelope_marks, envelope_remarks, state, arrived_at, settled_at,
        settled_by, arrival_number, arrival_date)
     VALUES ($1, $2, 'paper', $3, $4, $5, $6, $7, $8, $9::date, $10, $11, $12, $13, $14, $15, $16, $17, '03', $18, $19,
        $20, $21, $22::date)`,
    [
      id,
      actor.agencyId,
      sender?.id ?? null,
      sender?.code ?? null,
      sender?.name ?? given.senderName,
      given.typeCode ?? null,
      /^\d+/.exec(symbol ?? '')?.[0] ?? null,
      symbol,
      given.issuedOn ?? null,
      given.abstract ?? null,
      given.secrecy,
      given.urgency,
      urgencyAt,
      given.channel,
      given.pages ?? null,
      given.envelopeMarks,
      given.envelopeRemarks ?? null,
      receivedAt,
      now,
      actor.personId,
      arrival.number,
      arrival.date,
    ],
  );
  await tx.execute(
    `WITH registered AS (
       INSERT INTO workflow.arrival_register (agency_id, year, number, date, incoming_id, registered_by, registered_at)
       VALUES ($1, $2, $3, $4::date, $5, $6, $7)
     )
     INSERT INTO workflow.handling (id, agency_id, secrecy, state, entered_at) VALUES ($5, $1, $8, 'REGISTERED', $7)`,
    [actor.agencyId, arrival.year, arrival.number, arrival.date, id, actor.personId, now, given.secrecy],
  );
}
