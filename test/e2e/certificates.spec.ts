import type { PkiHolder } from '#directory';
import { demoAgency, demoPerson } from '#directory';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Caller, Reply } from '../support/caller';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** Certificates and keys that an administrator brings in, and how the node is. */

let node: TestNode;
let administrator: Caller;
beforeAll(async () => {
  node = await startTestNode();
  administrator = await node.as('quantri.tinhuy');
}, 120_000);
afterAll(() => node.close());

function holderOf(key: string): PkiHolder {
  const holder = node.pki.index.holders.find(({ owner, use }) => owner.key === key && use === 'signing');
  if (!holder) throw new Error(`${key} holds no certificate`);
  return holder;
}

const read = (path: string): Promise<Buffer> => readFile(join(node.pki.folder, path));

/** As if nothing of this holder had ever been entered: only a test can. */
async function forget({ thumbprint }: PkiHolder): Promise<void> {
  for (const table of ['directory.certificate', 'access.stored_key'])
    await node.database.ownerDataSource.query(`DELETE FROM ${table} WHERE thumbprint = $1`, [thumbprint]);
}

const enter = (ownerKind: string, ownerId: string, certificate: string, use = 'signing'): Promise<Reply> =>
  administrator.post('/admin/certificates', { ownerKind, ownerId, use, certificate });

async function importKey(holder: PkiHolder, fields: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const form = new FormData();
  const given = {
    ownerKind: holder.owner.kind,
    ownerId: holder.owner.id,
    use: 'signing',
    password: holder.pkcs12Password ?? '',
    pin: '135790',
    ...fields,
  };
  for (const [name, value] of Object.entries(given)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(await read(holder.pkcs12 ?? ''))]), 'khoa.p12');
  return administrator.call('POST', '/admin/keys', { form });
}

describe('a certificate', () => {
  it('is entered when it is good today and names its holder, and not twice', async () => {
    const holder = holderOf('pho.tinhuy');
    await forget(holder);
    const pem = (await read(holder.certificate)).toString('utf8');
    const other = demoPerson('lanhdao.tinhuy').id;
    expect((await enter('person', other, pem)).outcome).toBe('422 CERTIFICATE_OF_ANOTHER_PERSON');
    expect((await enter('person', holder.owner.id, pem)).outcome).toBe('201');
    expect((await enter('person', holder.owner.id, pem)).outcome).toBe('409 CERTIFICATE_KNOWN');
  });

  it('of an agency bears that agency’s code', async () => {
    const holder = holderOf('vptu');
    await forget(holder);
    const pem = (await read(holder.certificate)).toString('utf8');
    expect((await enter('agency', demoAgency('tinhuy').id, pem)).outcome).toBe(
      '422 CERTIFICATE_NOT_OF_AGENCY',
    );
    expect((await enter('agency', demoAgency('vptu').id, pem, 'evidence')).outcome).toBe(
      '409 CERTIFICATE_WRONG_USAGE',
    );
    expect((await enter('agency', demoAgency('vptu').id, pem)).outcome).toBe('201');
  });

  it('is refused when no signature may rest on it', async () => {
    const codes: Record<string, string> = {};
    const above = await node.as('quantri.ubnd');
    for (const one of node.pki.index.cases.filter(({ owner }) => owner.kind === 'person')) {
      const certificate = (await read(one.certificate)).toString('utf8');
      const given = { ownerKind: 'person', ownerId: one.owner.id, use: 'signing', certificate };
      codes[one.case] = (await above.post('/admin/certificates', given)).outcome;
    }
    expect(codes).toMatchObject({
      expired: '409 CERTIFICATE_EXPIRED',
      revoked: '409 CERTIFICATE_REVOKED',
      untrusted: '409 CERTIFICATE_NOT_TRUSTED',
      'wrong-usage': '409 CERTIFICATE_WRONG_USAGE',
    });
    expect((await enter('person', demoPerson('pho.tinhuy').id, 'không phải chứng thư')).outcome).toBe(
      '422 CERTIFICATE_UNREADABLE',
    );
  });

  it('is listed by its end, forecast by its month, and withdrawn with its key', async () => {
    const { items } = (await administrator.get('/admin/certificates?expiring=3650')).body as {
      items: { id: string; notAfter: string; owner: { id: string }; status: string }[];
    };
    const ends = items.map(({ notAfter }) => notAfter);
    expect(ends).toEqual(ends.toSorted());
    const lanhdao = demoPerson('lanhdao.tinhuy').id;
    const forecast = async (): Promise<readonly { month: string; people: { personId: string }[] }[]> =>
      ((await administrator.get('/admin/certificates/forecast')).body as { items: never[] }).items;
    const monthOf = async (): Promise<string | undefined> =>
      (await forecast()).find(({ people }) => people.some(({ personId }) => personId === lanhdao))?.month;
    expect(await monthOf()).toMatch(/^\d{4}-\d{2}$/);
    const mine = items.find(({ owner }) => owner.id === lanhdao);
    const withdraw = (): Promise<Reply> =>
      administrator.post(`/admin/certificates/${mine?.id ?? ''}/withdraw`, { reason: 'Mất thiết bị' });
    expect((await withdraw()).outcome).toBe('204');
    expect((await withdraw()).outcome).toBe('409 HAS_ENDED');
    expect(await monthOf()).toBe('now');
    const leader = await node.as('lanhdao.tinhuy');
    expect((await leader.get('/session')).body).toMatchObject({ keys: { personal: null } });
  });
});

