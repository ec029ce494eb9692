import { setTimeout as pause } from 'node:timers/promises';
import { demoAgency, demoBody, demoDirectory, demoPassword, demoPerson, demoPin } from '#directory';
import { ProblemAnswer } from '../../apps/launcher/src/job/sealpost-client';
import { benchmarkLetter } from '../benchmarks/benchmark-letter';
import type { Gate } from './gate';
import type { Ledger } from './ledger';
import type { Weather } from './patient-client';
import { OutcomeUnknown, PatientClient } from './patient-client';

/** Who sends: one Party body and one State body, so that both conventions of numbers run. */
const senders = [
  { agency: 'tinhuy', body: 'tinhuy/btv', signer: 'lanhdao', capacity: 'TM' },
  { agency: 'ubnd', body: 'ubnd/ubnd', signer: 'lanhdao', capacity: 'TM' },
] as const;
type Sender = (typeof senders)[number];

export const senderAgencies = senders.map(({ agency }) => agency);

/** Documents of a sender that are on their way to being issued at the same time. */
const desks = 2;
/** No document takes so many looks at its state. */
const mostRounds = 60;

interface DocumentState {
  readonly id: string;
  readonly state: string;
  readonly symbol: string | null;
  readonly date: string | null;
  readonly files: readonly unknown[];
}

interface Office {
  readonly drafter: PatientClient;
  readonly leader: PatientClient;
  readonly clerk: PatientClient;
}

export interface Sending {
  readonly origin: string;
  readonly recipients: readonly string[];
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly weather: Weather;
  /** Documents that are issued, acknowledged or not. */
  readonly issued: Set<string>;
}

/** Writes, signs, numbers and issues documents until the gate closes. */
export async function sendDocuments(sending: Sending): Promise<void> {
  const letter = await benchmarkLetter();
  await Promise.all(
    senders.flatMap((sender) =>
      Array.from({ length: desks }, async (_, desk) => {
        const office = await openOffice(sending, sender);
        for (let n = 1; ; n += 1) {
          const abstract = `Báo cáo số ${n} của bàn ${desk + 1}, ${sender.agency}`;
          const document = await create(office, sending, sender, abstract);
          // What is ready for issue waits for its moment.
          await advance(office, sending, document, letter, 'AGENCY_SIGNED');
          if (!(await sending.gate.next())) return;
          await advance(office, sending, document, letter, 'ISSUED');
          sending.issued.add(document);
        }
      }),
    ),
  );
}

async function openOffice({ origin, weather }: Sending, { agency, signer }: Sender): Promise<Office> {
  const [drafter, leader, clerk] = await Promise.all(
    ['chuyenvien', signer, 'vanthu'].map(async (post) => {
      const client = new PatientClient(origin, weather);
      await client.login(`${post}.${agency}`, demoPassword);
      return client;
    }),
  );
  if (!drafter || !leader || !clerk) throw new Error(`not everybody of ${agency} could log in`);
  return { drafter, leader, clerk };
}

/** A lost answer is no reason for a second draft: one looks for the first before writing it again. */
async function create(
  { drafter }: Office,
  { recipients, ledger }: Sending,
  sender: Sender,
  abstract: string,
): Promise<string> {
  const person = demoPerson(`${sender.signer}.${sender.agency}`);
  const post = demoDirectory.appointments.find(({ personId }) => personId === person.id);
  for (;;) {
    try {
      const { id } = await drafter.post<{ id: string }>('/documents', {
        bodyId: demoBody(sender.body).id,
        typeCode: 'BC',
        abstract,
        secrecy: 'THUONG',
        urgency: 0,
        signerPostId: post?.postId,
        capacity: { code: sender.capacity },
        recipients: recipients.map((key) => ({ agencyId: demoAgency(key).id })),
        reviewers: [],
      });
      ledger.created.set(id, { abstract });
      return id;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      const found = await findByAbstract(drafter, abstract);
      if (found !== undefined) return found;
    }
  }
}

async function findByAbstract(drafter: PatientClient, abstract: string): Promise<string | undefined> {
  interface Page {
    readonly items: readonly { readonly id: string; readonly abstract: string }[];
    readonly next: string | null;
  }
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page = await drafter.get<Page>(
      `/documents?state=DRAFT${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    const found = page.items.find((document) => document.abstract === abstract);
    if (found) return found.id;
    cursor = page.next;
  }
  return undefined;
}

/** Does what the document's state asks for next, as people do who look at it, until it has got to `goal`. */
async function advance(
  office: Office,
  sending: Sending,
  id: string,
  letter: Uint8Array,
  goal: 'AGENCY_SIGNED' | 'ISSUED',
): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const document = await office.drafter.get<DocumentState>(`/documents/${id}`);
    if (document.state === goal) return;
    try {
      await step(office, sending, document, letter);
    } catch (error) {
      // Interrupted, or done by a request whose answer was lost: the state tells.
      const passing =
        error instanceof OutcomeUnknown ||
        error instanceof SignatureFailed ||
        (error instanceof ProblemAnswer && error.problem.status === 409);
      if (!passing) throw error;
      await pause(100);
    }
  }
  throw new Error(`document ${id} does not get to ${goal}`);
}

async function step(
  { drafter, leader, clerk }: Office,
  { ledger }: Sending,
  { id, state, files }: DocumentState,
  letter: Uint8Array,
): Promise<void> {
  switch (state) {
    case 'DRAFT':
      if (files.length > 0) return drafter.post(`/documents/${id}/submit`);
      return upload(drafter, ledger, id, letter);
    case 'IN_REVIEW':
      return leader.post(`/documents/${id}/approve`);
    case 'APPROVED':
      return sign(leader, 'personal', id);
    case 'PERSON_SIGNED': {
      const { symbol, date } = await clerk.post<{ symbol: string; date: string }>(`/documents/${id}/number`);
      ledger.numbered.set(id, { symbol, date });
      return;
    }
    case 'NUMBERED':
      return sign(clerk, 'agency', id);
    case 'AGENCY_SIGNED':
      await clerk.post(`/documents/${id}/issue`);
      ledger.issued.add(id);
      return;
    default:
      throw new Error(`document ${id} is ${state}`);
  }
}

async function upload(
  drafter: PatientClient,
  ledger: Ledger,
  documentId: string,
  bytes: Uint8Array,
): Promise<void> {
  const file = await drafter.upload<{ id: string; sha256: string }>(`/documents/${documentId}/files`, {
    bytes,
    name: 'bao-cao.pdf',
    role: 'main',
    title: 'Báo cáo',
  });
  ledger.uploaded.push({ documentId, fileId: file.id, sha256: file.sha256 });
}

/** The operation was carried out and says that the signature was not made, e.g. because the database went away. */
class SignatureFailed extends Error {}

async function sign(client: PatientClient, purpose: 'personal' | 'agency', id: string): Promise<void> {
  const operation = await client.post<{ id: string }>('/signing-operations', { purpose, documentIds: [id] });
  const { items } = await client.post<{ items: readonly { outcome: string; code?: string }[] }>(
    `/signing-operations/${operation.id}/confirm`,
    { pin: demoPin },
  );
  if (items[0]?.outcome !== 'signed') throw new SignatureFailed(`${purpose}: ${items[0]?.code ?? 'nothing'}`);
}
