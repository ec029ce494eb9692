import type { PersonActor } from '#platform';

export const incomingViews = [
  'to-accept',
  'to-submit',
  'to-instruct',
  'mine',
  'to-know',
  'assigned',
  'in-progress',
  'due-soon',
  'overdue',
  'done',
] as const;

/** What a person looks for; each is one scan of one index, in the order of that index. */
export type IncomingView = (typeof incomingViews)[number];

/** The part of a query that a view is made of. `$1` agency, `$2` person, `$3` the first due date not late, `$4` the last one near. */
export interface ViewSource {
  readonly from: string;
  readonly where: string;
  /** What the page is sorted by, before the id; as text in the cursor. */
  readonly key: string;
  /** Type of the key in SQL. */
  readonly type: 'timestamptz' | 'date';
  readonly direction: 'ASC' | 'DESC';
  /** The row whose id breaks ties. */
  readonly id: 'i.id' | 'h.id' | 't.id';
}

const incoming = 'workflow.incoming i LEFT JOIN workflow.handling h ON h.id = i.id';
const handled = 'workflow.handling h JOIN workflow.incoming i ON i.id = h.id';
const tasked = `workflow.handling_task t JOIN workflow.handling h ON h.id = t.handling_id
  JOIN workflow.incoming i ON i.id = h.id`;
const ofAgency = 'h.agency_id = $1';
const ofPerson = 't.person_id = $2 AND t.agency_id = $1';
const underWay = `h.state IN ('ASSIGNED', 'IN_PROGRESS')`;
const openTask = `${ofPerson} AND t.state = 'open' AND t.part <> 'inform'`;

const entered = { key: 'h.entered_at', type: 'timestamptz', id: 'h.id' } as const;
const dueOfAgency = {
  from: handled,
  key: `coalesce(h.due_on, '9999-12-31')`,
  type: 'date',
  direction: 'ASC',
  id: 'h.id',
} as const;
const dueOfPerson = {
  from: tasked,
  key: `coalesce(t.due_on, '9999-12-31')`,
  type: 'date',
  direction: 'ASC',
  id: 't.id',
} as const;
const soon = (due: string): string => `${due} >= $3::date AND ${due} <= $4::date`;
const late = (due: string): string => `${due} < $3::date`;

/** Everybody's own. */
const own = {
  mine: { ...dueOfPerson, where: openTask },
  'to-know': {
    from: tasked,
    where: `${ofPerson} AND t.part = 'inform' AND t.seen_at IS NULL AND t.state <> 'withdrawn'`,
    key: 't.given_at',
    type: 'timestamptz',
    direction: 'ASC',
    id: 't.id',
  },
  assigned: {
    from: tasked,
    where: `${ofPerson} AND t.state IN ('open', 'done')`,
    key: 't.given_at',
    type: 'timestamptz',
    direction: 'DESC',
    id: 't.id',
  },
  'to-instruct': {
    from: handled,
    where: `h.leader_id = $2 AND h.agency_id = $1 AND h.state = 'SUBMITTED'`,
    ...entered,
    direction: 'ASC',
  },
} as const satisfies Partial<Record<IncomingView, ViewSource>>;

/** The whole agency's, for those who answer for it. */
const ofTheAgency = {
  'to-accept': {
    from: incoming,
    where: `i.agency_id = $1 AND i.state = '01'`,
    key: 'i.arrived_at',
    type: 'timestamptz',
    direction: 'DESC',
    id: 'i.id',
  },
  'to-submit': {
    from: handled,
    where: `${ofAgency} AND h.state = 'REGISTERED'`,
    ...entered,
    direction: 'ASC',
  },
  'in-progress': { ...dueOfAgency, where: `${ofAgency} AND ${underWay}` },
  'due-soon': { ...dueOfAgency, where: `${ofAgency} AND ${underWay} AND ${soon(dueOfAgency.key)}` },
  overdue: { ...dueOfAgency, where: `${ofAgency} AND ${underWay} AND ${late(dueOfAgency.key)}` },
  done: { from: handled, where: `${ofAgency} AND h.state = 'DONE'`, ...entered, direction: 'DESC' },
} as const satisfies Partial<Record<IncomingView, ViewSource>>;

/** The same words for those who see only what is theirs. */
const ofTheWorker = {
  'in-progress': { ...dueOfPerson, where: openTask },
  'due-soon': { ...dueOfPerson, where: `${openTask} AND ${soon(dueOfPerson.key)}` },
  overdue: { ...dueOfPerson, where: `${openTask} AND ${late(dueOfPerson.key)}` },
} as const satisfies Partial<Record<IncomingView, ViewSource>>;

const nothing: ViewSource = {
  from: handled,
  where: 'false',
  ...entered,
  direction: 'ASC',
};

/** A view as this person has it: the agency's for a clerk or a leader, for others what is assigned to them. */
export function viewFor(actor: PersonActor, view: IncomingView): ViewSource {
  const answersForAgency = actor.roles.includes('clerk') || actor.roles.includes('leader');
  const scope: Partial<Record<IncomingView, ViewSource>> = answersForAgency
    ? { ...own, ...ofTheAgency }
    : { ...own, ...ofTheWorker };
  return scope[view] ?? nothing;
}

/** Everything of the agency, the newest first; with a state, those in it. */
export const allOfAgency: ViewSource = {
  from: incoming,
  where: 'i.agency_id = $1',
  key: 'i.arrived_at',
  type: 'timestamptz',
  direction: 'DESC',
  id: 'i.id',
};

/** Need to know: a leader who is not also the clerk sees no secret but those that are the leader's own. */
export function secretsOf(actor: PersonActor): string {
  if (actor.roles.includes('clerk') || !actor.roles.includes('leader')) return 'true';
  return `(i.secrecy = 'THUONG' OR h.leader_id = $2 OR EXISTS (
    SELECT FROM workflow.handling_task k
     WHERE k.handling_id = i.id AND k.person_id = $2 AND k.state IN ('open', 'done')))`;
}
