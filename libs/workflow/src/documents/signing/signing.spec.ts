import { KeyVault } from '#access';
import type { AuditAction } from '#audit';
import { FindEntries } from '#audit';
import { demoAgency, demoBody, demoDirectory, demoPerson, demoPin, pkiCases } from '#directory';
import { BlobStore, vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';

import { Desk, provinceCommittee, staff } from '../../testing/test-documents';
import type { Outcome } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { actionsOf, trailOf } from '../../testing/trail';
import type { PreparedSigning } from './prepare-signing';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

async function prepare(documentIds: readonly string[], purpose = 'personal'): Promise<PreparedSigning> {
  const answer = await desk.leader.post('/signing-operations', { purpose, documentIds }).expect(201);
  return answer.body as PreparedSigning;
}

async function stateOf(id: string): Promise<string> {
  return ((await desk.clerk.get(`/documents/${id}`).expect(200)).body as { state: string }).state;
}

/** What the vault holds beside the given key is taken out of use for one test. */
async function withCase<T>(
  kase: (typeof pkiCases)[number],
  owner: { kind: 'person' | 'agency'; id: string },
  run: () => Promise<T>,
): Promise<T> {
  await office.importCase(kase, owner);
  const vault = office.app.get(KeyVault, { strict: false });
  const [newest] = await vault.keysOf(aSystem(), owner, 'signing');
  try {
    return await run();
  } finally {
    await office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.execute('UPDATE access.stored_key SET withdrawn_at = now() WHERE id = $1', [newest?.id]),
    );
  }
}

