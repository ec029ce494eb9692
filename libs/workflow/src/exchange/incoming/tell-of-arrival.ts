import type { Tx } from '#platform';

import type { NoticeSubject } from '../../notices/notify';
import { notify } from '../../notices/notify';
import { isExpress } from '../../rules/express-lane';
import type { Consignment } from './consign-message';

/**
 * What does not wait is told at once: urgent documents to the clerks, telegrams and express ones to the leaders too. The
 * list of arrivals tells the rest.
 */
export async function tellOfArrival(
  tx: Tx,
  { message, agencyId, now }: Pick<Consignment, 'message' | 'agencyId' | 'now'>,
  incomingId: string,
): Promise<void> {
  const { document, marks, abstract } = message.manifest;
  const about: NoticeSubject = {
    type: 'incoming',
    id: incomingId,
    documentId: document.documentId,
    typeCode: document.typeCode,
    symbol: document.symbol,
    abstract,
    secrecy: marks.secrecy,
    urgency: marks.urgency,
  };
  const express = isExpress(about);
  if (!express && marks.urgency === 0) return;
  const roles = express ? (['clerk', 'leader'] as const) : (['clerk'] as const);
  await notify(tx, { kind: 'incoming.arrived', to: { agencyId, roles }, about }, now);
}
