import type { Directory } from '#directory';
import type { Tx } from '#platform';

import type { HandlingEvent, HandlingState } from './handling-machine';

interface PersonName {
  readonly personId: string;
  readonly fullName: string;
}

export type TaskPart = 'lead' | 'support' | 'inform';
type TaskState = 'open' | 'done' | 'relieved' | 'withdrawn';

/** One person's part in an instruction. */
interface TaskView extends PersonName {
  readonly state: TaskState;
  /** When the person first opened the document after it was assigned. */
  readonly seenAt: string | null;
}

/** Bút phê. */
interface InstructionView {
  readonly id: string;
  /** 1 for the first of the document. */
  readonly n: number;
  /** Null for a top-secret document. */
  readonly text: string | null;
  readonly due: string | null;
  readonly givenBy: PersonName;
  readonly givenAt: string;
  /** When it was replaced or its lead relieved; null for the one in force. */
  readonly endedAt: string | null;
  readonly lead: TaskView;
  readonly support: readonly TaskView[];
  readonly inform: readonly TaskView[];
}

/** What has happened to a registered document inside the agency. */
export interface HandlingDetail {
  readonly leader: PersonName | null;
  /** The newest first. */
  readonly instructions: readonly InstructionView[];
  /** Every step, oldest first. */
  readonly steps: readonly {
    readonly event: HandlingEvent;
    readonly to: HandlingState;
    readonly by: PersonName;
    readonly at: string;
    /** Note or reason given with it. */
    readonly note: string | null;
  }[];
  readonly result: string | null;
  readonly replyDocumentId: string | null;
  readonly doneAt: string | null;
}

export interface AnswerView {
  readonly documentId: string;
  readonly state: string;
  /** Number and symbol; null before it is numbered. */
  readonly symbol: string | null;
  readonly date: string | null;
}

interface InstructionRow {
  readonly id: string;
  readonly n: number;
  readonly text: string | null;
  readonly due_on: string | null;
  readonly given_by: string;
  readonly given_at: Date;
  readonly ended_at: Date | null;
}

interface TaskRow {
  readonly instruction_id: string;
  readonly person_id: string;
  readonly part: TaskPart;
  readonly state: TaskState;
  readonly seen_at: Date | null;
}

interface StepRow {
  readonly event: HandlingEvent;
  readonly to_state: HandlingState;
  readonly person_id: string;
  readonly at: Date;
  readonly note: string | null;
}

interface HandlingRow {
  readonly leader_id: string | null;
  readonly result: string | null;
  readonly reply_document_id: string | null;
  readonly done_at: Date | null;
}

/** Reads all of it, with the names of the people. */
export async function handlingDetail(tx: Tx, directory: Directory, id: string): Promise<HandlingDetail> {
  const [row] = await tx.query<HandlingRow>(
    'SELECT leader_id, result, reply_document_id, done_at FROM workflow.handling WHERE id = $1',
    [id],
  );
  if (!row) throw new Error(`incoming ${id} is not handled`);
  const instructions = await tx.query<InstructionRow>(
    `SELECT id, n, text, due_on::text AS due_on, given_by, given_at, ended_at FROM workflow.instruction
      WHERE handling_id = $1 ORDER BY n DESC`,
    [id],
  );
  const tasks = await tx.query<TaskRow>(
    `SELECT instruction_id, person_id, part, state, seen_at FROM workflow.handling_task
      WHERE handling_id = $1 ORDER BY given_at, id`,
    [id],
  );
  const steps = await tx.query<StepRow>(
    `SELECT event, to_state, person_id, at, note FROM workflow.handling_step WHERE handling_id = $1 ORDER BY seq`,
    [id],
  );
  const name = await namesOf(tx, directory, [
    ...(row.leader_id === null ? [] : [row.leader_id]),
    ...instructions.map(({ given_by }) => given_by),
    ...tasks.map(({ person_id }) => person_id),
    ...steps.map(({ person_id }) => person_id),
  ]);
  return {
    leader: row.leader_id === null ? null : name(row.leader_id),
    instructions: instructions.map((instruction) =>
      instructionView(
        instruction,
        tasks.filter(({ instruction_id }) => instruction_id === instruction.id),
        name,
      ),
    ),
    steps: steps.map(({ event, to_state, person_id, at, note }) => ({
      event,
      to: to_state,
      by: name(person_id),
      at: at.toISOString(),
      note,
    })),
    result: row.result,
    replyDocumentId: row.reply_document_id,
    doneAt: row.done_at?.toISOString() ?? null,
  };
}

type NameOf = (personId: string) => PersonName;

async function namesOf(tx: Tx, directory: Directory, ids: readonly string[]): Promise<NameOf> {
  const people = ids.length === 0 ? [] : await directory.people([...new Set(ids)], tx);
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
  return (personId) => ({ personId, fullName: names.get(personId) ?? '' });
}

function instructionView(row: InstructionRow, tasks: readonly TaskRow[], name: NameOf): InstructionView {
  const inPart = (part: TaskPart): readonly TaskView[] =>
    tasks
      .filter((task) => task.part === part)
      .map(({ person_id, state, seen_at }) => ({
        ...name(person_id),
        state,
        seenAt: seen_at?.toISOString() ?? null,
      }));
  const [lead] = inPart('lead');
  if (!lead) throw new Error(`instruction ${row.id} has no lead`);
  return {
    id: row.id,
    n: row.n,
    text: row.text,
    due: row.due_on,
    givenBy: name(row.given_by),
    givenAt: row.given_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    lead,
    support: inPart('support'),
    inform: inPart('inform'),
  };
}

/** Outgoing documents that answer an incoming one; a cancelled one answers nothing. */
export async function answersTo(tx: Tx, incomingId: string): Promise<readonly AnswerView[]> {
  const rows = await tx.query<{
    id: string;
    state: string;
    symbol: string | null;
    issued_on: string | null;
  }>(
    `SELECT d.id, d.state, d.symbol, d.issued_on::text AS issued_on
       FROM workflow.answer a JOIN workflow.document d ON d.id = a.document_id
      WHERE a.incoming_id = $1 AND d.state <> 'CANCELLED' ORDER BY d.created_at, d.id`,
    [incomingId],
  );
  return rows.map(({ id, state, symbol, issued_on }) => ({ documentId: id, state, symbol, date: issued_on }));
}

/** Notes when an assignee first opened the document. */
export async function markSeen(
  tx: Tx,
  seen: { readonly handlingId: string; readonly personId: string; readonly now: Date },
): Promise<void> {
  await tx.execute(
    `UPDATE workflow.handling_task SET seen_at = $3
      WHERE handling_id = $1 AND person_id = $2 AND seen_at IS NULL AND state IN ('open', 'done')`,
    [seen.handlingId, seen.personId, seen.now],
  );
}