describe('a key', () => {
  it('is put into the vault from its file, under a new PIN, and nothing of it into log or trail', async () => {
    const holder = holderOf('lanhdao.vptu');
    await forget(holder);
    expect((await importKey(holder, { password: 'sai' })).outcome).toBe('422 PKCS12_WRONG_PASSWORD');
    expect((await importKey(holder, { pin: '12' })).outcome).toBe('422 PIN_TOO_SHORT');
    const reply = await importKey(holder);
    expect(reply.outcome).toBe('201');
    const above = (await administrator.get('/keys')).body as { items: { id: string; owner: unknown }[] };
    expect(above.items).toContainEqual(
      expect.objectContaining({
        id: (reply.body as { id: string }).id,
        owner: { kind: 'person', id: holder.owner.id, name: demoPerson('lanhdao.vptu').fullName },
      }),
    );
    const leader = await node.as('lanhdao.vptu');
    expect((await leader.get('/session')).body).toMatchObject({
      keys: { personal: { id: (reply.body as { id: string }).id, state: 'ready' } },
    });
    const entries = await node.query<{ text: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS text FROM audit.entry`,
    );
    for (const { text } of entries) {
      expect(text).not.toContain('135790');
      expect(text).not.toContain(holder.pkcs12Password ?? 'không có mật khẩu');
    }
  });

  it('is not put in by who administers another agency', async () => {
    const other = await node.as('quantri.ubnd');
    const form = new FormData();
    const holder = holderOf('pho.tinhuy');
    const given = { ownerKind: 'person', ownerId: holder.owner.id, use: 'signing', pin: '135790' };
    for (const [name, value] of Object.entries(given)) form.append(name, value);
    form.append('password', holder.pkcs12Password ?? '');
    form.append('file', new Blob([new Uint8Array(await read(holder.pkcs12 ?? ''))]), 'khoa.p12');
    expect((await other.call('POST', '/admin/keys', { form })).outcome).toBe('404 NOT_ADMINISTERED');
  });
});

describe('the health of a node', () => {
  it('says what administrators and inspectors must know, and names no document', async () => {
    const reply = await administrator.get('/admin/health');
    expect(reply.body).toMatchObject({
      nodeId: 'node-1',
      nodes: [{ nodeId: 'node-1', here: true }],
      tsa: { state: 'up' },
      lastBackup: null,
    });
    const { crls, queues } = reply.body as { crls: { state: string }[]; queues: { waiting: number }[] };
    expect(crls.length).toBeGreaterThan(0);
    expect(queues.length).toBeGreaterThan(0);
  });
});
