import { demoAgency, demoBody, demoDirectory, demoPerson, demoPin } from '#directory';
import { samplePdf } from '../../libs/signing/src/testing';
import type { Caller, Reply, Upload } from './caller';
import type { TestNode } from './test-node';

/** Who writes, signs and sends for one body of the demo. */
export interface Staff {
  readonly agency: string;
  readonly body: string;
  readonly typeCode: string;
  readonly capacity: string;
  readonly drafter: string;
  readonly leader: string;
  readonly clerk: string;
}

function staff(body: string, typeCode: string, capacity: string, leader = 'lanhdao'): Staff {
  const agency = body.split('/')[0] ?? body;
  return {
    agency,
    body,
    typeCode,
    capacity,
    drafter: `chuyenvien.${agency}`,
    leader: `${leader}.${agency}`,
    clerk: `vanthu.${agency}`,
  };
}

/** Bodies of both blocs, with ECDSA and RSA keys. */
export const staffs = {
  provinceBoard: staff('tinhuy/btv', 'CV', 'TM'),
  provinceDeputy: staff('tinhuy/btv', 'KL', 'TM', 'pho'),
  centralOffice: staff('vptw/vp', 'CV', 'DIRECT'),
  cell: staff('vptu/chibo', 'NQ', 'TM', 'bithuchibo'),
  peoplesCommittee: staff('ubnd/ubnd', 'QD', 'TM'),
  ministry: staff('bkhcn/bo', 'QD', 'KT', 'pho'),
  department: staff('sonoivu/so', 'CV', 'DIRECT'),
} as const;

export function postOf(person: string): string {
  const { id } = demoPerson(person);
  const appointment = demoDirectory.appointments.find(({ personId }) => personId === id);
  if (!appointment) throw new Error(`${person} holds no post`);
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
    abstract: 'Về việc thử nghiệm hệ thống gửi, nhận văn bản',
    secrecy: 'THUONG',
    urgency: 0,
    signerPostId: postOf(by.leader),
    capacity: { code: by.capacity },
    recipients: [{ agencyId: demoAgency('dangsonthuy').id }],
    reviewers: [],
    ...given,
  };
}

/** @throws Error that says what was answered instead */
export async function ok<T>(status: number, reply: Promise<Reply>): Promise<T> {
  const answer = await reply;
  if (answer.status !== status)
    throw new Error(`expected ${status}, was answered ${answer.outcome}: ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}

export interface Outcome {
  readonly documentId: string;
  readonly outcome: string;
  readonly code?: string;
  readonly level?: string;
  readonly message?: { readonly vi: string; readonly en: string };
}

interface Made {
  readonly id: string;
}

/** The desks of one body: each method carries a new document so far, every step over HTTP. */
export class Desk {
  constructor(
    private readonly node: TestNode,
    readonly by: Staff,
  ) {}

  get drafter(): Promise<Caller> {
    return this.node.as(this.by.drafter);
  }

  get leader(): Promise<Caller> {
    return this.node.as(this.by.leader);
  }

  get clerk(): Promise<Caller> {
    return this.node.as(this.by.clerk);
  }

  async created(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return (await ok<Made>(201, (await this.drafter).post('/documents', newDocument(this.by, given)))).id;
  }

  async draft(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.created(given);
    const upload = file ?? { bytes: await plainPdf() };
    await ok(201, (await this.drafter).upload(`/documents/${id}/files`, upload));
    return id;
  }

  async inReview(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.draft(given, file);
    await ok(200, (await this.drafter).post(`/documents/${id}/submit`));
    return id;
  }

  async approved(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.inReview(given, file);
    await ok(200, (await this.leader).post(`/documents/${id}/approve`));
    return id;
  }

  async personSigned(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.approved(given, file);
    await this.sign('personal', [id]);
    return id;
  }

  async numbered(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.personSigned(given, file);
    await ok(200, (await this.clerk).post(`/documents/${id}/number`));
    return id;
  }

  async agencySigned(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.numbered(given, file);
    await this.sign('agency', [id]);
    return id;
  }

  async issued(given: Readonly<Record<string, unknown>> = {}, file?: Upload): Promise<string> {
    const id = await this.agencySigned(given, file);
    await ok(200, (await this.clerk).post(`/documents/${id}/issue`));
    return id;
  }

  /** What will be signed, as prepared and not yet confirmed. */
  async prepare(purpose: 'personal' | 'agency', documentIds: readonly string[]): Promise<string> {
    const signer = await (purpose === 'personal' ? this.leader : this.clerk);
    return (await ok<Made>(201, signer.post('/signing-operations', { purpose, documentIds }))).id;
  }

  async trySign(purpose: 'personal' | 'agency', documentIds: readonly string[]): Promise<readonly Outcome[]> {
    const signer = await (purpose === 'personal' ? this.leader : this.clerk);
    const operation = await this.prepare(purpose, documentIds);
    const confirmed = signer.post(`/signing-operations/${operation}/confirm`, { pin: demoPin });
    return (await ok<{ items: readonly Outcome[] }>(200, confirmed)).items;
  }

  async sign(purpose: 'personal' | 'agency', documentIds: readonly string[]): Promise<void> {
    const failed = (await this.trySign(purpose, documentIds)).filter(({ outcome }) => outcome !== 'signed');
    if (failed.length > 0) throw new Error(`not signed: ${JSON.stringify(failed)}`);
  }

  async stateOf(id: string): Promise<string> {
    return (await ok<{ state: string }>(200, (await this.clerk).get(`/documents/${id}`))).state;
  }
}

let plain: Promise<Uint8Array> | undefined;

/** One page, the cheapest paper that can be signed. */
export function plainPdf(): Promise<Uint8Array> {
  plain ??= samplePdf({ pages: 1, xref: 'table' });
  return plain;
}
