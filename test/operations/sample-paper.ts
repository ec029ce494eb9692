import { demoAgency, demoBody, demoDirectory, demoPerson } from '#directory';
import type { OutgoingPaper } from '../../apps/launcher/src/job/main-job';
import { benchmarkLetter } from '../benchmarks/benchmark-letter';

/** A report of the province's standing board, to be signed by its secretary. */
export async function samplePaper(recipients: readonly string[]): Promise<OutgoingPaper> {
  const signer = demoPerson('lanhdao.tinhuy');
  const appointment = demoDirectory.appointments.find(({ personId }) => personId === signer.id);
  if (!appointment) throw new Error(`${signer.key} holds no post`);
  return {
    bodyId: demoBody('tinhuy/btv').id,
    typeCode: 'BC',
    abstract: 'Kết quả gửi, nhận văn bản điện tử',
    urgency: 0,
    signer: { postId: appointment.postId, capacity: 'TM' },
    recipientAgencyIds: recipients.map((key) => demoAgency(key).id),
    files: [{ bytes: await benchmarkLetter(), name: 'bao-cao.pdf', role: 'main', title: 'Báo cáo' }],
  };
}
