import type { Tx } from '#platform';

import type { LockedRow } from '../exchange/incoming/incoming-access';
import type { NoticeKind } from '../notices/notice-kinds';
import { notify } from '../notices/notify';
import { otherPaperType } from '../rules/envelope-marks';

export interface Told {
  readonly kind: NoticeKind;
  readonly people: readonly (string | null)[];
  readonly facts?: Readonly<Record<string, string>>;
}

/** Tells people of the agency where a document stands: in the transaction that moves it. */
export async function tellOfIncoming(tx: Tx, incoming: LockedRow, told: Told, now: Date): Promise<void> {
  await notify(
    tx,
    {
      kind: told.kind,
      to: { agencyId: incoming.agency_id, people: told.people },
      about: {
        type: 'incoming',
        id: incoming.id,
        documentId: incoming.document_id,
        typeCode: incoming.type_code ?? otherPaperType,
        symbol: incoming.symbol,
        abstract: incoming.abstract,
        secrecy: incoming.secrecy,
        urgency: incoming.urgency,
      },
      ...(told.facts && { facts: told.facts }),
    },
    now,
  );
}
