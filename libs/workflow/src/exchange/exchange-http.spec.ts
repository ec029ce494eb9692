import { setTimeout as pause } from 'node:timers/promises';

import { demoAgency } from '#directory';
import { parseCertificate, parseCrl } from '#pki';
import type { Page } from '#platform';
import { aSystem } from '#platform/testing';

import { Desk, provinceCommittee } from '../testing/test-documents';
import { openTestOffice } from '../testing/test-office';
import type { TestOffice } from '../testing/test-office';
import { actionsOf } from '../testing/trail';
import { TrustService } from '../trust/trust-service';
import { deliveryBalance } from './deliveries/delivery-balance';
import type { DeliveryStatus } from './deliveries/find-deliveries';
import { verifyEvidenceChain } from './evidence/evidence-chain';
import { ExchangeWorkers } from './exchange-workers';
import type { IncomingSummary } from './incoming/incoming-view';
import type { IncomingDocument } from './incoming/read-incoming';
import type { IncomingVerification } from './incoming/verify-incoming';

const recipients = ['vptu', 'bkhcn', 'ubnd'];

describe('the exchange over HTTP', () => {
  let office: TestOffice;
  let documentId: string;

  beforeAll(async () => {
    office = await openTestOffice({
      signers: [provinceCommittee.leader],
      agencies: [provinceCommittee.agency, ...recipients],
    });
    await office.app.get(ExchangeWorkers, { strict: false }).start();
    const desk = new Desk(office, provinceCommittee);
    const timed = { urgency: 4, urgencyAt: '2026-12-01T08:30:00+07:00' };
    documentId = await desk.agencySigned(
      { ...timed, recipients: recipients.map((key) => ({ agencyId: demoAgency(key).id })) },
      2,
    );
    await desk.clerk.post(`/documents/${documentId}/issue`).expect(200);
    await deliveriesIn('01');
  }, 120_000);
  afterAll(async () => {
    await office.close();
  });

  const clerk = (agency: string) => office.as(`vanthu.${agency}`);

  async function deliveries(): Promise<readonly DeliveryStatus[]> {
    const answer = await clerk(provinceCommittee.agency)
      .get(`/documents/${documentId}/deliveries`)
      .expect(200);
    return (answer.body as { items: DeliveryStatus[] }).items;
  }

  async function deliveriesIn(...states: readonly string[]): Promise<readonly DeliveryStatus[]> {
    for (let tries = 0; tries < 400; tries += 1) {
      const found = await deliveries();
      if (found.every(({ state }) => states.includes(state))) return found;
      await pause(100);
    }
    throw new Error(`deliveries do not reach ${states.join(', ')}: ${JSON.stringify(await deliveries())}`);
  }

  async function arrivedFor(agency: string): Promise<string> {
    const { items } = (await clerk(agency).get('/incoming?state=01').expect(200))
      .body as Page<IncomingSummary>;
    expect(items).toHaveLength(1);
    return items[0]!.id;
  }

  it('carries a signed document to three agencies, where two accept it and one refuses', async () => {
    const [first, second, third] = recipients as [string, string, string];
    for (const agency of [first, second]) {
      const id = await arrivedFor(agency);
      const verified = (await clerk(agency).post(`/incoming/${id}/verify`).expect(200))
        .body as IncomingVerification;
      expect(verified).toMatchObject({
        verdict: 'TOTAL-PASSED',
        files: [{ role: 'main' }, { role: 'annex' }],
      });
      const accepted = await clerk(agency).post(`/incoming/${id}/accept`).expect(200);
      expect(accepted.body).toMatchObject({ arrivalNumber: 1 });
      const document = (await clerk(agency).get(`/incoming/${id}`).expect(200)).body as IncomingDocument;
      expect(document).toMatchObject({
        state: '03',
        documentId,
        urgency: 4,
        urgencyAt: '2026-12-01T01:30:00.000Z',
        arrivalNumber: 1,
        verification: { verdict: 'TOTAL-PASSED' },
      });
      const content = await clerk(agency)
        .get(`/incoming/${id}/files/${document.files[0]!.id}/content`)
        .expect(200);
      expect(content.headers['content-type']).toBe('application/pdf');
      expect((content.body as Buffer).length).toBe(document.files[0]!.size);
    }
    const refused = await arrivedFor(third);
    await clerk(third).post(`/incoming/${refused}/refuse`, { reason: 'x' }).expect(400);
    await clerk(third).post(`/incoming/${refused}/accept`).expect(409);
    await clerk(third).post(`/incoming/${refused}/refuse`, { reason: 'Không thuộc thẩm quyền' }).expect(200);
    const settled = await deliveriesIn('02', '03');
    expect(settled.filter(({ state }) => state === '02')).toMatchObject([
      { refusalReason: 'Không thuộc thẩm quyền' },
    ]);
  });

  it('leaves evidence that proves itself offline', async () => {
    const chain: unknown = (
      await clerk(provinceCommittee.agency).get(`/documents/${documentId}/evidence`).expect(200)
    ).body;
    const trust = await office.app.get(TrustService, { strict: false }).material();
    const verdict = await verifyEvidenceChain(chain, trust, { certificate: parseCertificate, crl: parseCrl });
    expect(verdict).toMatchObject({ ok: true, faults: [] });
    expect(verdict.deliveries.map(({ status }) => status).toSorted()).toEqual(['02', '03', '03']);
  });

  it('leaves every step in the trail', async () => {
    const actions = await actionsOf(office, documentId);
    for (const [action, times] of [
      ['delivery.sent success', 3],
      ['delivery.arrived success', 3],
      ['delivery.verified success', 2],
      ['delivery.accepted success', 2],
      ['delivery.refused success', 1],
      ['delivery.evidence_received success', 6],
    ] as const) {
      expect([action, actions.filter((each) => each === action).length]).toEqual([action, times]);
    }
    const balance = await office.database.unitOfWork.run(aSystem(), (tx) => deliveryBalance(tx));
    expect(balance).toEqual({
      expected: 3,
      accepted: 2,
      refused: 1,
      pending: 0,
      deadLetter: 0,
      withdrawn: 0,
      balanced: true,
    });
  });

  it('tells people of other agencies that there is no such document', async () => {
    const [first, second] = recipients as [string, string];
    const { items } = (await clerk(first).get('/incoming').expect(200)).body as Page<IncomingSummary>;
    const path = `/incoming/${items[0]!.id}`;
    for (const answer of [
      await clerk(second).get(path),
      await clerk(second).post(`${path}/verify`),
      await clerk(second).post(`${path}/accept`),
      await clerk(second).post(`${path}/refuse`, { reason: 'không phải của tôi' }),
      await clerk(first).get(`/documents/${documentId}/deliveries`),
      await clerk(first).get(`/documents/${documentId}/evidence`),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect(
      (await actionsOf(office, documentId)).filter((action) => action === 'access.denied denied'),
    ).toHaveLength(6);
  });

  it('refuses a cursor that no page gave', async () => {
    for (const path of ['/incoming', '/dead-letters', `/documents/${documentId}/deliveries`]) {
      const refused = await clerk(provinceCommittee.agency).get(`${path}?cursor=x`).expect(400);
      expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ code: 'CURSOR_UNKNOWN' }] });
    }
  });

  it('shows no dead letters and resends none that does not exist', async () => {
    await clerk(provinceCommittee.agency).get('/dead-letters').expect(200, { items: [], next: null });
    await clerk(provinceCommittee.agency).post(`/dead-letters/${documentId}/resend`).expect(404);
  });
});
