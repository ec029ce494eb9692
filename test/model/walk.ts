import type { TestOffice } from '../../libs/workflow/src/testing';
import { seededRandom } from '../chaos/random';
import type { Act, Answer, Expected, Scene, Subject } from './act';
import { oneOf } from './act';
import { afterIssue } from './acts/after-issue';
import { drafting } from './acts/drafting';
import { handling } from './acts/handling';
import { issuing } from './acts/issuing';
import { receiving } from './acts/receiving';
import type { Person } from './people';
import type { Change } from './recorded-changes';

const acts = [...drafting, ...issuing, ...afterIssue, ...receiving, ...handling] as unknown as readonly Act[];

/** One operation in so many is tried without asking whether it makes sense. */
const recklessOneIn = 4;

export interface Tally {
  operations: number;
  done: number;
  repeated: number;
  refused: number;
  /** Not as expected, because somebody else was faster. */
  overtaken: number;
  readonly codes: Map<string, number>;
  readonly byAct: Map<string, number>;
  readonly faults: string[];
}

export const newTally = (): Tally => ({
  operations: 0,
  done: 0,
  repeated: 0,
  refused: 0,
  overtaken: 0,
  codes: new Map(),
  byAct: new Map(),
  faults: [],
});

interface Choice {
  readonly act: Act;
  readonly subject: Subject;
}

/** One person at work: chooses, acts, and compares what came of it with what should have. */
export class Walker {
  private readonly random: () => number;
  private readonly scene: Scene;
  /** The last of this person's own recorded changes. */
  private last = 0;

  constructor(
    office: TestOffice,
    private readonly by: Person,
    seed: number,
    private readonly tally: Tally,
  ) {
    this.random = seededRandom(seed);
    this.scene = {
      office,
      by,
      random: this.random,
      query: (sql, parameters) => office.database.ownerDataSource.query(sql, [...parameters]),
    };
  }

  async run(until: number): Promise<void> {
    while (this.tally.operations < until && this.tally.faults.length < 20) {
      this.tally.operations += 1;
      const choice = await this.choose();
      await this.act(choice);
    }
  }

  private async choose(): Promise<Choice> {
    if (this.random() * recklessOneIn >= 1) {
      const mine = acts.filter(({ may }) => may.some((role) => this.by.roles.includes(role)));
      for (let tries = 0; tries < 6; tries += 1) {
        const act = this.weighted(mine);
        const likely = await act.choose(this.scene, 'own');
        const subject = likely.find((each) => act.expected(this.by, each) === 'done');
        if (subject) return { act, subject };
      }
    }
    for (;;) {
      const act = oneOf(this.random, acts);
      const [subject] = await act.choose(this.scene, this.random() < 0.5 ? 'own' : 'any');
      if (subject) return { act, subject };
    }
  }

  private weighted(from: readonly Act[]): Act {
    let left = this.random() * from.reduce((sum, { weight }) => sum + weight, 0);
    return from.find(({ weight }) => (left -= weight) < 0) ?? oneOf(this.random, from);
  }

  private async act({ act, subject }: Choice): Promise<void> {
    const isLetIn = act.may.some((role) => this.by.roles.includes(role));
    const expected = isLetIn ? act.expected(this.by, subject) : 'POLICY_DENIED';
    const answer = await act.perform(this.scene, subject);
    const { own, others } = await this.changes(act.watch(subject));
    const overtaken = others !== subject.seen;
    this.count(act, { answer, expected });
    const fault = faultOfOutcome(act, { answer, expected, own, overtaken });
    if (fault === undefined) return;
    const facts = JSON.stringify({ by: this.by.key, expected, answer, subject, own });
    this.tally.faults.push(`${act.name}: ${fault} ${facts}`);
  }

  private async changes(
    watched: readonly string[],
  ): Promise<{ readonly own: readonly Change[]; readonly others: number }> {
    const [row] = await this.scene.query<{ own: Change[] | null; others: number }>(
      `SELECT (SELECT jsonb_agg(c ORDER BY c.n) FROM model.change c WHERE c.person = $2 AND c.n > $3) AS own,
              (SELECT count(*)::integer FROM model.change c
                WHERE c.subject = ANY($1::uuid[]) AND (c.person = $2 AND c.n > $3) IS NOT TRUE) AS others`,
      [watched, this.by.personId, this.last],
    );
    const own = row?.own ?? [];
    this.last = own.at(-1)?.n ?? this.last;
    return { own, others: row?.others ?? 0 };
  }

  private count(act: Act, { answer, expected }: { answer: Answer; expected: Expected }): void {
    const { tally } = this;
    const outcome = answer.code ?? (expected === 'repeated' ? 'repeated' : 'done');
    if (answer.code === undefined) tally[expected === 'repeated' ? 'repeated' : 'done'] += 1;
    else tally.refused += 1;
    if (outcome !== expected) tally.overtaken += 1;
    tally.codes.set(outcome, (tally.codes.get(outcome) ?? 0) + 1);
    if (outcome === 'done') tally.byAct.set(act.name, (tally.byAct.get(act.name) ?? 0) + 1);
  }
}

interface Outcome {
  readonly answer: Answer;
  readonly expected: Expected;
  /** What this person changed meanwhile. */
  readonly own: readonly Change[];
  /** Whether anybody else changed the subject meanwhile. */
  readonly overtaken: boolean;
}

/** What is wrong with an outcome; undefined when it is as it must be. */
export function faultOfOutcome(
  { moves }: Pick<Act, 'moves'>,
  { answer, expected, own, overtaken }: Outcome,
): string | undefined {
  const arrows = (moves?.machine.transitions ?? []).filter(({ event }) => event === moves?.event);
  if (answer.status >= 500) return 'failed';
  if (answer.code !== undefined) {
    if (own.length > 0) return 'was refused and changed something';
    if (answer.code === 'TRANSITION_NOT_ALLOWED' && arrows.some(({ from }) => from === answer.state))
      return 'was refused in a state from which the table leads on';
    return answer.code === expected || overtaken ? undefined : 'was answered otherwise than expected';
  }
  if (expected === 'repeated')
    return own.length > 0 && !overtaken ? 'changed something a second time' : undefined;
  if (expected !== 'done') return overtaken ? undefined : 'was let through';
  if (moves === undefined) return undefined;
  const moved = own.some(
    ({ table, was, became }) =>
      table === moves.table && arrows.some(({ from, to }) => from === was && to === became),
  );
  // Who comes second to the same decision repeats it.
  return moved || overtaken ? undefined : 'was done, and nothing moved';
}
