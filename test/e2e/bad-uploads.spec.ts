import { PDFDocument } from 'pdf-lib';
import { demoPerson } from '#directory';
import { loadConfig } from '#platform';
import { signPdf, verifyPdf } from '#signing';
import { bytesTrailing, samplePdf } from '../../libs/signing/src/testing';
import type { Reply } from '../support/caller';
import { formOf } from '../support/caller';
import { Desk, ok, plainPdf, staffs } from '../support/desk';
import { trustOf } from '../support/development-pki';
import { signerOf } from '../support/holder-keys';
import { expectRefusal, stockOf, storingNothing } from '../support/refusals';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** Files that must not come in, and some that look bad and may. */

const limit = 300_000;

let node: TestNode;
let desk: Desk;
let draft: string;
beforeAll(async () => {
  node = await startTestNode({ SEALPOST_UPLOAD_LIMIT: String(limit) });
  desk = new Desk(node, staffs.provinceBoard);
  draft = await desk.created();
}, 120_000);
afterAll(() => node.close());

async function upload(bytes: Uint8Array, role = 'main', name = 'van-ban.pdf'): Promise<Reply> {
  return (await desk.drafter).upload(`/documents/${draft}/files`, { bytes, role, name });
}

async function changed(change: (document: PDFDocument) => unknown): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  await change(document);
  return document.save();
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const joined = (bytes: Uint8Array, more: string): Uint8Array => Buffer.concat([bytes, text(more)]);
const withJavaScript = (): Promise<Uint8Array> =>
  changed((document) => {
    document.addJavaScript('greet', 'app.alert("hello")');
  });
const encrypted = (): Promise<Uint8Array> =>
  changed((document) => {
    document.encrypt({ userPassword: 'x', ownerPassword: 'y' });
  });
const withAttachment = (): Promise<Uint8Array> =>
  changed((document) => document.attach(new Uint8Array([1, 2, 3]), 'hidden.bin'));

async function signedElsewhere(docMdp?: 1 | 2 | 3): Promise<Uint8Array> {
  return signPdf(await samplePdf({ pages: 1, xref: 'table' }), {
    fieldName: 'Signature1',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: await signerOf(node.pki, demoPerson('lanhdao.sonoivu').id),
    ...(docMdp === undefined ? {} : { docMdp }),
  });
}

