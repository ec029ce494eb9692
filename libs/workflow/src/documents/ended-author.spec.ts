import { demoAgency, demoBody, demoPerson, demoPin, Directory } from '#directory';
import { vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';

import { Desk, newDocument, provinceCommittee } from '../testing/test-documents';
import type { TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import { actionsOf } from '../testing/trail';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({
    signers: ['lanhdao.tinhuy'],
    agencies: ['tinhuy'],
  });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const agency = demoAgency('tinhuy').id;
const body = demoBody('tinhuy/btv').id;

const sql = (text: string, parameters: readonly unknown[]): Promise<unknown> =>
  office.database.unitOfWork.run(aSystem(), (tx) => tx.execute(text, parameters));

/** What is no longer so from today on, while something is tried. */
interface Ending {
  readonly code: string;
  begin(): Promise<unknown>;
  undo(): Promise<unknown>;
}
const ends = (table: 'agency' | 'body', id: string, code: string): Ending => ({
  code,
  begin: () =>
    sql(`UPDATE directory.${table} SET valid_to = $2 WHERE id = $1`, [id, vietnamDate(office.clock.now())]),
  undo: () => sql(`UPDATE directory.${table} SET valid_to = NULL WHERE id = $1`, [id]),
});
const endings: readonly (readonly [string, Ending])[] = [
  ['an agency that has ended', ends('agency', agency, 'AGENCY_ENDED')],
  ['a body that was dissolved', ends('body', body, 'BODY_NOT_FOUND')],
  [
    'a body that may not issue the type any more',
    {
      code: 'TYPE_NOT_ALLOWED',
      begin: () =>
        sql(`UPDATE directory.body SET may_issue = array_remove(may_issue, 'NQ') WHERE id = $1`, [body]),
      undo: () => sql(`UPDATE directory.body SET may_issue = may_issue || 'NQ'::text WHERE id = $1`, [body]),
    },
  ],
];

describe.each(endings)('%s', (_, { code, begin, undo }) => {
  it('drafts, signs, numbers, seals and issues nothing, and goes on when that was a mistake', async () => {
    const ids = {
      approved: await desk.approved(),
      signed: await desk.personSigned(),
      numbered: await desk.numbered(),
      sealed: await desk.agencySigned(),
    };
    await begin();
    try {
      const prepare = (purpose: string, id: string): object => ({ purpose, documentIds: [id] });
      for (const asked of [
        desk.drafter.post('/documents', newDocument(provinceCommittee)),
        desk.leader.post('/signing-operations', prepare('personal', ids.approved)),
        desk.clerk.post(`/documents/${ids.signed}/number`),
        desk.clerk.post('/signing-operations', prepare('agency', ids.numbered)),
        desk.clerk.post(`/documents/${ids.sealed}/issue`),
      ]) {
        expect((await asked).body).toMatchObject({ code });
      }
    } finally {
      await undo();
    }
    expect(await actionsOf(office, ids.signed)).not.toContain('document.numbered success');
    await desk.clerk.post(`/documents/${ids.signed}/number`).expect(200);
    await desk.clerk.post(`/documents/${ids.sealed}/issue`).expect(200);
  });
});

it('is noticed between the list that was shown and the PIN', async () => {
  const id = await desk.numbered();
  const prepared = await desk.clerk
    .post('/signing-operations', { purpose: 'agency', documentIds: [id] })
    .expect(201);
  const [, { begin, undo }] = endings[0]!;
  await begin();
  try {
    const path = `/signing-operations/${(prepared.body as { id: string }).id}/confirm`;
    const refused = await desk.clerk.post(path, { pin: demoPin }).expect(409);
    expect(refused.body).toMatchObject({ code: 'AGENCY_ENDED' });
  } finally {
    await undo();
  }
  expect(await actionsOf(office, id)).not.toContain('document.agency_signed success');
});

it('gives nobody an office any more', async () => {
  const clerk = demoPerson('vanthu.tinhuy').id;
  const [, { begin, undo }] = endings[0]!;
  const offices = async (): Promise<number> => {
    const directory = office.app.get(Directory, { strict: false });
    return (await directory.appointmentsOf(clerk, vietnamDate(office.clock.now()))).length;
  };
  expect(await offices()).toBe(1);
  await begin();
  try {
    expect(await offices()).toBe(0);
  } finally {
    await undo();
  }
});