describe('preparing a signature', () => {
  it('answers title, files, pages and digests of exactly what will be signed', async () => {
    const id = await desk.approved({}, 2);
    const { items, expiresAt } = await prepare([id]);
    expect(items).toMatchObject([
      {
        documentId: id,
        title: 'Nghị quyết: Về đẩy mạnh chuyển đổi số trong các cơ quan của tỉnh',
        files: [{ role: 'main', pages: 2, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      },
    ]);
    expect(items[0]!.files).toHaveLength(1);
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(office.clock.now().getTime());
    expect((await actionsOf(office, id)).at(-1)).toBe('document.signing_prepared success');
  });

  it('is for the holder of the post named on the document', async () => {
    const id = await desk.approved();
    const answer = await office
      .as('pho.tinhuy')
      .post('/signing-operations', { purpose: 'personal', documentIds: [id] })
      .expect(403);
    expect(answer.body).toMatchObject({ code: 'NOT_THE_SIGNER' });
    const clerk = await desk.clerk
      .post('/signing-operations', { purpose: 'personal', documentIds: [id] })
      .expect(403);
    expect(clerk.body).toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
  });

  it('asks again in what standing the signer holds the post, and whether it is still there', async () => {
    const ministry = new Desk(office, staff('bkhcn', 'bkhcn/bo', 'DIRECT', 'QD'));
    const change = (table: string, set: string, id: string) =>
      office.database.ownerDataSource.query(`UPDATE directory.${table} SET ${set} WHERE id = $1`, [id]);
    const appointment = demoDirectory.appointments.find(
      ({ personId }) => personId === demoPerson('lanhdao.bkhcn').id,
    )!;
    const tryPrepare = async (id: string) =>
      (await ministry.leader.post('/signing-operations', { purpose: 'personal', documentIds: [id] }))
        .body as { code?: string };
    const asHead = await ministry.approved();
    await change('appointment', 'acting = true', appointment.id);
    expect(await tryPrepare(asHead)).toMatchObject({ code: 'CAPACITY_NOT_ALLOWED' });
    const asActing = await ministry.approved({ capacity: { code: 'Q' } });
    expect((await tryPrepare(asActing)).code).toBeUndefined();
    await change('appointment', 'acting = false', appointment.id);
    expect(await tryPrepare(asActing)).toMatchObject({ code: 'CAPACITY_NOT_ALLOWED' });
    expect((await tryPrepare(asHead)).code).toBeUndefined();
    const yesterday = vietnamDate(new Date(office.clock.now().getTime() - 86_400_000));
    await change('post', `valid_to = '${yesterday}'`, appointment.postId);
    expect(await tryPrepare(asHead)).toMatchObject({ code: 'POST_NOT_FOUND' });
    await change('post', 'valid_to = NULL', appointment.postId);
    await change('body', `valid_to = '${yesterday}'`, demoBody('bkhcn/bo').id);
    expect(await tryPrepare(asHead)).toMatchObject({ code: 'BODY_NOT_FOUND' });
    await change('body', 'valid_to = NULL', demoBody('bkhcn/bo').id);
  });

  it('is not possible before the approval, nor for another agency', async () => {
    const id = await desk.draft();
    const early = await desk.leader
      .post('/signing-operations', { purpose: 'personal', documentIds: [id] })
      .expect(409);
    expect(early.body).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
    await office
      .as('lanhdao.bkhcn')
      .post('/signing-operations', { purpose: 'personal', documentIds: [id] })
      .expect(404);
  });
});

describe('confirming a signature', () => {
  it('signs the whole list under one PIN', async () => {
    const ids = [await desk.approved(), await desk.approved(), await desk.approved()];
    const items = await desk.trySign('personal', ids);
    expect(items).toEqual(ids.map((documentId) => ({ documentId, outcome: 'signed', level: 'B-T' })));
    for (const id of ids) expect(await stateOf(id)).toBe('PERSON_SIGNED');
  });

  it('signs nothing with a wrong PIN, and leaves the consent open for the right one', async () => {
    const id = await desk.approved();
    const { id: operation } = await prepare([id]);
    const wrong = await desk.leader
      .post(`/signing-operations/${operation}/confirm`, { pin: '000000' })
      .expect(403);
    expect(wrong.body).toMatchObject({ code: 'PIN_WRONG', attemptsLeft: 4 });
    expect(await stateOf(id)).toBe('APPROVED');
    await desk.leader.post(`/signing-operations/${operation}/confirm`, { pin: demoPin }).expect(200);
    expect(await stateOf(id)).toBe('PERSON_SIGNED');
  });

  it('happens once, also when two confirm at the same time', async () => {
    const id = await desk.approved();
    const { id: operation } = await prepare([id]);
    const confirm = () => desk.leader.post(`/signing-operations/${operation}/confirm`, { pin: demoPin });
    const answers = await Promise.all([confirm(), confirm(), confirm()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(
      (await actionsOf(office, id)).filter((action) => action === 'document.person_signed success'),
    ).toHaveLength(1);
    expect((await confirm().expect(409)).body).toMatchObject({ code: 'OPERATION_USED' });
  });

  it('ends with its time, and belongs to one person', async () => {
    const id = await desk.approved();
    const { id: operation } = await prepare([id]);
    const stranger = await office
      .as('pho.tinhuy')
      .post(`/signing-operations/${operation}/confirm`, { pin: demoPin })
      .expect(404);
    expect(stranger.body).toMatchObject({ code: 'OPERATION_NOT_FOUND' });
    office.clock.advance(301_000);
    const late = await desk.leader
      .post(`/signing-operations/${operation}/confirm`, { pin: demoPin })
      .expect(410);
    expect(late.body).toMatchObject({ code: 'OPERATION_EXPIRED' });
    expect(await stateOf(id)).toBe('APPROVED');
  });

  it('does not cover what was changed after the consent; the rest of the list is signed', async () => {
    const [changed, kept] = [await desk.approved(), await desk.approved()];
    const { id: operation } = await prepare([changed, kept]);
    await desk.leader.post(`/documents/${changed}/return`, { reason: 'Sửa trích yếu' }).expect(200);
    const answer = await desk.leader
      .post(`/signing-operations/${operation}/confirm`, { pin: demoPin })
      .expect(200);
    expect((answer.body as { items: Outcome[] }).items).toMatchObject([
      { documentId: changed, outcome: 'failed', code: 'FILE_CHANGED' },
      { documentId: kept, outcome: 'signed' },
    ]);
    expect(await stateOf(changed)).toBe('RETURNED');
    expect(await trailOf(office, changed)).toContainEqual(
      expect.objectContaining({ action: 'document.person_signed', outcome: 'failed', code: 'FILE_CHANGED' }),
    );
  });

  it('leaves the document as it was when the work breaks down in the middle, and can be repeated', async () => {
    const id = await desk.approved();
    const blobs = office.app.get(BlobStore, { strict: false });
    const put = jest.spyOn(blobs, 'put').mockRejectedValueOnce(new Error('the disk is full'));
    const [outcome] = await desk.trySign('personal', [id]);
    put.mockRestore();
    expect(outcome).toMatchObject({ outcome: 'failed', code: 'INTERNAL_ERROR' });
    expect(await stateOf(id)).toBe('APPROVED');
    await desk.sign('personal', [id]);
  });
});

describe('a certificate that must not sign', () => {
  const codes: Readonly<Record<(typeof pkiCases)[number], string>> = {
    expired: 'CERTIFICATE_EXPIRED',
    'not-yet-valid': 'CERTIFICATE_NOT_YET_VALID',
    revoked: 'CERTIFICATE_REVOKED',
    suspended: 'CERTIFICATE_SUSPENDED',
    'wrong-usage': 'CERTIFICATE_WRONG_USAGE',
    untrusted: 'CERTIFICATE_NOT_TRUSTED',
  };

  it.each(pkiCases)('is refused to a person: %s', async (kase) => {
    const id = await desk.approved();
    const owner = { kind: 'person', id: demoPerson('lanhdao.tinhuy').id } as const;
    const [outcome] = await withCase(kase, owner, () => desk.trySign('personal', [id]));
    expect(outcome).toMatchObject({
      outcome: 'failed',
      code: codes[kase],
      message: { vi: expect.any(String) as string, en: expect.any(String) as string },
    });
    expect(await stateOf(id)).toBe('APPROVED');
    expect((await trailOf(office, id)).at(-2)).toMatchObject({
      action: 'document.person_signed',
      outcome: 'failed',
      code: codes[kase],
    });
  });

  it.each(['revoked', 'expired'] as const)(
    'leaves a document numbered and not issued: %s agency certificate',
    async (kase) => {
      const id = await desk.numbered();
      const owner = { kind: 'agency', id: demoAgency('tinhuy').id } as const;
      const [outcome] = await withCase(kase, owner, () => desk.trySign('agency', [id]));
      expect(outcome).toMatchObject({ outcome: 'failed', code: codes[kase] });
      expect(await stateOf(id)).toBe('NUMBERED');
      expect(await actionsOf(office, id)).toContain('document.agency_signature_failed failed');
      const early = await desk.clerk.post(`/documents/${id}/issue`).expect(409);
      expect(early.body).toMatchObject({ code: 'AGENCY_SIGNATURE_REQUIRED' });
      await desk.sign('agency', [id]);
      expect(await stateOf(id)).toBe('AGENCY_SIGNED');
    },
  );
});

describe('while the time-stamping authority is away', () => {
  afterEach(() => {
    office.tsa.down = false;
    office.clock.advance(10_000);
  });

  it('signing goes on without a time-stamp and says so', async () => {
    const ids = [await desk.approved(), await desk.approved()];
    office.tsa.down = true;
    const items = await desk.trySign('personal', ids);
    expect(items).toEqual(ids.map((documentId) => ({ documentId, outcome: 'signed', level: 'B-B' })));
    const signed = (await trailOf(office, ids[0]!)).find(({ action }) => action === 'document.person_signed');
    expect(signed).toMatchObject({ details: { level: 'B-B' } });
  });

  it('the next document gets one again as soon as it is back', async () => {
    const id = await desk.approved();
    expect(await desk.trySign('personal', [id])).toMatchObject([{ level: 'B-T' }]);
  });
});

describe('fifty wrong PINs at once', () => {
  it('are tried five times at most, leave fifty entries, and lock the key until it is released', async () => {
    const id = await desk.numbered();
    const owner = { kind: 'agency', id: demoAgency('tinhuy').id } as const;
    const [key] = await office.app.get(KeyVault, { strict: false }).keysOf(aSystem(), owner, 'signing');
    const prepared = await desk.clerk
      .post('/signing-operations', { purpose: 'agency', documentIds: [id] })
      .expect(201);
    const path = `/signing-operations/${(prepared.body as PreparedSigning).id}/confirm`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => desk.clerk.post(path, { pin: '000000' })),
    );
    const codes = answers.map(({ body }) => (body as { code: string }).code);
    expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(5);
    expect(codes.filter((code) => code === 'KEY_LOCKED')).toHaveLength(45);
    const about = async (action: AuditAction): Promise<number> => {
      const { items } = await office.app
        .get(FindEntries, { strict: false })
        .find(aSystem(), { action, limit: 200 });
      return items.filter(({ entry }) => entry.subject?.id === key!.id).length;
    };
    expect((await about('key.pin_refused')) + (await about('key.locked'))).toBe(50);
    expect((await desk.clerk.post(path, { pin: demoPin }).expect(423)).body).toMatchObject({
      code: 'KEY_LOCKED',
    });
    expect(await stateOf(id)).toBe('NUMBERED');
  });
});
