import { demoBody, demoDirectory, directoryMigrations } from '#directory';
import { newId, platformMigrations } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { testDatabase } from '#platform/testing';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';

import { CreateDocuments1763740000000 } from './1763740000000-create-documents';
import { SeriesByTerm1763852000000 } from './1763852000000-series-by-term';

const body = demoBody('tinhuy/btv');
const term = demoDirectory.terms.findLast(({ agencyId }) => agencyId === body.agencyId)!;

let database: TestDatabase;
let owner: Client;
beforeAll(async () => {
  database = await testDatabase({
    migrations: [...platformMigrations, ...directoryMigrations, CreateDocuments1763740000000],
  });
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function series(typeGroup: string, period: string, last: number, date: string): Promise<string> {
  const id = newId();
  await owner.query(
    `INSERT INTO workflow.number_series (id, body_id, type_group, secrecy_class, period_kind, period, last_number, last_date)
     VALUES ($1, $2, $3, 'all', $4, $5, 1, $6)`,
    [id, body.id, typeGroup, period.length === 4 ? 'year' : 'term', period, date],
  );
  for (let number = 2; number <= last; number += 1)
    await owner.query('UPDATE workflow.number_series SET last_number = $2 WHERE id = $1', [id, number]);
  return id;
}

it('finds the term of every series by its last date, and lets the one that counts further go on', async () => {
  await owner.query(
    `INSERT INTO directory.agency (id, code, name, short_name, symbol, bloc, level, node_id, place, search, valid_from)
     VALUES ($1, 'A', 'A', 'A', 'TU', 'party', 'province', 'node-1', 'Lam Giang', 'a', '2020-01-01')`,
    [body.agencyId],
  );
  await owner.query(
    `INSERT INTO directory.body (id, agency_id, name, symbol, leadership, has_seal, may_issue, valid_from)
     VALUES ($1, $2, 'B', 'TU', 'collective', true, '{NQ}', '2020-01-01')`,
    [body.id, body.agencyId],
  );
  await owner.query(
    'INSERT INTO directory.term (id, agency_id, name, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)',
    [term.id, body.agencyId, term.name, term.validFrom, term.validTo],
  );
  const inTerm = term.validFrom;
  const renamed = await series('NQ', 'Nhiệm kỳ cũ', 3, inTerm);
  const further = await series('QD', term.name, 5, inTerm);
  const behind = await series('QD', '2025-2030', 2, inTerm);
  const year = await series('CV', '2026', 2, '2026-02-01');
  const runner = { query: (sql: string) => owner.query(sql) } as unknown as QueryRunner;
  await new SeriesByTerm1763852000000().up(runner);
  const { rows } = await owner.query<{ id: string; period_key: string }>(
    'SELECT id, period_key FROM workflow.number_series',
  );
  expect(Object.fromEntries(rows.map(({ id, period_key }) => [id, period_key]))).toEqual({
    [renamed]: term.id,
    [further]: term.id,
    [behind]: behind,
    [year]: '2026',
  });
  await expect(
    owner.query('UPDATE workflow.number_series SET period_key = $2, last_number = 4 WHERE id = $1', [
      renamed,
      newId(),
    ]),
  ).rejects.toThrow('only counts up');
});
