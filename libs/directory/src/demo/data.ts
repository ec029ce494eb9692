import { flatten } from './flatten';
import type { DemoDirectory } from './flatten';
import { frontAgencies } from './front-agencies';
import { partyAgencies } from './party-agencies';
import { stateAgencies } from './state-agencies';

/** The demo's agencies, bodies, posts and people: invented, with ids that never change. */
export const demoDirectory: DemoDirectory = flatten([...partyAgencies, ...stateAgencies, ...frontAgencies]);

/** Password of every demo login. For demonstration only; refused with NODE_ENV=production. */
export const demoPassword = 'Trinh-dien-2026';

/** PIN of every demo key that needs one. For demonstration only; refused with NODE_ENV=production. */
export const demoPin = '260726';

/** Logins of the demo: the login name is the person's key, e.g. `vanthu.tinhuy`. */
export const demoLogins: readonly {
  readonly personId: string;
  readonly loginName: string;
  readonly password: string;
}[] = demoDirectory.people.map(({ id, key }) => ({ personId: id, loginName: key, password: demoPassword }));

/** The demo agency with that short key, e.g. `tinhuy`, `ubnd`, `bkhcn`. Throws for an unknown key. */
export function demoAgency(key: string): DemoDirectory['agencies'][number] {
  return known(demoDirectory.agencies, key);
}

/** The demo person with that key, e.g. `lanhdao.tinhuy`. Throws for an unknown key. */
export function demoPerson(key: string): DemoDirectory['people'][number] {
  return known(demoDirectory.people, key);
}

/** The demo issuing body with that key, e.g. `tinhuy/btv`. Throws for an unknown key. */
export function demoBody(key: string): DemoDirectory['bodies'][number] {
  return known(demoDirectory.bodies, key);
}

function known<T extends { readonly key: string }>(rows: readonly T[], key: string): T {
  const row = rows.find((candidate) => candidate.key === key);
  if (row === undefined) throw new Error(`the demo data has no ${key}`);
  return row;
}

/** Names of the demo's nodes: everything on one, or one for each network. */
export const demoNodeIds = { single: 'node-1', party: 'party', state: 'state' } as const;

/** `one-node` hosts every agency on one node; `two-nodes` parts the Party's network from the State's. */
export type DemoLayout = 'one-node' | 'two-nodes';

/** The node that hosts an agency: the Front and the unions are on the Party's network. */
export function demoNodeOf(
  agency: Pick<DemoDirectory['agencies'][number], 'bloc'>,
  layout: DemoLayout,
): string {
  if (layout === 'one-node') return demoNodeIds.single;
  return agency.bloc === 'state' ? demoNodeIds.state : demoNodeIds.party;
}
