import { createHash } from 'node:crypto';
import { demoAgency } from '#directory';
import { openPdf } from '#pdf';
import type { ValidationContext } from '#signing';
import { verifyPdf } from '#signing';
import { arrivalOf, verifyAndAccept } from '../../apps/launcher/src/job/receive';
import { sampleAnnex, sampleLetter } from '../../apps/launcher/src/job/sample-documents';
import { samplePdf } from '../../libs/signing/src/testing';
import { idempotencyKey } from '../support/caller';
import type { Staff } from '../support/desk';
import { Desk, newDocument, ok, staffs } from '../support/desk';
import { trustOf } from '../support/development-pki';
import { itWith } from '../support/outside-programs';
import { pdfsigVerdicts, qpdfComplaints } from '../support/outside-verifiers';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfDocument } from '../support/trail';

/** Copies of documents: who makes which of what, what their files are worth, and how they go on to others. */

interface FileOf {
  readonly id: string;
  readonly role: string;
  readonly pageCount: number;
}
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly symbol: string | null;
  readonly abstract: string;
  readonly typeName: string;
  readonly files: readonly FileOf[];
}

let node: TestNode;
let trust: ValidationContext;
/** A decision of the province's People's Committee, issued with an annex, and how it arrived at each recipient. */
let decision: string;
const arrived: Record<string, string> = {};

beforeAll(async () => {
  node = await startTestNode();
  trust = await trustOf(node.pki);
  const desk = new Desk(node, staffs.peoplesCommittee);
  decision = await desk.draft(to('bkhcn', 'dangsonthuy'), { bytes: await sampleLetter() });
  const annex = { bytes: await sampleAnnex(), role: 'annex', title: 'Phụ lục' };
  await ok(201, (await desk.drafter).upload(`/documents/${decision}/files`, annex));
  await ok(200, (await desk.drafter).post(`/documents/${decision}/submit`));
  await ok(200, (await desk.leader).post(`/documents/${decision}/approve`));
  await desk.sign('personal', [decision]);
  await ok(200, (await desk.clerk).post(`/documents/${decision}/number`));
  await desk.sign('agency', [decision]);
  await ok(200, (await desk.clerk).post(`/documents/${decision}/issue`));
  for (const key of ['bkhcn', 'dangsonthuy']) arrived[key] = await acceptedBy(key, decision);
}, 180_000);
afterAll(() => node.close());

const to = (
  ...keys: readonly string[]
): { readonly recipients: readonly { readonly agencyId: string }[] } => ({
  recipients: keys.map((key) => ({ agencyId: demoAgency(key).id })),
});

async function acceptedBy(key: string, documentId: string): Promise<string> {
  const clerk = await node.client(`vanthu.${key}`);
  const { id } = await arrivalOf(clerk, documentId);
  await verifyAndAccept(clerk, id);
  return id;
}

/** Made, numbered, signed by the agency and issued; each step must succeed. */
async function copied(by: Staff, source: string, asked: object): Promise<Shown> {
  const clerk = await node.as(by.clerk);
  const { id } = await ok<{ id: string }>(201, clerk.post(`/${source}/copies`, asked));
  await ok(200, clerk.post(`/documents/${id}/number`));
  await new Desk(node, by).sign('agency', [id]);
  await ok(200, clerk.post(`/documents/${id}/issue`));
  return ok<Shown>(200, clerk.get(`/documents/${id}`));
}

async function bytesOf(by: Staff, documentId: string, role = 'main'): Promise<Uint8Array> {
  const clerk = await node.as(by.clerk);
  const { files } = await ok<Shown>(200, clerk.get(`/documents/${documentId}`));
  const file = files.find((one) => one.role === role);
  return (await clerk.get(`/documents/${documentId}/files/${file?.id ?? ''}/content`)).bytes;
}

const office = (agency: string): Staff => ({ ...staffs.ministry, agency, clerk: `vanthu.${agency}` });

