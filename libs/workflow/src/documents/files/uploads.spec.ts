import type { ClientRequest } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { demoPerson } from '#directory';
import { PDFDocument } from 'pdf-lib';

import { Desk, newDocument, plainPdf, provinceCommittee } from '../../testing/test-documents';
import { signedElsewhere } from '../../testing/foreign-signature';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { trailOf } from '../../testing/trail';
import type { DocumentDetail } from '../reading/read-document';

const limit = 300_000;

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({
    signers: [],
    agencies: [],
    environment: { SEALPOST_UPLOAD_LIMIT: String(limit), SEALPOST_UPLOADS_IN_FLIGHT: '400000' },
  });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

async function withJavaScript(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  document.addJavaScript('greet', 'app.alert("hello")');
  return document.save();
}

async function withAttachment(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  await document.attach(new Uint8Array([1, 2, 3]), 'hidden.bin', { mimeType: 'application/octet-stream' });
  return document.save();
}

async function encrypted(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: 'x', ownerPassword: 'y' });
  return document.save();
}

async function emptyDocument(): Promise<string> {
  const answer = await desk.drafter.post('/documents', newDocument(provinceCommittee)).expect(201);
  return (answer.body as { id: string }).id;
}

async function storedFiles(id: string): Promise<DocumentDetail['files']> {
  return ((await desk.clerk.get(`/documents/${id}`).expect(200)).body as DocumentDetail).files;
}

/** An upload of which the beginning has arrived. */
async function begunUpload(path: string, length: number): Promise<ClientRequest> {
  const { port } = office.app.getHttpServer().address() as AddressInfo;
  const sent = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: `/api/v1${path}`,
    headers: {
      'X-Test-Person': 'chuyenvien.tinhuy',
      'Content-Type': 'multipart/form-data; boundary=x',
      'Content-Length': length,
    },
  });
  sent.on('error', () => undefined);
  sent.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-');
  await pause(500);
  return sent;
}

