import { createHash } from 'node:crypto';
import { demoAgency } from '#directory';
import { verifyPdf } from '#signing';

import { Desk, provinceCommittee } from '../testing/test-documents';
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

describe('a resolution of a province’s standing board', () => {
  it('goes from draft to issue; every file verifies and its digest is the one stated', async () => {
    const desk = new Desk(office, provinceCommittee);
    const recipients = ['vptu', 'bkhcn', 'ubnd'].map((key) => demoAgency(key).id);
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
});