describe('a true copy of an own decision (sao y)', () => {
  let copy: Shown;
  let main: Uint8Array;
  beforeAll(async () => {
    copy = await copied(staffs.peoplesCommittee, `documents/${decision}`, {
      kind: 'SY',
      ...to('sonoivu', 'dangsonthuy'),
    });
    main = await bytesOf(staffs.peoplesCommittee, copy.id);
  });

  it('is a document with a number of its own that names what it is a copy of', () => {
    expect(copy).toMatchObject({
      state: 'ISSUED',
      typeName: 'Bản sao y',
      symbol: '01/SY-UBND',
      signer: null,
      copyOf: { documentId: decision, incomingId: null, pages: null },
    });
    expect(copy.abstract).toMatch(
      /^Quyết định số 01\/QĐ-UBND ngày \d\d\/\d\d\/\d{4} của Ủy ban nhân dân tỉnh Lam Giang: Về việc/,
    );
    expect(copy.files.map(({ role }) => role)).toEqual(['main', 'annex']);
  });

  it.each(['main', 'annex'])(
    'leaves every byte of the %s file and every signature in it as they were',
    async (role) => {
      const source = await bytesOf(staffs.peoplesCommittee, decision, role);
      const bytes = await bytesOf(staffs.peoplesCommittee, copy.id, role);
      expect(Buffer.compare(bytes.subarray(0, source.length), source)).toBe(0);
      expect(bytes.length).toBeGreaterThan(source.length);
      const report = await verifyPdf(bytes, trust);
      expect(report.indication).toBe('TOTAL-PASSED');
      const names = report.signatures.map(({ field }) => field);
      expect(names).toEqual(
        role === 'main'
          ? ['PersonalSignature', 'AgencySignature', 'CopySignature']
          : ['AgencySignature', 'CopySignature'],
      );
      expect(report.signatures.map(({ laterChangesAcceptable }) => laterChangesAcceptable)).toEqual(
        names.map(() => true),
      );
    },
  );

  itWith('pdfsig')('satisfies pdfsig', () => {
    const verdicts = pdfsigVerdicts(main);
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, true, true]);
    expect(verdicts.at(-1)?.total).toBe(true);
  });

  itWith('qpdf')('satisfies qpdf', () => {
    expect(qpdfComplaints(main)).toBe('');
  });

  it('stands in the register without a signer, and in the history of what was copied', async () => {
    const clerk = await node.as(staffs.peoplesCommittee.clerk);
    const year = new Date().getFullYear();
    const { items } = await ok<{ items: readonly { symbol: string | null }[] }>(
      200,
      clerk.get(`/registers/outgoing?from=${year}-01-01&to=${year}-12-31`),
    );
    expect(items.find(({ symbol }) => symbol === copy.symbol)).toMatchObject({
      typeName: 'Bản sao y',
      abstract: copy.abstract,
      signer: null,
      recipients: ['Sở Nội vụ tỉnh Lam Giang', 'Đảng ủy xã Sơn Thủy'],
    });
    expect((await entriesOfDocument(node, decision)).map(({ action }) => action)).toContain(
      'document.copied',
    );
    expect((await entriesOfDocument(node, copy.id)).map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'document.created',
        'document.numbered',
        'document.agency_signed',
        'document.issued',
      ]),
    );
  });

  it('reaches another agency, which reads what it is a copy of, finds it valid and makes a re-copy (sao lục)', async () => {
    const id = await acceptedBy('sonoivu', copy.id);
    const clerk = await node.as('vanthu.sonoivu');
    const incoming = await clerk.get(`/incoming/${id}`);
    expect(incoming.body).toMatchObject({
      typeName: 'Bản sao y',
      abstract: copy.abstract,
      verification: { verdict: 'TOTAL-PASSED' },
    });
    const asked = await clerk.get(`/incoming/${id}/copies`);
    expect(asked.body).toMatchObject({ kinds: [{ code: 'SL', name: 'Bản sao lục' }], items: [] });
    const refused = await clerk.post(`/incoming/${id}/copies`, { kind: 'SY', ...to('ubnd') });
    expect(refused.outcome).toBe('422 COPY_KIND_NOT_ALLOWED');
    const recopy = await copied(office('sonoivu'), `incoming/${id}`, { kind: 'SL', ...to('ubnd') });
    expect(recopy).toMatchObject({ symbol: '01/SL-SNV', copyOf: { incomingId: id } });
    expect(recopy.abstract).toContain('Bản sao y số 01/SY-UBND');
    const report = await verifyPdf(await bytesOf(office('sonoivu'), recopy.id), trust);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ field }) => field)).toEqual([
      'PersonalSignature',
      'AgencySignature',
      'CopySignature',
      'CopySignature2',
    ]);
  });
});

describe('copies of what has come from others', () => {
  it('are true copies in a State agency, never re-copies', async () => {
    const source = `incoming/${arrived['bkhcn'] ?? ''}`;
    const clerk = await node.as('vanthu.bkhcn');
    const refused = await clerk.post(`/${source}/copies`, { kind: 'SL', ...to('ubnd') });
    expect(refused.outcome).toBe('422 COPY_KIND_NOT_ALLOWED');
    const copy = await copied(staffs.ministry, source, { kind: 'SY', ...to('ubnd') });
    expect(copy).toMatchObject({ symbol: '01/SY-BKHCN', copyOf: { incomingId: arrived['bkhcn'] } });
    expect((await verifyPdf(await bytesOf(staffs.ministry, copy.id), trust)).indication).toBe('TOTAL-PASSED');
  });

  it('are re-copies in a Party agency, never true copies', async () => {
    const source = `incoming/${arrived['dangsonthuy'] ?? ''}`;
    const clerk = await node.as('vanthu.dangsonthuy');
    const refused = await clerk.post(`/${source}/copies`, { kind: 'SY', ...to('tinhuy') });
    expect(refused.outcome).toBe('422 COPY_KIND_NOT_ALLOWED');
    const copy = await copied(office('dangsonthuy'), source, { kind: 'SL', ...to('tinhuy') });
    expect(copy.symbol).toBe('01-BS/ĐU');
  });
});