describe('an upload', () => {
  it('is kept as it came, with its pages counted', async () => {
    const id = await emptyDocument();
    const bytes = await plainPdf(7);
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes, role: 'main', name: 'Nghị quyết số hóa.pdf' })
      .expect(201);
    expect(answer.body).toMatchObject({
      pageCount: 7,
      fileName: 'Nghị quyết số hóa.pdf',
      title: 'Nghị quyết số hóa',
      size: bytes.length,
    });
    const [file] = await storedFiles(id);
    const content = await desk.clerk.get(`/documents/${id}/files/${file!.id}/content`).buffer().expect(200);
    expect(Buffer.compare(content.body as Buffer, Buffer.from(bytes))).toBe(0);
    expect(content.headers['content-disposition']).toContain("filename*=UTF-8''Ngh%E1%BB%8B");
  });

  it.each<[string, () => Promise<Uint8Array>, number, string]>([
    ['what is no PDF', async () => Promise.resolve(new TextEncoder().encode('Hello')), 422, 'NOT_A_PDF'],
    ['an empty file', async () => Promise.resolve(new Uint8Array()), 422, 'PDF_EMPTY'],
    ['a truncated file', async () => (await plainPdf(3)).subarray(0, 600), 422, 'PDF_TRUNCATED'],
    ['an encrypted file', encrypted, 422, 'PDF_ENCRYPTED'],
    ['scripts', withJavaScript, 422, 'FILE_ACTIVE_CONTENT'],
    ['embedded files', withAttachment, 422, 'FILE_ACTIVE_CONTENT'],
    ['a file over the limit', async () => Promise.resolve(new Uint8Array(limit + 1)), 413, 'FILE_TOO_LARGE'],
    ['a certified file', async () => signedElsewhere(await plainPdf(), 2), 422, 'UPLOAD_CERTIFIED'],
  ])('refuses %s, keeps nothing of it and says so in the trail', async (_, make, status, code) => {
    const id = await emptyDocument();
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await make(), role: 'main' })
      .expect(status);
    expect(answer.body).toMatchObject({
      code,
      detail: { vi: expect.any(String) as string, en: expect.any(String) as string },
    });
    expect(await storedFiles(id)).toEqual([]);
    const refusals = (await trailOf(office, id)).filter(({ action }) => action === 'document.file_refused');
    expect(refusals).toMatchObject([
      { outcome: 'failed', code, actor: { person: demoPerson('chuyenvien.tinhuy').id } },
    ]);
  });

  it('takes a certified file as an attachment, untouched', async () => {
    const id = await emptyDocument();
    const bytes = await signedElsewhere(await plainPdf(), 1);
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes, role: 'attachment' })
      .expect(201);
    expect(answer.body).toMatchObject({ role: 'attachment', foreignSignatures: 1, size: bytes.length });
  });

  it('takes a file that others have approved by signature', async () => {
    const id = await emptyDocument();
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await signedElsewhere(await plainPdf()), role: 'main' })
      .expect(201);
    expect(answer.body).toMatchObject({ foreignSignatures: 1 });
  });

  it.each([
    ['a mark that turns the reading direction', 'hoa-don\u202efdp.pdf'],
    ['a zero-width space', 'van\u200bban.pdf'],
  ])('refuses a name with %s', async (_, name) => {
    const id = await emptyDocument();
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(), role: 'main', name })
      .expect(422);
    expect(answer.body).toMatchObject({ code: 'FILE_NAME_REFUSED' });
  });

  it('keeps only the last part of a name that is a path', async () => {
    const id = await emptyDocument();
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, {
        bytes: await plainPdf(),
        role: 'main',
        name: '../../etc/passwd.pdf',
      })
      .expect(201);
    expect(answer.body).toMatchObject({ fileName: 'passwd.pdf' });
  });

  it('refuses a form without a file and an unknown role', async () => {
    const id = await emptyDocument();
    expect(
      (await desk.drafter.post(`/documents/${id}/files`, { role: 'main' }).expect(422)).body,
    ).toMatchObject({ code: 'FILE_REQUIRED' });
    const role = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(), role: 'cover' })
      .expect(400);
    expect(role.body).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it.each(['__proto__', '__proto__[polluted]'])('is refused with a field %s', async (name) => {
    const id = await emptyDocument();
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(), role: 'main' })
      .field(name, 'x')
      .expect(400);
    expect(answer.body).toMatchObject({ code: 'MALFORMED_BODY' });
    expect(await storedFiles(id)).toEqual([]);
  });

  it('waits for others that are coming in, until they end or break off', async () => {
    const id = await emptyDocument();
    const path = `/documents/${id}/files`;
    const slow = await begunUpload(path, 300_000);
    const busy = await desk.drafter
      .upload(path, { bytes: new Uint8Array(150_000), role: 'main' })
      .expect(503);
    expect(busy.body).toMatchObject({ code: 'UPLOADS_BUSY' });
    expect(busy.headers['retry-after']).toBe('5');
    await desk.drafter.upload(path, { bytes: await plainPdf(), role: 'main' }).expect(201);
    slow.destroy();
    const taken = async (): Promise<number> =>
      (await desk.drafter.upload(path, { bytes: new Uint8Array(150_000), role: 'annex' })).status;
    for (let tries = 0; tries < 50 && (await taken()) === 503; tries += 1) await pause(100);
    expect(await taken()).toBe(422);
  });

  it('is not taken twice under one Idempotency-Key', async () => {
    const id = await emptyDocument();
    const bytes = await plainPdf();
    const send = (content: Uint8Array) =>
      desk.drafter
        .upload(`/documents/${id}/files`, { bytes: content, role: 'annex' })
        .set('Idempotency-Key', 'the-same-key-1');
    const first = await send(bytes).expect(201);
    const second = await send(bytes).expect(201);
    expect(second.body).toEqual(first.body);
    expect(await storedFiles(id)).toHaveLength(1);
    expect((await send(await plainPdf(2)).expect(422)).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });
});
