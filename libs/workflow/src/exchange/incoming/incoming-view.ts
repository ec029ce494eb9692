import type { HandlingState } from '../../handling/handling-machine';
import { isExpress } from '../../rules/express-lane';
import type { Secrecy, Urgency } from '../../rules/marks';
import type { PaperChannel } from '../../rules/channels';
import { documentTypeName } from '../../rules/document-types';
import type { EnvelopeMark } from '../../rules/envelope-marks';
import { otherPaperType, otherPaperTypeName } from '../../rules/envelope-marks';
import type { AfterIssue } from '../aftercare/copies';
import { afterIssueOf } from '../aftercare/copies';
import { incomingColumns } from './incoming-access';
import type { IncomingRow } from './incoming-access';
import type { IncomingState } from './incoming-states';

/** An incoming document as a list shows it. */
export interface IncomingSummary {
  readonly id: string;
  /** `electronic`: by a message of the exchange; `paper`: entered by the clerk. */
  readonly source: IncomingRow['source'];
  /** The sender's id of it; null for a paper. */
  readonly documentId: string | null;
  /** 01 arrived, 02 refused, 03 accepted, 04 assigned, 05 in progress, 06 completed. */
  readonly state: IncomingState;
  /** `code` is null where the sender is not in the directory. */
  readonly sender: { readonly code: string | null; readonly name: string };
  /** Whom the sender named, where that agency has ended and the own one answers for it; else null. */
  readonly meantFor: { readonly code: string; readonly name: string } | null;
  readonly typeCode: string | null;
  /** Its name in Vietnamese; null where the type is not known. */
  readonly typeName: string | null;
  readonly number: string | null;
  readonly symbol: string | null;
  readonly issuedOn: string | null;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** Official telegram or express: to be handled ahead of everything else. */
  readonly express: boolean;
  /** When a timed express document must arrive; null for any other. */
  readonly urgencyAt: string | null;
  readonly arrivedAt: string;
  /** Until when it is to be accepted or refused; null for a paper. */
  readonly ackDueAt: string | null;
  readonly settledAt: string | null;
  readonly refusalReason: string | null;
  readonly arrivalNumber: number | null;
  readonly arrivalDate: string | null;
  /** What the sender did with it after its issue. */
  readonly afterIssue: AfterIssue;
  /** Of a paper; null for any other. */
  readonly paper: {
    readonly channel: PaperChannel;
    readonly pages: number | null;
    readonly envelopeMarks: readonly EnvelopeMark[];
    readonly envelopeRemarks: string | null;
  } | null;
  /** Where it is inside the agency; null before it is registered. */
  readonly handling: HandlingSummary | null;
}

interface HandlingSummary {
  readonly state: HandlingState;
  /** Grows with every change; send it back as `If-Match`. */
  readonly version: number;
  readonly leaderId: string | null;
  /** Chủ trì. */
  readonly leadPersonId: string | null;
  /** Hạn xử lý, `YYYY-MM-DD` in Viet Nam. */
  readonly due: string | null;
  readonly overdue: boolean;
}

export type SummaryRow = IncomingRow & {
  readonly handling_state: HandlingState | null;
  readonly handling_version: number;
  readonly leader_id: string | null;
  readonly lead_person_id: string | null;
  readonly due_on: string | null;
};

export const summaryColumns = `${incomingColumns}, h.state AS handling_state, h.version AS handling_version, h.leader_id,
  h.lead_person_id, h.due_on::text AS due_on`;

/** @param notLate the earliest due date that is not late, `YYYY-MM-DD` */
export function summaryOf(row: SummaryRow, notLate: string): IncomingSummary {
  return {
    id: row.id,
    source: row.source,
    documentId: row.document_id,
    state: row.state,
    sender: { code: row.sender_code, name: row.sender_name },
    meantFor: row.meant_for,
    typeCode: row.type_code,
    typeName: typeNameOf(row.type_code),
    number: row.number,
    symbol: row.symbol,
    issuedOn: row.issued_on,
    abstract: row.abstract,
    secrecy: row.secrecy,
    urgency: row.urgency,
    express: isExpress({ typeCode: row.type_code ?? '', urgency: row.urgency }),
    urgencyAt: row.urgency_at?.toISOString() ?? null,
    arrivedAt: row.arrived_at.toISOString(),
    ackDueAt: row.ack_due_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    refusalReason: row.refusal_reason,
    arrivalNumber: row.arrival_number,
    arrivalDate: row.arrival_date,
    afterIssue: afterIssueOf(row),
    paper:
      row.source === 'paper'
        ? {
            channel: row.channel,
            pages: row.pages,
            envelopeMarks: row.envelope_marks,
            envelopeRemarks: row.envelope_remarks,
          }
        : null,
    handling: handlingOf(row, notLate),
  };
}

function typeNameOf(code: string | null): string | null {
  if (code === null) return null;
  return code === otherPaperType ? otherPaperTypeName.name : documentTypeName(code);
}

function handlingOf(row: SummaryRow, notLate: string): HandlingSummary | null {
  const { handling_state: state, due_on: due } = row;
  if (state === null) return null;
  return {
    state,
    version: row.handling_version,
    leaderId: row.leader_id,
    leadPersonId: row.lead_person_id,
    due,
    overdue: state !== 'DONE' && due !== null && due < notLate,
  };
}
