import { createHash } from 'node:crypto';
import { demoAgency } from '#directory';
import { verifyPdf } from '#signing';
import { PDFDocument } from 'pdf-lib';

import { signedElsewhere } from '../testing/foreign-signature';
import { Desk, plainPdf, provinceCommittee } from '../testing/test-documents';
import type { TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import { TrustService } from '../trust/trust-service';

interface FileAnswer {
  readonly id: string;
  readonly role: string;
  readonly sha256: string;
  readonly stage: string;
}

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy'] });
}, 120_000);
afterAll(() => office.close());

async function bytesOf(id: string, file: FileAnswer): Promise<Buffer> {
  const answer = await office
    .as('vanthu.tinhuy')
    .get(`/documents/${id}/files/${file.id}/content`)
    .buffer()
    .expect(200);
  return answer.body as Buffer;
}

async function filesOf(id: string): Promise<readonly FileAnswer[]> {
  return (
    (await office.as('vanthu.tinhuy').get(`/documents/${id}`).expect(200)).body as { files: FileAnswer[] }
  ).files;
}

describe('a resolution of a province’s standing board', () => {
  it('goes from draft to issue; every file verifies and its digest is the one stated', async () => {
    const desk = new Desk(office, provinceCommittee);
    const recipients = ['vptu', 'bkhcn', 'ubnd'].map((key) => ({ agencyId: demoAgency(key).id }));
    const id = await desk.agencySigned({ recipients, urgency: 3 }, 2);
    const issued = await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    expect(issued.body).toMatchObject({ state: 'ISSUED', symbol: '01-NQ/TU', number: '01' });

    const detail = (await desk.clerk.get(`/documents/${id}`).expect(200)).body as {
      files: FileAnswer[];
      signatures: object[];
    };
    expect(detail.files.map(({ role, stage }) => [role, stage])).toEqual([
      ['main', 'agency_signed'],
      ['annex', 'agency_signed'],
    ]);
    expect(detail.signatures).toMatchObject([
      { kind: 'personal', capacity: 'TM', level: 'B-T' },
      { kind: 'agency', level: 'B-T' },
      { kind: 'agency', level: 'B-T' },
    ]);
    const context = await office.app.get(TrustService, { strict: false }).validationContext();
    for (const file of detail.files) {
      const bytes = await bytesOf(id, file);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
      const report = await verifyPdf(bytes, context);
      expect(report.signatures.map(({ integrity }) => integrity)).toEqual(
        report.signatures.map(() => 'INTACT'),
      );
      expect(report.indication).toBe('TOTAL-PASSED');
      expect(report.signatures).toHaveLength(file.role === 'main' ? 2 : 1);
    }
  });

  it('keeps the signature of somebody else valid below ours, and an attachment as it came', async () => {
    const desk = new Desk(office, provinceCommittee);
    const id = await desk.created();
    const main = await signedElsewhere(await plainPdf(2));
    const attachment = await signedElsewhere(await plainPdf(), 1);
    await desk.drafter.upload(`/documents/${id}/files`, { bytes: main, role: 'main' }).expect(201);
    await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: attachment, role: 'attachment' })
      .expect(201);
    await desk.issue(id);
    const [mainFile, attached] = await filesOf(id);
    expect(Buffer.compare(await bytesOf(id, attached!), Buffer.from(attachment))).toBe(0);
    const signed = await bytesOf(id, mainFile!);
    expect(signed.subarray(0, main.length).equals(Buffer.from(main))).toBe(true);
    const context = await office.app.get(TrustService, { strict: false }).validationContext();
    const { signatures } = await verifyPdf(signed, context);
    expect(
      signatures.map(({ integrity, laterChangesAcceptable }) => [integrity, laterChangesAcceptable]),
    ).toEqual(signatures.map(() => ['INTACT', true]));
    expect(signatures.map(({ indication }) => indication)).toEqual([
      'INDETERMINATE',
      'TOTAL-PASSED',
      'TOTAL-PASSED',
    ]);
  });

  it('carries the mark of a timed express document with its time, and stays valid', async () => {
    const desk = new Desk(office, provinceCommittee);
    const id = await desk.draft({ urgency: 4, urgencyAt: '2026-12-01T08:30:00+07:00' });
    await desk.issue(id);
    const [main] = await filesOf(id);
    const bytes = await bytesOf(id, main!);
    const form = (await PDFDocument.load(bytes)).getForm();
    expect(form.getTextField('DocumentMarks').getText()).toBe('HỎA TỐC HẸN GIỜ – 08:30 ngày 01/12/2026');
    expect(form.getTextField('DocumentNumber').getText()).toMatch(/^Số \d+-NQ\/TU$/);
    expect(form.getTextField('DocumentDate').getText()).toMatch(/^Lam Giang, ngày \d\d tháng \d+ năm \d{4}$/);
    const context = await office.app.get(TrustService, { strict: false }).validationContext();
    expect(await verifyPdf(bytes, context)).toMatchObject({ indication: 'TOTAL-PASSED' });
  });

  it('takes a file of 300 pages with cross-reference streams', async () => {
    const desk = new Desk(office, provinceCommittee);
    const id = await desk.created();
    const bytes = await plainPdf(300, 'Long', 'stream');
    const upload = await desk.drafter.upload(`/documents/${id}/files`, { bytes, role: 'main' }).expect(201);
    expect(upload.body).toMatchObject({ pageCount: 300 });
    await desk.issue(id);
    const [main] = await filesOf(id);
    const context = await office.app.get(TrustService, { strict: false }).validationContext();
    expect(await verifyPdf(await bytesOf(id, main!), context)).toMatchObject({ indication: 'TOTAL-PASSED' });
  });

  it('is not signed anew when it comes back as an upload, but goes along as an attachment', async () => {
    const desk = new Desk(office, provinceCommittee);
    const first = await desk.draft();
    await desk.issue(first);
    const [main] = await filesOf(first);
    const bytes = await bytesOf(first, main!);
    const id = await desk.created();
    for (const role of ['main', 'annex']) {
      const answer = await desk.drafter.upload(`/documents/${id}/files`, { bytes, role }).expect(422);
      expect(answer.body).toMatchObject({ code: 'FILE_ALREADY_OFFICIAL' });
    }
    await desk.drafter.upload(`/documents/${id}/files`, { bytes, role: 'attachment' }).expect(201);
  });
});