describe('an extract (trích sao)', () => {
  it('is a new file of the pages named, under the signature of whoever extracts alone', async () => {
    const desk = new Desk(node, staffs.provinceBoard);
    const id = await desk.issued({}, { bytes: await samplePdf({ pages: 5, xref: 'stream' }) });
    const truecopy = await copied(staffs.provinceBoard, `documents/${id}`, { kind: 'SY', ...to('vptu') });
    const copy = await copied(staffs.provinceBoard, `documents/${id}`, {
      kind: 'TRS',
      pages: '1, 3-4',
      ...to('vptu'),
    });
    // All kinds of copy, and all bodies of the agency, count in one series.
    expect([truecopy.symbol, copy.symbol]).toEqual(['01-BS/TU', '02-BS/TU']);
    expect(copy).toMatchObject({ copyOf: { documentId: id, pages: '1, 3-4' }, files: [{ pageCount: 3 }] });
    const bytes = await bytesOf(staffs.provinceBoard, copy.id);
    expect(openPdf(bytes).latest.pageCount()).toBe(3);
    const report = await verifyPdf(bytes, trust);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ field }) => field)).toEqual(['CopySignature']);
  });

  it.each([
    ['a page that is not there', '1, 99'],
    ['page nought', '0'],
    ['a range that runs backwards', '2-1'],
  ])('is not made of %s', async (_, pages) => {
    const clerk = await node.as(staffs.peoplesCommittee.clerk);
    const answer = await clerk.post(`/documents/${decision}/copies`, {
      kind: 'TRS',
      pages,
      ...to('sonoivu'),
    });
    expect(answer.outcome).toBe('422 COPY_PAGES_INVALID');
  });

  it('names its pages, and a whole copy names none', async () => {
    const clerk = await node.as(staffs.peoplesCommittee.clerk);
    const bare = await clerk.post(`/documents/${decision}/copies`, { kind: 'TRS', ...to('sonoivu') });
    expect(bare.outcome).toBe('422 COPY_PAGES_INVALID');
    const whole = await clerk.post(`/documents/${decision}/copies`, {
      kind: 'SY',
      pages: '1',
      ...to('sonoivu'),
    });
    expect(whole.outcome).toBe('422 COPY_PAGES_INVALID');
  });
});

