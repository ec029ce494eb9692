import { demoAgency, demoBody, demoDirectory, demoPerson, demoPin } from '#directory';
import { PDFDocument, StandardFonts } from 'pdf-lib';

import type { OfficeClient, TestOffice } from './test-office';

/** An A4 document of plain pages. */
export async function plainPdf(
  pages = 1,
  text = 'Test',
  xref: 'table' | 'stream' = 'table',
): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let page = 1; page <= pages; page += 1) {
    document.addPage([595.28, 841.89]).drawText(`${text}, page ${page}`, { x: 85, y: 640, size: 13, font });
  }
  return document.save({ useObjectStreams: xref === 'stream' });
}

/** Who does what in one agency of the demo. */
export interface Staff {
  readonly agency: string;
  readonly body: string;
  readonly drafter: string;
  readonly leader: string;
  readonly clerk: string;
  readonly capacity: string;
  readonly typeCode: string;
}

export const provinceCommittee: Staff = staff('tinhuy', 'tinhuy/btv', 'TM', 'NQ');

export function staff(agency: string, body: string, capacity: string, typeCode: string): Staff {
  return {
    agency,
    body,
    capacity,
    typeCode,
    drafter: `chuyenvien.${agency}`,
    leader: `lanhdao.${agency}`,
    clerk: `vanthu.${agency}`,
  };
}

export function postOf(person: string): string {
  const { id } = demoPerson(person);
  const appointment = demoDirectory.appointments.find(({ personId }) => personId === id);
  if (appointment === undefined) throw new Error(`${person} holds no post`);
  return appointment.postId;
}

/** A body for POST /documents; `given` overrides. */
export function newDocument(
  by: Staff,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    bodyId: demoBody(by.body).id,
    typeCode: by.typeCode,
    abstract: 'Về đẩy mạnh chuyển đổi số trong các cơ quan của tỉnh',
    secrecy: 'THUONG',
    urgency: 0,
    signerPostId: postOf(by.leader),
    capacity: { code: by.capacity },
    recipients: [{ agencyId: demoAgency('vptu').id }],
    reviewers: [],
    ...given,
  };
}

interface Answer {
  readonly id: string;
}

/** What the clients of one agency do, step by step; each step must succeed. */
export class Desk {
  readonly drafter: OfficeClient;
  readonly leader: OfficeClient;
  readonly clerk: OfficeClient;

  constructor(
    office: TestOffice,
    private readonly by: Staff,
  ) {
    this.drafter = office.as(by.drafter);
    this.leader = office.as(by.leader);
    this.clerk = office.as(by.clerk);
  }

  async created(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const answer = await this.drafter.post('/documents', newDocument(this.by, given)).expect(201);
    return (answer.body as Answer).id;
  }

  async draft(given: Readonly<Record<string, unknown>> = {}, files = 1): Promise<string> {
    const id = await this.created(given);
    await this.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(2), role: 'main' })
      .expect(201);
    for (let annex = 1; annex < files; annex += 1) {
      const bytes = await plainPdf(annex, `Annex ${annex}`);
      await this.drafter
        .upload(`/documents/${id}/files`, { bytes, role: 'annex', title: `Phụ lục ${annex}` })
        .expect(201);
    }
    return id;
  }

  async approved(given: Readonly<Record<string, unknown>> = {}, files = 1): Promise<string> {
    const id = await this.draft(given, files);
    await this.drafter.post(`/documents/${id}/submit`).expect(200);
    await this.leader.post(`/documents/${id}/approve`).expect(200);
    return id;
  }

  async personSigned(given: Readonly<Record<string, unknown>> = {}, files = 1): Promise<string> {
    const id = await this.approved(given, files);
    await this.sign('personal', [id]);
    return id;
  }

  async numbered(given: Readonly<Record<string, unknown>> = {}, files = 1): Promise<string> {
    const id = await this.personSigned(given, files);
    await this.clerk.post(`/documents/${id}/number`).expect(200);
    return id;
  }

  async agencySigned(given: Readonly<Record<string, unknown>> = {}, files = 1): Promise<string> {
    const id = await this.numbered(given, files);
    await this.sign('agency', [id]);
    return id;
  }

  /** Takes a draft with its files all the way. */
  async issue(id: string): Promise<void> {
    await this.drafter.post(`/documents/${id}/submit`).expect(200);
    await this.leader.post(`/documents/${id}/approve`).expect(200);
    await this.sign('personal', [id]);
    await this.clerk.post(`/documents/${id}/number`).expect(200);
    await this.sign('agency', [id]);
    await this.clerk.post(`/documents/${id}/issue`).expect(200);
  }

  /** Prepares and confirms; every item must be signed. */
  async sign(purpose: 'personal' | 'agency', documentIds: readonly string[]): Promise<void> {
    const items = await this.trySign(purpose, documentIds);
    expect(items.map(({ outcome }) => outcome)).toEqual(documentIds.map(() => 'signed'));
  }

  async trySign(
    purpose: 'personal' | 'agency',
    documentIds: readonly string[],
    pin = demoPin,
  ): Promise<readonly Outcome[]> {
    const client = purpose === 'personal' ? this.leader : this.clerk;
    const prepared = await client.post('/signing-operations', { purpose, documentIds }).expect(201);
    const { id } = prepared.body as Answer;
    const confirmed = await client.post(`/signing-operations/${id}/confirm`, { pin }).expect(200);
    return (confirmed.body as { items: Outcome[] }).items;
  }
}

export interface Outcome {
  readonly documentId: string;
  readonly outcome: string;
  readonly code?: string;
  readonly level?: string;
}
