import { setTimeout as pause } from 'node:timers/promises';
import { demoAgency, demoPerson } from '#directory';

import type { IncomingDocument } from '../exchange/incoming/read-incoming';
import type { Staff } from './test-documents';
import { Desk } from './test-documents';
import type { OfficeClient, TestOffice } from './test-office';

/** A paper as a clerk enters it; `given` overrides. */
export function aPaper(
  office: TestOffice,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    senderName: 'Hội Người cao tuổi xã Sơn Thủy',
    typeCode: 'CV',
    symbol: '12/CV-NCT',
    issuedOn: '2025-11-03',
    abstract: 'Về việc mượn hội trường',
    secrecy: 'THUONG',
    urgency: 0,
    pages: 2,
    channel: 'post',
    receivedAt: office.clock.now().toISOString(),
    envelopeMarks: [],
    ...given,
  };
}

export const person = (key: string): { readonly personId: string } => ({ personId: demoPerson(key).id });

/** An instruction whose lead is the drafter; `given` overrides. */
export function anInstruction(
  agency: string,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    text: 'Giao chuyên viên nghiên cứu, tham mưu văn bản trả lời.',
    lead: person(`chuyenvien.${agency}`),
    support: [],
    inform: [],
    due: null,
    ...given,
  };
}

/** What the people of one agency do with what comes in; each step must succeed. */
export class IncomingDesk {
  readonly clerk: OfficeClient;
  readonly leader: OfficeClient;
  readonly deputy: OfficeClient;
  readonly drafter: OfficeClient;

  constructor(
    private readonly office: TestOffice,
    readonly agency: string,
  ) {
    this.clerk = office.as(`vanthu.${agency}`);
    this.leader = office.as(`lanhdao.${agency}`);
    this.deputy = office.as(`pho.${agency}`);
    this.drafter = office.as(`chuyenvien.${agency}`);
  }

  async entered(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const answer = await this.clerk.post('/incoming/paper', aPaper(this.office, given)).expect(201);
    return (answer.body as { id: string }).id;
  }

  async submitted(id: string): Promise<string> {
    const body = { leaderPersonId: demoPerson(`lanhdao.${this.agency}`).id };
    await this.clerk.post(`/incoming/${id}/submit`, body).expect(200);
    return id;
  }

  async assigned(id: string, given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    await this.submitted(id);
    await this.leader.post(`/incoming/${id}/instruct`, anInstruction(this.agency, given)).expect(200);
    return id;
  }

  async started(id: string, given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    await this.assigned(id, given);
    await this.drafter.post(`/incoming/${id}/start`).expect(200);
    return id;
  }

  async read(id: string, client: OfficeClient = this.clerk): Promise<IncomingDocument> {
    return (await client.get(`/incoming/${id}`).expect(200)).body as IncomingDocument;
  }

  /** Issued by `by`, carried by the workers, verified and accepted here. */
  async accepted(by: Staff): Promise<{ readonly id: string; readonly documentId: string }> {
    const desk = new Desk(this.office, by);
    const documentId = await desk.agencySigned({ recipients: [{ agencyId: demoAgency(this.agency).id }] });
    await desk.clerk.post(`/documents/${documentId}/issue`).expect(200);
    const id = await eventually(async () => {
      const { items } = (await this.clerk.get('/incoming?state=01').expect(200)).body as {
        items: { id: string; documentId: string }[];
      };
      return items.find((item) => item.documentId === documentId)?.id;
    });
    await this.clerk.post(`/incoming/${id}/verify`).expect(200);
    await this.clerk.post(`/incoming/${id}/accept`).expect(200);
    return { id, documentId };
  }
}

/** Asks again until there is an answer, for at most forty seconds. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(100);
  }
  throw new Error('it did not happen in time');
}