describe('what cannot be copied', () => {
  const asked = { kind: 'SY', ...to('sonoivu') };

  it('is a document that is not issued, or no longer in force', async () => {
    const desk = new Desk(node, staffs.department);
    const clerk = await desk.clerk;
    const signed = await desk.agencySigned();
    const given = { kind: 'SY', ...to('ubnd') };
    expect((await clerk.post(`/documents/${signed}/copies`, given)).outcome).toBe(
      '409 COPY_SOURCE_NOT_FINAL',
    );
    await ok(200, clerk.post(`/documents/${signed}/issue`));
    await ok(200, clerk.post(`/documents/${signed}/recall`, { reason: 'Ban hành nhầm nội dung.' }));
    expect((await clerk.post(`/documents/${signed}/copies`, given)).outcome).toBe(
      '409 COPY_SOURCE_NOT_FINAL',
    );
  });

  it('is a paper', async () => {
    const clerk = await node.as('vanthu.sonoivu');
    const paper = {
      senderName: 'Hội Người cao tuổi xã Sơn Thủy',
      typeCode: 'CV',
      symbol: '12/CV-NCT',
      issuedOn: '2025-11-03',
      abstract: 'Về việc mượn hội trường',
      secrecy: 'THUONG',
      urgency: 0,
      pages: 2,
      channel: 'post',
      receivedAt: new Date(Date.now() - 60_000).toISOString(),
      envelopeMarks: [],
    };
    const { id } = await ok<{ id: string }>(201, clerk.post('/incoming/paper', paper));
    const answer = await clerk.post(`/incoming/${id}/copies`, { kind: 'SY', ...to('ubnd') });
    expect(answer.outcome).toBe('409 COPY_SOURCE_ON_PAPER');
  });

  it('is what another agency holds, or for anybody but the clerk', async () => {
    const stranger = await node.as('vanthu.vptw');
    expect((await stranger.post(`/documents/${decision}/copies`, asked)).outcome).toBe(
      '404 DOCUMENT_NOT_FOUND',
    );
    const incoming = `/incoming/${arrived['bkhcn'] ?? ''}/copies`;
    expect((await stranger.post(incoming, asked)).outcome).toBe('404 INCOMING_NOT_FOUND');
    for (const person of [staffs.peoplesCommittee.drafter, staffs.peoplesCommittee.leader]) {
      const answer = await (await node.as(person)).post(`/documents/${decision}/copies`, asked);
      expect(answer.outcome).toBe('403 POLICY_DENIED');
    }
  });

  it('is nothing that goes nowhere, or on paper without a reason', async () => {
    const clerk = await node.as(staffs.peoplesCommittee.clerk);
    const nowhere = await clerk.post(`/documents/${decision}/copies`, { kind: 'SY', recipients: [] });
    expect(nowhere.outcome).toBe('422 RECIPIENTS_MISSING');
    const paperRecipients = [{ name: 'Hợp tác xã Sơn Thủy', channel: 'post' }];
    const onPaper = await clerk.post(`/documents/${decision}/copies`, {
      kind: 'SY',
      recipients: [],
      paperRecipients,
    });
    expect(onPaper.outcome).toBe('422 PAPER_REASON_MISSING');
  });

  it('is no draft: nobody drafts, reviews or signs a copy in person', async () => {
    const drafter = await node.as(staffs.peoplesCommittee.drafter);
    const draft = newDocument(staffs.peoplesCommittee, { typeCode: 'SY' });
    expect((await drafter.post('/documents', draft)).outcome).toBe('422 COPY_IS_NOT_DRAFTED');
    const clerk = await node.as(staffs.peoplesCommittee.clerk);
    const { id } = await ok<{ id: string }>(201, clerk.post(`/documents/${decision}/copies`, asked));
    const leader = await node.as(staffs.peoplesCommittee.leader);
    const signing = await leader.post('/signing-operations', { purpose: 'personal', documentIds: [id] });
    expect(signing.outcome).toBe('409 TRANSITION_NOT_ALLOWED');
    expect((await leader.post(`/documents/${id}/return`, { reason: 'Không cần' })).outcome).toBe(
      '409 TRANSITION_NOT_ALLOWED',
    );
    await ok(200, clerk.post(`/documents/${id}/cancel`, { reason: 'Không cần bản sao nữa' }));
  });
});

describe('a copy asked for twice under one key', () => {
  it('is made once, and waits for its number on the clerk’s desk', async () => {
    const clerk = await node.as('vanthu.bkhcn');
    const path = `/incoming/${arrived['bkhcn'] ?? ''}/copies`;
    const headers = { 'idempotency-key': idempotencyKey() };
    const asked = { kind: 'SY', ...to('sonoivu') };
    const first = await ok<{ id: string }>(201, clerk.post(path, asked, headers));
    const again = await ok<{ id: string }>(201, clerk.post(path, asked, headers));
    expect(again.id).toBe(first.id);
    const waiting = await clerk.get('/documents/waiting?view=to-number');
    expect((waiting.body as { items: readonly { id: string }[] }).items.map(({ id }) => id)).toEqual([
      first.id,
    ]);
  });

  it('leaves its number in the register when it is cancelled, and the next takes the next', async () => {
    const clerk = await node.as('vanthu.bkhcn');
    const path = `/incoming/${arrived['bkhcn'] ?? ''}/copies`;
    const make = async (): Promise<{ id: string; symbol: string }> => {
      const { id } = await ok<{ id: string }>(201, clerk.post(path, { kind: 'SY', ...to('sonoivu') }));
      return ok(200, clerk.post(`/documents/${id}/number`));
    };
    const first = await make();
    await ok(200, clerk.post(`/documents/${first.id}/cancel`, { reason: 'Nơi nhận đã có bản chính' }));
    const next = await make();
    const number = (symbol: string): number => Number(symbol.split('/')[0]);
    expect(number(next.symbol)).toBe(number(first.symbol) + 1);
  });
});

describe('the bytes of what was copied', () => {
  it('are those that were issued', async () => {
    const bytes = await bytesOf(staffs.peoplesCommittee, decision);
    const rows = await node.query<{ sha256: string }>(
      `SELECT DISTINCT v.sha256 FROM workflow.file_version v JOIN workflow.document_file f ON f.id = v.file_id
        JOIN workflow.document d ON d.id = f.document_id
       WHERE d.copied_document_id = $1 AND d.type_code = 'SY' AND f.role = 'main' AND v.stage = 'upload'`,
      [decision],
    );
    expect(rows).toEqual([{ sha256: createHash('sha256').update(bytes).digest('hex') }]);
  });
});