describe('a file', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['is no PDF', () => text('Kính gửi: Văn phòng'), '422 NOT_A_PDF'],
    ['is a page of HTML', () => text('<!doctype html><script>alert(1)</script>'), '422 NOT_A_PDF'],
    ['is empty', () => new Uint8Array(), '422 PDF_EMPTY'],
    ['is cut off', async () => (await plainPdf()).subarray(0, 500), '422 PDF_TRUNCATED'],
    ['is encrypted', encrypted, '422 PDF_ENCRYPTED'],
    ['is over the limit', () => new Uint8Array(limit + 1), '413 FILE_TOO_LARGE'],
    ['holds JavaScript', withJavaScript, '422 FILE_ACTIVE_CONTENT'],
    ['hides another file', withAttachment, '422 FILE_ACTIVE_CONTENT'],
    [
      'goes on after its end',
      async () => joined(await plainPdf(), '\nPK\u0003\u0004 more'),
      '422 FILE_TRAILING_DATA',
    ],
    ['begins another revision', async () => bytesTrailing(await plainPdf()), '422 PDF_TRUNCATED'],
    ['is certified against all changes', () => signedElsewhere(1), '422 UPLOAD_CERTIFIED'],
    ['is certified but for forms', () => signedElsewhere(2), '422 UPLOAD_CERTIFIED'],
    ['is certified but for comments', () => signedElsewhere(3), '422 UPLOAD_CERTIFIED'],
  ])('that %s is refused', async (_, make, outcome) => {
    const bytes = await make();
    const reply = await storingNothing(node, () => upload(bytes));
    const { entry } = await expectRefusal(node, reply, outcome);
    expect(entry).toMatchObject({
      action: 'document.file_refused',
      document: draft,
      actor: { person: demoPerson('chuyenvien.tinhuy').id },
    });
  });

  it('may by default be as large as 100 MB', () => {
    const { uploadLimit } = loadConfig({ DATABASE_URL: 'postgresql://localhost/x' });
    expect(uploadLimit).toBe(100 * 1024 * 1024);
  });

  it('of exactly the limit is looked at', async () => {
    const reply = await upload(new Uint8Array(limit));
    await expectRefusal(node, reply, '422 NOT_A_PDF');
  });

  it('that others have approved is taken with its signature', async () => {
    const id = await desk.created();
    const bytes = await signedElsewhere();
    const taken = await (await desk.drafter).upload(`/documents/${id}/files`, { bytes });
    expect([taken.outcome, taken.body]).toMatchObject(['201', { foreignSignatures: 1, size: bytes.length }]);
  });

  it('that ends with empty lines is signed as it is', async () => {
    const id = await desk.personSigned({}, { bytes: joined(await plainPdf(), '\n\r\n  \n') });
    const clerk = await desk.clerk;
    const { files } = await ok<{ files: { id: string }[] }>(200, clerk.get(`/documents/${id}`));
    const { bytes } = await clerk.get(`/documents/${id}/files/${files[0]!.id}/content`);
    expect(await verifyPdf(bytes, await trustOf(node.pki))).toMatchObject({ indication: 'TOTAL-PASSED' });
  });

  it('that is certified may go along as an attachment, untouched', async () => {
    const id = await desk.created();
    const bytes = await signedElsewhere(1);
    const { id: fileId } = await ok<{ id: string }>(
      201,
      (await desk.drafter).upload(`/documents/${id}/files`, { bytes, role: 'attachment' }),
    );
    const kept = await (await desk.clerk).get(`/documents/${id}/files/${fileId}/content`);
    expect(Buffer.compare(kept.bytes, bytes)).toBe(0);
  });
});

