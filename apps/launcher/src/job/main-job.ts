import type { SealpostClient, UploadedFile } from './sealpost-client';

/**
 * The main job, seen from outside: the calls that carry one document from the first draft to the last recipient's
 * answer, in the order in which offices make them.
 */

export interface Office {
  readonly drafter: SealpostClient;
  readonly reviewer?: { readonly client: SealpostClient; readonly personId: string };
  readonly leader: SealpostClient;
  readonly leaderPin: string;
  readonly clerk: SealpostClient;
  readonly agencyPin: string;
}

export interface OutgoingPaper {
  readonly bodyId: string;
  readonly typeCode: string;
  readonly abstract: string;
  readonly urgency: number;
  readonly signer: { readonly postId: string; readonly capacity: string };
  readonly recipientAgencyIds: readonly string[];
  readonly files: readonly UploadedFile[];
}

export interface NumberedDocument {
  readonly id: string;
  readonly symbol: string;
  readonly date: string;
}

/** Called around each step: the demo shows progress with it, the benchmark measures. */
export type StepObserver = <T>(step: StepName, run: () => Promise<T>) => Promise<T>;

export type StepName =
  | 'create'
  | 'upload'
  | 'submit'
  | 'initial'
  | 'approve'
  | 'personal signature'
  | 'number'
  | 'agency signature'
  | 'issue'
  | 'arrive'
  | 'verify'
  | 'accept'
  | 'refuse';

const unobserved: StepObserver = (_step, run) => run();

interface SigningOperation {
  readonly id: string;
  readonly items: readonly { readonly documentId: string; readonly title: string }[];
}
interface SigningOutcome {
  readonly items: readonly {
    readonly documentId: string;
    readonly outcome: string;
    readonly code?: string;
  }[];
}

/** Writes a document, has it reviewed and approved. */
export async function draft(office: Office, paper: OutgoingPaper, observe = unobserved): Promise<string> {
  const { id } = await observe('create', () =>
    office.drafter.post<{ id: string }>('/documents', {
      bodyId: paper.bodyId,
      typeCode: paper.typeCode,
      abstract: paper.abstract,
      secrecy: 'THUONG',
      urgency: paper.urgency,
      signerPostId: paper.signer.postId,
      capacity: { code: paper.signer.capacity },
      recipients: paper.recipientAgencyIds.map((agencyId) => ({ agencyId })),
      reviewers:
        office.reviewer === undefined ? [] : [{ name: 'Thể thức', personId: office.reviewer.personId }],
    }),
  );
  for (const file of paper.files)
    await observe('upload', () => office.drafter.upload(`/documents/${id}/files`, file));
  await observe('submit', () => office.drafter.post(`/documents/${id}/submit`));
  const { reviewer } = office;
  if (reviewer !== undefined)
    await observe('initial', () => reviewer.client.post(`/documents/${id}/initial`));
  await observe('approve', () => office.leader.post(`/documents/${id}/approve`));
  return id;
}

/** Asks what will be signed, then consents with the PIN. One consent covers the whole list. */
async function sign(
  client: SealpostClient,
  purpose: 'personal' | 'agency',
  documentIds: readonly string[],
  pin: string,
): Promise<void> {
  const operation = await client.post<SigningOperation>('/signing-operations', { purpose, documentIds });
  const { items } = await client.post<SigningOutcome>(`/signing-operations/${operation.id}/confirm`, { pin });
  const failed = items.find(({ outcome }) => outcome !== 'signed');
  if (failed !== undefined)
    throw new Error(`${purpose} signature of ${failed.documentId}: ${failed.code ?? failed.outcome}`);
}

/** Signs, numbers, applies the agency signature and issues approved documents. */
export async function issue(
  office: Office,
  documentIds: readonly string[],
  observe = unobserved,
): Promise<NumberedDocument[]> {
  await observe('personal signature', () => sign(office.leader, 'personal', documentIds, office.leaderPin));
  const numbered: NumberedDocument[] = [];
  for (const id of documentIds) {
    const { symbol, date } = await observe('number', () =>
      office.clerk.post<{ symbol: string; date: string }>(`/documents/${id}/number`),
    );
    numbered.push({ id, symbol, date });
  }
  await observe('agency signature', () => sign(office.clerk, 'agency', documentIds, office.agencyPin));
  for (const id of documentIds) await observe('issue', () => office.clerk.post(`/documents/${id}/issue`));
  return numbered;
}
