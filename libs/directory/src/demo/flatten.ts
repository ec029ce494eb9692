import type { Agency, Appointment, Body, Person, Post, Term } from '../model';
import { demoId } from './demo-id';
import type { AgencyDescription, BodyDescription, PostDescription } from './describe';

const defaultFrom = '2021-01-01';

export type KeyAlgorithm = 'P-256' | 'RSA-3072';

export interface DemoAgency extends Omit<Agency, 'nodeId'> {
  readonly key: string;
  /** Key algorithm of its signing and encryption certificates. */
  readonly keys: KeyAlgorithm;
}

export interface DemoPerson extends Person {
  /** `<post>.<agency>`: also the login name and the name of the person's key files. */
  readonly key: string;
  readonly agencyId: string;
  readonly agencyKey: string;
  readonly title: string;
  readonly keys: KeyAlgorithm;
}

export interface DemoDirectory {
  readonly agencies: readonly DemoAgency[];
  readonly bodies: readonly (Body & { readonly key: string })[];
  readonly posts: readonly Post[];
  readonly terms: readonly Term[];
  readonly people: readonly DemoPerson[];
  readonly appointments: readonly Appointment[];
}

/** Rows of the nested descriptions, parents and successors resolved to ids. */
export function flatten(descriptions: readonly AgencyDescription[]): DemoDirectory {
  const keys = new Set(descriptions.map((description) => description.key));
  const each = <T>(rows: (description: AgencyDescription) => readonly T[]): T[] => descriptions.flatMap(rows);
  for (const { parent, successor } of descriptions)
    for (const key of [parent, successor])
      if (key !== undefined && !keys.has(key)) throw new Error(`demo data names an unknown agency ${key}`);
  return {
    agencies: descriptions.map(agencyRow),
    bodies: each((agency) => agency.bodies.map((body) => bodyRow(agency, body))),
    posts: each((agency) => (agency.posts ?? []).map((post) => postRow(agency, post))),
    terms: each(termRows),
    people: each((agency) => (agency.posts ?? []).map((post) => personRow(agency, post))),
    appointments: each((agency) => (agency.posts ?? []).map((post) => appointmentRow(agency, post))),
  };
}

const agencyId = (key: string): string => demoId(`agency:${key}`);
const bodyId = (path: string): string => demoId(`body:${path}`);
const personKey = (agency: AgencyDescription, post: PostDescription): string => `${post.key}.${agency.key}`;

function validity(agency: AgencyDescription): {
  readonly validFrom: string;
  readonly validTo: string | null;
} {
  return { validFrom: agency.validFrom ?? defaultFrom, validTo: agency.validTo ?? null };
}

function agencyRow(agency: AgencyDescription): DemoAgency {
  const { key, code, name, shortName, symbol, bloc, level, place } = agency;
  return {
    id: agencyId(key),
    key,
    code,
    name,
    shortName,
    symbol,
    bloc,
    level,
    place,
    parentId: agency.parent === undefined ? null : agencyId(agency.parent),
    contact080: agency.contact080 ?? null,
    successorId: agency.successor === undefined ? null : agencyId(agency.successor),
    keys: agency.keys ?? 'P-256',
    ...validity(agency),
  };
}

function bodyRow(agency: AgencyDescription, body: BodyDescription): Body & { readonly key: string } {
  const key = `${agency.key}/${body.key}`;
  return {
    id: bodyId(key),
    key,
    agencyId: agencyId(agency.key),
    name: body.name,
    symbol: body.symbol,
    leadership: body.leadership,
    hasSeal: body.seal !== 'none',
    mayIssue: body.mayIssue,
    ...validity(agency),
  };
}

function postRow(agency: AgencyDescription, post: PostDescription): Post {
  const bodies = post.bodies ?? agency.bodies.map((body) => body.key);
  return {
    id: demoId(`post:${personKey(agency, post)}`),
    agencyId: agencyId(agency.key),
    title: post.title,
    rank: post.rank,
    bodyIds: bodies.map((body) => bodyId(`${agency.key}/${body}`)),
    byOrderOfBodyIds: (post.byOrderOf ?? []).map(bodyId),
    ...validity(agency),
  };
}

function termRows(agency: AgencyDescription): Term[] {
  if (agency.term === undefined) return [];
  const { name, from, to } = agency.term;
  const id = demoId(`term:${agency.key}:${from}`);
  return [{ id, agencyId: agencyId(agency.key), name, validFrom: from, validTo: to ?? null }];
}

function personRow(agency: AgencyDescription, post: PostDescription): DemoPerson {
  const key = personKey(agency, post);
  return {
    id: demoId(`person:${key}`),
    key,
    fullName: post.holder.fullName,
    agencyId: agencyId(agency.key),
    agencyKey: agency.key,
    title: post.title,
    keys: post.holder.keys ?? 'P-256',
  };
}

function appointmentRow(agency: AgencyDescription, post: PostDescription): Appointment {
  const key = personKey(agency, post);
  const { from, to, roles } = post.holder;
  const whole = validity(agency);
  return {
    id: demoId(`appointment:${key}`),
    personId: demoId(`person:${key}`),
    postId: demoId(`post:${key}`),
    agencyId: agencyId(agency.key),
    roles,
    acting: false,
    validFrom: from ?? whole.validFrom,
    validTo: to ?? whole.validTo,
  };
}
