import type { Directory } from '#directory';
import type { Tx } from '#platform';

/** Names by id, read once for a stretch of rows. */
export async function agencyNames(
  directory: Directory,
  tx: Tx,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  const agencies = wanted.length === 0 ? [] : await directory.agencies(wanted, tx);
  return new Map(agencies.map(({ id, name }) => [id, name]));
}

export async function personNames(
  directory: Directory,
  tx: Tx,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  const people = wanted.length === 0 ? [] : await directory.people(wanted, tx);
  return new Map(people.map(({ id, fullName }) => [id, fullName]));
}
