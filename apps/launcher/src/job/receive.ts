import type { StepObserver } from './main-job';
import type { SealpostClient } from './sealpost-client';

/** The recipient's half of the main job. */

export interface Arrived {
  readonly id: string;
  readonly documentId: string;
  readonly symbol: string;
}

export interface Acceptance {
  readonly arrivalNumber: number;
  readonly arrivalDate: string;
}

const unobserved: StepObserver = (_step, run) => run();

/** Documents that have arrived at the clerk's agency and wait for an answer. */
export async function arrivals(clerk: SealpostClient): Promise<readonly Arrived[]> {
  return (await clerk.get<{ items: readonly Arrived[] }>('/incoming?state=01')).items;
}

/** Waits until a document has arrived. @throws Error after `seconds`. */
export async function arrivalOf(clerk: SealpostClient, documentId: string, seconds = 60): Promise<Arrived> {
  return until(`arrival of ${documentId}`, seconds, async () =>
    (await arrivals(clerk)).find((incoming) => incoming.documentId === documentId),
  );
}

export async function verifyAndAccept(
  clerk: SealpostClient,
  incomingId: string,
  observe = unobserved,
): Promise<Acceptance> {
  await observe('verify', () => clerk.post(`/incoming/${incomingId}/verify`));
  return observe('accept', () => clerk.post<Acceptance>(`/incoming/${incomingId}/accept`));
}

export async function verifyAndRefuse(
  clerk: SealpostClient,
  incomingId: string,
  reason: string,
  observe = unobserved,
): Promise<void> {
  await observe('verify', () => clerk.post(`/incoming/${incomingId}/verify`));
  await observe('refuse', () => clerk.post(`/incoming/${incomingId}/refuse`, { reason }));
}

/** Asks again and again until there is an answer. @throws Error after `seconds`. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
