import type { Tx } from '#platform';

import { WorkflowError } from '../../errors';
import type { NoticeKind } from '../../notices/notice-kinds';
import { notify } from '../../notices/notify';
import { frozenCopyRules } from '../../rules/frozen-copies';
import type { Secrecy, Urgency } from '../../rules/marks';
import type { DocumentIdentity, Party } from '../statements/parties';
import type { TakeBackState, WithdrawalState } from './aftercare-states';

/** The copy of a document at one recipient, as its sender's orders concern it. */
export interface Copy {
  readonly id: string;
  readonly agency_id: string;
  readonly sender_code: string;
  readonly message_id: string;
  readonly document_id: string;
  readonly source_node: string;
  readonly meant_for: Party | null;
  readonly type_code: string;
  readonly symbol: string;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  readonly state: string;
  readonly settled_by: string | null;
  readonly take_back: TakeBackState;
  readonly withdrawal: WithdrawalState;
}

const columns = `id, agency_id, sender_code, message_id, document_id, source_node, meant_for, type_code, symbol, abstract,
  secrecy, urgency, state, settled_by, take_back, withdrawal`;

export async function lockCopyOf(tx: Tx, senderCode: string, messageId: string): Promise<Copy | undefined> {
  const [row] = await tx.query<Copy>(
    `SELECT ${columns} FROM workflow.incoming WHERE sender_code = $1 AND message_id = $2 FOR UPDATE`,
    [senderCode, messageId],
  );
  return row;
}

export async function lockCopy(tx: Tx, incomingId: string): Promise<Copy | undefined> {
  const [row] = await tx.query<Copy>(
    `SELECT ${columns} FROM workflow.incoming WHERE id = $1 AND message_id IS NOT NULL FOR UPDATE`,
    [incomingId],
  );
  return row;
}

/** What happened to a copy after its issue, as lists and the document show it. */
export interface AfterIssue {
  /** NONE, 13 asked, 15 given back, 16 refused. */
  readonly takeBack: TakeBackState;
  readonly takeBackReason: string | null;
  readonly takeBackAskedAt: string | null;
  readonly withdrawal: WithdrawalState;
  readonly withdrawalReason: string | null;
  readonly withdrawnAt: string | null;
  /** The document that replaces or corrects it. */
  readonly by: DocumentIdentity | null;
  /** Since when its content is no longer handed out. */
  readonly frozenAt: string | null;
}

export interface AfterIssueRow {
  readonly take_back: TakeBackState;
  readonly take_back_reason: string | null;
  readonly take_back_asked_at: Date | null;
  readonly withdrawal: WithdrawalState;
  readonly withdrawal_reason: string | null;
  readonly withdrawn_at: Date | null;
  readonly withdrawn_for: DocumentIdentity | null;
  readonly frozen_at: Date | null;
}

/** Columns of `AfterIssueRow`, of `workflow.incoming i`. */
export const afterIssueColumns = `i.take_back, i.take_back_reason, i.take_back_asked_at, i.withdrawal,
  i.withdrawal_reason, i.withdrawn_at, i.withdrawn_for, i.frozen_at`;

export function afterIssueOf(row: AfterIssueRow): AfterIssue {
  return {
    takeBack: row.take_back,
    takeBackReason: row.take_back_reason,
    takeBackAskedAt: row.take_back_asked_at?.toISOString() ?? null,
    withdrawal: row.withdrawal,
    withdrawalReason: row.withdrawal_reason,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    by: row.withdrawn_for,
    frozenAt: row.frozen_at?.toISOString() ?? null,
  };
}

/** @throws WorkflowError INCOMING_WITHDRAWN: a frozen copy undergoes nothing any more */
export function refuseFrozen(row: Pick<AfterIssueRow, 'frozen_at'>): void {
  if (row.frozen_at !== null) throw new WorkflowError('INCOMING_WITHDRAWN');
}

/** @throws WorkflowError INCOMING_WITHDRAWN where the rules let nobody with the person's roles read a frozen copy */
export function requireReadable(tx: Tx, row: AfterIssueRow): void {
  if (row.frozen_at === null) return;
  const cause =
    row.take_back === '15' ? 'TAKEN_BACK' : row.withdrawal === 'RECALLED' ? 'RECALLED' : 'REPLACED';
  const { readers } = frozenCopyRules[cause];
  const { actor } = tx;
  if (actor.kind === 'person' && actor.roles.some((role) => readers.includes(role))) return;
  throw new WorkflowError('INCOMING_WITHDRAWN');
}

/** Tells the clerks, whoever accepted it, and everybody to whom it was submitted or assigned. */
export async function tellOfCopy(tx: Tx, copy: Copy, kind: NoticeKind, now: Date): Promise<void> {
  await notify(
    tx,
    {
      kind,
      to: {
        agencyId: copy.agency_id,
        people: [copy.settled_by, ...(await peopleOf(tx, copy.id))],
        roles: ['clerk'],
      },
      about: {
        type: 'incoming',
        id: copy.id,
        documentId: copy.document_id,
        typeCode: copy.type_code,
        symbol: copy.symbol,
        abstract: copy.abstract,
        secrecy: copy.secrecy,
        urgency: copy.urgency,
      },
    },
    now,
  );
}

async function peopleOf(tx: Tx, incomingId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ person_id: string }>(
    `SELECT leader_id AS person_id FROM workflow.handling WHERE id = $1 AND leader_id IS NOT NULL
      UNION
     SELECT person_id FROM workflow.handling_task WHERE handling_id = $1 AND state IN ('open', 'done')`,
    [incomingId],
  );
  return rows.map(({ person_id }) => person_id);
}
