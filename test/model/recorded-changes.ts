import type { TestDatabase } from '#platform/testing';
import type { StateMachine } from '#workflow';
import {
  deliveryMachine,
  handlingMachine,
  incomingMachine,
  outgoingMachine,
  takeBackMachine,
  withdrawalMachine,
} from '#workflow';

type AnyMachine = StateMachine<string, string, never>;

/** A column that a machine governs. */
interface Governed {
  readonly table: string;
  readonly column: string;
  readonly machine: AnyMachine;
  /** Where a row may begin beside the entries of its machine. */
  readonly begins?: readonly string[];
  /** A pass through two arrows in one transaction: `from`, `by`, `to`. */
  readonly throughs?: readonly (readonly [string, string, string])[];
}

const grantedByItself = ['NONE', '13', '15'] as const;

export const governed: readonly Governed[] = [
  { table: 'document', column: 'state', machine: outgoingMachine },
  { table: 'handling', column: 'state', machine: handlingMachine },
  // A paper begins as accepted.
  { table: 'incoming', column: 'state', machine: incomingMachine, begins: ['03'] },
  // What was not accepted yet is given back at once.
  { table: 'incoming', column: 'take_back', machine: takeBackMachine, throughs: [grantedByItself] },
  { table: 'incoming', column: 'withdrawal', machine: withdrawalMachine },
  { table: 'delivery', column: 'state', machine: deliveryMachine },
  { table: 'delivery', column: 'take_back', machine: takeBackMachine },
  { table: 'delivery', column: 'withdrawal', machine: withdrawalMachine },
];

/** Tables beside the governed ones that a refused act must leave alone, with the column that names their subject. */
const watched: readonly (readonly [table: string, subject: string])[] = [
  ['document', 'id'],
  ['handling', 'id'],
  ['incoming', 'id'],
  ['delivery', 'document_id'],
  ['incoming_verification', 'incoming_id'],
  ['register_entry', 'document_id'],
  ['arrival_register', 'incoming_id'],
  ['number_series', 'id'],
  ['arrival_series', 'agency_id'],
  ['evidence', 'document_id'],
  ['evidence_return', 'document_id'],
  ['review_step', 'document_id'],
  ['handling_task', 'handling_id'],
  ['instruction', 'handling_id'],
  ['dead_letter', 'subject_id'],
];

/** One change of a row, written down by a trigger in the transaction that made it. */
export interface Change {
  readonly n: number;
  readonly table: string;
  readonly subject: string;
  /** Null where no governed column was set. */
  readonly column: string | null;
  readonly was: string | null;
  readonly became: string | null;
  readonly person: string | null;
}

/**
 * From here on the database itself writes down every change of a governed column and every touch of a watched table,
 * whatever code makes it: what is compared with the tables of the machines is what happened, not what was said.
 */
export async function recordChanges({ ownerDataSource }: TestDatabase): Promise<void> {
  await ownerDataSource.query(`
    CREATE SCHEMA model;
    CREATE TABLE model.change (n bigserial PRIMARY KEY, "table" text, subject uuid, "column" text, was text, became text,
      person uuid);
    CREATE INDEX ON model.change (subject);
    CREATE INDEX ON model.change (person, n);
    GRANT USAGE ON SCHEMA model TO sealpost_app;`);
  for (const [table, subject] of watched) await ownerDataSource.query(triggerOf(table, subject));
}

function triggerOf(table: string, subject: string): string {
  const columns = governed.filter((each) => each.table === table).map(({ column }) => column);
  const person = `nullif(current_setting('sealpost.person_id', true), '')::uuid`;
  const insert = (column: string, was: string, became: string): string =>
    `INSERT INTO model.change ("table", subject, "column", was, became, person)
       VALUES ('${table}', NEW.${subject}, ${column}, ${was}, ${became}, ${person});`;
  // The state of a document and of its handling is set by every act, also where it stays what it was.
  const always = table === 'document' || table === 'handling';
  const noted = columns.map((column) => {
    const old = `CASE WHEN TG_OP = 'UPDATE' THEN OLD.${column} END`;
    const note = insert(`'${column}'`, old, `NEW.${column}`);
    return always ? note : `IF TG_OP = 'INSERT' OR OLD.${column} <> NEW.${column} THEN ${note} END IF;`;
  });
  return `
    CREATE FUNCTION model.note_${table}() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
    BEGIN
      ${noted.join('\n')}
      ${always ? '' : insert('NULL', 'NULL', 'NULL')}
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_change AFTER INSERT OR UPDATE ON workflow.${table}
      FOR EACH ROW EXECUTE FUNCTION model.note_${table}();`;
}

export interface Step {
  readonly table: string;
  readonly column: string;
  readonly was: string | null;
  readonly became: string;
  readonly times: number;
}

/** Every kind of step that a governed column has taken. */
export const stepsTaken = `SELECT "table", "column", was, became, count(*)::integer AS times FROM model.change
  WHERE "column" IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

/** Why a step is none of its machine's; undefined when it is an arrow, or the beginning of a row. */
export function faultOf({ table, column, was, became }: Step): string | undefined {
  const found = governed.find((each) => each.table === table && each.column === column);
  if (!found) return `no machine governs ${table}.${column}`;
  const { machine, begins = [], throughs = [] } = found;
  const isArrow = (from: string, to: string): boolean =>
    machine.transitions.some((row) => row.from === from && row.to === to);
  const allowed =
    was === null
      ? [machine.initial, ...(machine.otherEntries ?? []), ...begins].includes(became)
      : isArrow(was, became) ||
        throughs.some(
          ([from, by, to]) => from === was && to === became && isArrow(from, by) && isArrow(by, to),
        );
  return allowed ? undefined : `${table}.${column}: ${was ?? 'nothing'} to ${became}`;
}