describe('a file name', () => {
  it.each([
    ['turns the reading direction', 'hoa-don\u202efdp.pdf'],
    ['hides a sign of no width', 'van\u200bban.pdf'],
    ['is too long', `${'ă'.repeat(130)}.pdf`],
  ])('that %s is refused', async (_, name) => {
    const bytes = await plainPdf();
    const reply = await storingNothing(node, () => upload(bytes, 'annex', name));
    await expectRefusal(node, reply, '422 FILE_NAME_REFUSED');
  });

  it.each(['../../etc/passwd.pdf', '..\\..\\windows\\passwd.pdf', '/etc/passwd.pdf'])(
    'that is a path never reaches the disk: %s',
    async (name) => {
      const id = await desk.created();
      const reply = await (
        await desk.drafter
      ).upload(`/documents/${id}/files`, { bytes: await plainPdf(), name });
      if (reply.status === 201) expect(reply.body).toMatchObject({ fileName: 'passwd.pdf' });
      else await expectRefusal(node, reply, '422 FILE_NAME_REFUSED');
    },
  );

  it('in Vietnamese is kept, composed, and handed out as it is', async () => {
    const id = await desk.created();
    const name = 'Nghị quyết về số hóa.pdf'.normalize('NFD');
    const drafter = await desk.drafter;
    const taken = await drafter.upload(`/documents/${id}/files`, { bytes: await plainPdf(), name });
    expect(taken.body).toMatchObject({ fileName: name.normalize('NFC') });
    const { id: fileId } = taken.body as { id: string };
    const kept = await drafter.get(`/documents/${id}/files/${fileId}/content`);
    expect(kept.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent(name.normalize('NFC'))}`,
    );
  });
});

describe('a form', () => {
  it.each<[string, (form: FormData) => void, string]>([
    [
      'without a file',
      (form) => {
        form.delete('file');
      },
      '422 FILE_REQUIRED',
    ],
    [
      'without a role',
      (form) => {
        form.delete('role');
      },
      '400 VALIDATION_FAILED',
    ],
    [
      'with an unknown role',
      (form) => {
        form.set('role', 'cover');
      },
      '400 VALIDATION_FAILED',
    ],
    [
      'with an unknown field',
      (form) => {
        form.set('state', 'ISSUED');
      },
      '400 VALIDATION_FAILED',
    ],
  ])('%s is refused', async (_, spoil, outcome) => {
    const form = formOf({ bytes: await plainPdf(), role: 'annex' });
    spoil(form);
    const drafter = await desk.drafter;
    const reply = await storingNothing(node, () =>
      drafter.call('POST', `/documents/${draft}/files`, { form }),
    );
    await expectRefusal(node, reply, outcome);
  });

  it.each(['__proto__', '__proto__[polluted]'])('with a field %s is refused', async (name) => {
    const form = formOf({ bytes: await plainPdf(), role: 'annex' });
    form.set(name, 'x');
    const drafter = await desk.drafter;
    const reply = await storingNothing(node, () =>
      drafter.call('POST', `/documents/${draft}/files`, { form }),
    );
    await expectRefusal(node, reply, '400 MALFORMED_BODY');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('with a control character in the name of a file is refused', async () => {
    const form = formOf({ bytes: await plainPdf(), role: 'annex', name: 'van\u0007ban.pdf' });
    const drafter = await desk.drafter;
    const reply = await storingNothing(node, () =>
      drafter.call('POST', `/documents/${draft}/files`, { form }),
    );
    await expectRefusal(node, reply, '400 MALFORMED_BODY');
  });

  it('with two files, or a file in another field, is refused', async () => {
    for (const field of ['file', 'other']) {
      const form = formOf({ bytes: await plainPdf(), role: 'annex' });
      form.append(field, new Blob([new Uint8Array(await plainPdf())]), 'second.pdf');
      const drafter = await desk.drafter;
      const reply = await storingNothing(node, () =>
        drafter.call('POST', `/documents/${draft}/files`, { form }),
      );
      expect([field, reply.status]).toEqual([field, 400]);
      await expectRefusal(node, reply, reply.outcome);
    }
  });

  it('that breaks off in the middle is refused', async () => {
    const boundary = 'x-boundary';
    const broken = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`;
    const raw = { type: `multipart/form-data; boundary=${boundary}`, text: broken };
    const drafter = await desk.drafter;
    const reply = await storingNothing(node, () =>
      drafter.call('POST', `/documents/${draft}/files`, { raw }),
    );
    await expectRefusal(node, reply, '400 MALFORMED_BODY');
  });

  it('comes too late for a document that has been submitted', async () => {
    const id = await desk.inReview();
    const before = await stockOf(node);
    const reply = await (await desk.drafter).upload(`/documents/${id}/files`, { bytes: await plainPdf() });
    await expectRefusal(node, reply, '409 TRANSITION_NOT_ALLOWED');
    expect(await stockOf(node)).toEqual(before);
  });

  it('under one Idempotency-Key is taken once; another file under it is refused', async () => {
    const id = await desk.created();
    const drafter = await desk.drafter;
    const key = { 'idempotency-key': 'tap-tin-thu-nhat' };
    const send = (bytes: Uint8Array): Promise<Reply> =>
      drafter.upload(`/documents/${id}/files`, { bytes, role: 'annex' }, key);
    const bytes = await plainPdf();
    const first = await send(bytes);
    const before = await stockOf(node);
    const again = await send(bytes);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await send(await samplePdf({ pages: 2, xref: 'table' }));
    await expectRefusal(node, other, '422 IDEMPOTENCY_KEY_REUSED');
    expect(await stockOf(node)).toEqual(before);
  });
});
