import type { Tx } from '#platform';

import type { NoticeKind } from '../../notices/notice-kinds';
import type { NewNotice, NoticeSubject } from '../../notices/notify';
import { notify } from '../../notices/notify';
import type { Secrecy, Urgency } from '../../rules/marks';
import type { DocumentIdentity } from '../statements/parties';

/** Of a document to more recipients than these, each acceptance is no news: the list of deliveries tells. */
const acceptancesTold = 20;

interface SentDocument {
  readonly sender_agency_id: string;
  readonly identity: DocumentIdentity;
  readonly recipients: number;
  readonly drafter_id: string | null;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
}

/** Tells the sender's people what became of a document at one recipient: its drafter, and the clerks where they must act. */
export async function tellOfDelivery(
  tx: Tx,
  delivery: { readonly document_id: string; readonly recipient_name: string },
  kind: Extract<NoticeKind, `delivery.${string}`>,
  now: Date,
): Promise<void> {
  const document = await sentDocument(tx, delivery.document_id);
  if (kind === 'delivery.accepted' && document.recipients > acceptancesTold) return;
  const notice: NewNotice = {
    kind,
    to: {
      agencyId: document.sender_agency_id,
      people: [document.drafter_id],
      ...(kind !== 'delivery.accepted' && { roles: ['clerk'] }),
    },
    about: aboutSent(document),
    facts: { recipients: [delivery.recipient_name] },
  };
  await notify(tx, notice, now);
}

function aboutSent(document: SentDocument): NoticeSubject {
  const { identity } = document;
  return {
    type: 'document',
    id: identity.documentId,
    documentId: identity.documentId,
    typeCode: identity.typeCode,
    symbol: identity.symbol,
    abstract: document.abstract,
    secrecy: document.secrecy,
    urgency: document.urgency,
  };
}

async function sentDocument(tx: Tx, documentId: string): Promise<SentDocument> {
  const [row] = await tx.query<SentDocument>(
    `SELECT s.sender_agency_id, s.identity, s.recipients, d.drafter_id, d.abstract, coalesce(d.secrecy, 'THUONG') AS secrecy,
            coalesce(d.urgency, 0) AS urgency
       FROM workflow.submission s LEFT JOIN workflow.document d ON d.id = s.document_id WHERE s.document_id = $1`,
    [documentId],
  );
  if (!row) throw new Error(`the document ${documentId} of a delivery was never submitted`);
  return row;
}
