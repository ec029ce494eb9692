import type { Tx } from '#platform';

import type { NoticeKind } from '../notices/notice-kinds';
import type { NewNotice } from '../notices/notify';
import { notify } from '../notices/notify';
import type { DocumentRow } from './document-row';

/** Tells people of the document's own agency (and its signer, who may be of another) what became of it. */
export async function tellOfDocument(
  tx: Tx,
  row: DocumentRow,
  kind: NoticeKind,
  to: Omit<NewNotice['to'], 'agencyId'>,
  now: Date,
): Promise<void> {
  const about = {
    type: 'document',
    id: row.id,
    documentId: row.id,
    typeCode: row.type_code,
    symbol: row.symbol,
    abstract: row.abstract,
    secrecy: row.secrecy,
    urgency: row.urgency,
  } as const;
  await notify(tx, { kind, to: { agencyId: row.agency_id, ...to }, about }, now);
}

/** Whoever is to act on a draft under review: the reviewer whose turn it is, then whoever approves and signs. */
export function nextOnDraft(
  row: DocumentRow,
  step: { readonly person_id: string } | undefined,
): Omit<NewNotice['to'], 'agencyId'> {
  return step === undefined ? { postId: row.signer_post_id } : { people: [step.person_id] };
}
