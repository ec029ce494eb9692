import { setTimeout as pause } from 'node:timers/promises';
import { demoPassword } from '#directory';
import { ProblemAnswer } from '../../apps/launcher/src/job/sealpost-client';
import type { Acceptance } from '../../apps/launcher/src/job/receive';
import { arrivals } from '../../apps/launcher/src/job/receive';
import type { Ledger } from './ledger';
import type { Weather } from './patient-client';
import { OutcomeUnknown, PatientClient } from './patient-client';

/** One recipient in so many refuses. */
const refuseOneIn = 8;
const reason = 'Không thuộc thẩm quyền giải quyết, đề nghị gửi cơ quan có thẩm quyền.';
/** Documents that the clerks of one agency answer at the same time. */
const clerksAtWork = 2;

export interface Answering {
  readonly origin: string;
  readonly agency: string;
  readonly random: () => number;
  readonly ledger: Ledger;
  readonly weather: Weather;
  /** Issued so far; final once `everythingSent`. */
  readonly issued: ReadonlySet<string>;
  readonly progress: { readonly everythingSent: boolean };
}

/** Verifies what arrives at one agency and accepts or refuses it, until every issued document has been answered. */
export async function answerDocuments(answering: Answering): Promise<void> {
  const { agency, issued, progress, random } = answering;
  const clerk = new PatientClient(answering.origin, answering.weather);
  await clerk.login(`vanthu.${agency}`, demoPassword);
  const answered = new Set<string>();
  const refusing = new Map<string, boolean>();
  while (!(progress.everythingSent && [...issued].every((id) => answered.has(id)))) {
    const waiting = [...(await arrivals(clerk))];
    for (const { documentId } of waiting)
      if (!refusing.has(documentId)) refusing.set(documentId, random() < 1 / refuseOneIn);
    await Promise.all(
      Array.from({ length: clerksAtWork }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { id, documentId } = next;
          if (
            await answer(clerk, answering.ledger, id, refusing.get(documentId) === true ? 'refuse' : 'accept')
          )
            answered.add(documentId);
        }
      }),
    );
    await pause(50);
  }
}

/** True when the document has its answer, acknowledged to the clerk or seen in its state. */
async function answer(
  clerk: PatientClient,
  ledger: Ledger,
  id: string,
  decision: 'accept' | 'refuse',
): Promise<boolean> {
  try {
    await clerk.post(`/incoming/${id}/verify`);
    if (decision === 'refuse') {
      await clerk.post(`/incoming/${id}/refuse`, { reason });
      ledger.refused.add(id);
    } else ledger.accepted.set(id, await clerk.post<Acceptance>(`/incoming/${id}/accept`));
    return true;
  } catch (error) {
    const unclear =
      error instanceof OutcomeUnknown || (error instanceof ProblemAnswer && error.problem.status === 409);
    if (!unclear) throw error;
    return (await clerk.get<{ state: string }>(`/incoming/${id}`)).state !== '01';
  }
}
