import type { Tx } from '#platform';
import type { Agency, Appointment, Body, Person, Post, Term } from './model';
import { searchText } from './search-text';

/**
 * Rows of the directory are entered by these alone, so that what is derived (the text searched) is always
 * right. A row that is already there takes the new values; its id never changes.
 */
export async function enterAgency(tx: Tx, agency: Agency): Promise<void> {
  const { code, name, shortName } = agency;
  await upsert(tx, 'agency', {
    id: agency.id,
    code,
    name,
    short_name: shortName,
    symbol: agency.symbol,
    bloc: agency.bloc,
    level: agency.level,
    parent_id: agency.parentId,
    node_id: agency.nodeId,
    place: agency.place,
    contact080: agency.contact080,
    successor_id: agency.successorId,
    search: searchText(`${name} ${shortName} ${code}`),
    valid_from: agency.validFrom,
    valid_to: agency.validTo,
  });
}

export async function enterBody(tx: Tx, body: Body): Promise<void> {
  await upsert(tx, 'body', {
    id: body.id,
    agency_id: body.agencyId,
    name: body.name,
    symbol: body.symbol,
    leadership: body.leadership,
    has_seal: body.hasSeal,
    may_issue: body.mayIssue,
    valid_from: body.validFrom,
    valid_to: body.validTo,
  });
}

export async function enterPost(tx: Tx, post: Post): Promise<void> {
  await upsert(tx, 'post', {
    id: post.id,
    agency_id: post.agencyId,
    title: post.title,
    search: searchText(post.title),
    rank: post.rank,
    body_ids: post.bodyIds,
    by_order_of_body_ids: post.byOrderOfBodyIds,
    valid_from: post.validFrom,
    valid_to: post.validTo,
  });
}

export async function enterTerm(tx: Tx, term: Term): Promise<void> {
  const { id, agencyId, name, validFrom, validTo } = term;
  await upsert(tx, 'term', { id, agency_id: agencyId, name, valid_from: validFrom, valid_to: validTo });
}

export async function enterPerson(tx: Tx, person: Person): Promise<void> {
  await upsert(tx, 'person', {
    id: person.id,
    full_name: person.fullName.normalize('NFC'),
    search: searchText(person.fullName),
  });
}

export async function enterAppointment(tx: Tx, appointment: Appointment): Promise<void> {
  await upsert(tx, 'appointment', {
    id: appointment.id,
    person_id: appointment.personId,
    post_id: appointment.postId,
    agency_id: appointment.agencyId,
    roles: appointment.roles,
    acting: appointment.acting,
    valid_from: appointment.validFrom,
    valid_to: appointment.validTo,
  });
}

/** Names of tables and columns come from this file only. */
async function upsert(tx: Tx, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`);
  const changes = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  await tx.execute(
    `INSERT INTO directory.${table} (${names.join(', ')}) VALUES (${places.join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`,
    Object.values(row),
  );
}
