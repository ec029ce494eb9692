import type { Role } from '#platform';
import type { StateMachine } from '#workflow';
import type { TestOffice } from '../../libs/workflow/src/testing';
import type { Person } from './people';

/** Something that can be acted upon, as it was when it was chosen. */
export interface Subject {
  readonly id: string;
  /** How often it and what belongs to it had been touched. */
  readonly seen: number;
}

/** What came back: no code for success. */
export interface Answer {
  readonly status: number;
  readonly code?: string;
  /** Of a refusal by the table: the state in which it was refused. */
  readonly state?: string;
}

/** `done`, `repeated` (let through, and nothing changes), or the code of a refusal. */
export type Expected = string;

export interface Scene {
  readonly office: TestOffice;
  readonly by: Person;
  readonly random: () => number;
  /** Rows as the owner of the tables sees them. */
  query<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
}

/** `own`: what a person of the agency would turn to. `any`: whatever there is, of anybody, in whatever state. */
export type Reach = 'own' | 'any';

/** One thing that people do. What is expected is said from the tables of law and policy, not by asking the code. */
export interface Act<Chosen extends Subject = Subject> {
  readonly name: string;
  /** Whom the policy of the route lets in. */
  readonly may: readonly Role[];
  /** How often a person chooses it, against the others. */
  readonly weight: number;
  /** The column it moves by its machine. */
  readonly moves?: { readonly table: string; readonly event: string; readonly machine: Table };
  choose(scene: Scene, reach: Reach): Promise<readonly Chosen[]>;
  /** For somebody whom the policy lets in. */
  expected(by: Person, subject: Chosen): Expected;
  perform(scene: Scene, subject: Chosen): Promise<Answer>;
  /** Ids under which changes are recorded that may bear on the outcome. */
  watch(subject: Chosen): readonly string[];
}

export type Table = Pick<StateMachine<string, string, never>, 'transitions'>;

/** What the table of a machine says to an event, asked by somebody with these roles. */
export function tableSays(
  machine: Table,
  event: string,
  {
    state,
    roles,
    subject,
  }: { readonly state: string; readonly roles: readonly Role[]; readonly subject?: object },
): Expected {
  const arrows = machine.transitions.filter((row) => row.from === state && row.event === event);
  if (arrows.length === 0) return 'TRANSITION_NOT_ALLOWED';
  const mine = arrows.filter(({ role }) => roles.some((held) => role.includes(held)));
  if (mine.length === 0) return 'ROLE_NOT_ALLOWED';
  const reasons = mine.map(({ guard }) => guard?.((subject ?? {}) as never));
  return reasons.includes(undefined) ? 'done' : (reasons[0] ?? 'done');
}

/** The first of these that is no `done`. */
export function firstRefusal(...said: readonly Expected[]): Expected {
  return said.find((one) => one !== 'done') ?? 'done';
}

export const unless = (holds: boolean, code: string): Expected => (holds ? 'done' : code);

interface Response {
  readonly status: number;
  readonly body: unknown;
}

export async function answered(response: PromiseLike<Response>): Promise<Answer> {
  const { status, body } = await response;
  if (status < 400) return { status };
  const { code = 'no code', state } = body as { code?: string; state?: string };
  return { status, code, ...(state !== undefined && { state }) };
}

/** Posts to a path that the subject names. */
export function posting<Chosen extends Subject>(
  pathOf: (id: string) => string,
  body?: object,
): Act<Chosen>['perform'] {
  return ({ by }, { id }) => answered(by.client.post(pathOf(id), body));
}

export function oneOf<T>(random: () => number, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}
