import type { DocumentDetail, PaperRecipient, Secrecy, Urgency } from '../../api/types';
import { fromVietnamInput, toVietnamInput } from '../../formats/moments';
import type { ChosenSigner } from '../../parts/signer-fields';
import { noSigner, signerBody } from '../../parts/signer-fields';

type Channel = NonNullable<DocumentDetail['recipients'][number]['channel']>;

export interface ChosenRecipient {
  readonly agencyId: string;
  readonly name: string;
  readonly channel: Channel;
  readonly copies: number;
}

/** What a drafter says about a document, as the form holds it. */
export interface DraftFields {
  readonly bodyId: string;
  readonly typeCode: string;
  readonly abstract: string;
  readonly unitSymbol: string;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** As an input of date and time holds it, in Vietnamese time. */
  readonly urgencyAt: string;
  readonly signer: ChosenSigner;
  readonly reviewers: readonly { readonly name: string; readonly personId: string }[];
  readonly recipients: readonly ChosenRecipient[];
  readonly paperRecipients: readonly PaperRecipient[];
  readonly paperReason: string;
}

export const emptyDraft: DraftFields = {
  bodyId: '',
  typeCode: '',
  abstract: '',
  unitSymbol: '',
  secrecy: 'THUONG',
  urgency: 0,
  urgencyAt: '',
  signer: noSigner,
  reviewers: [],
  recipients: [],
  paperRecipients: [],
  paperReason: '',
};

export function fieldsOf(document: DocumentDetail): DraftFields {
  return {
    bodyId: document.bodyId,
    typeCode: document.typeCode,
    abstract: document.abstract ?? '',
    unitSymbol: document.unitSymbol ?? '',
    secrecy: document.secrecy,
    urgency: document.urgency,
    urgencyAt: document.urgencyAt === null ? '' : toVietnamInput(document.urgencyAt),
    signer: {
      ...noSigner,
      ...(document.signer && { postId: document.signer.postId, code: document.signer.capacity }),
    },
    reviewers: document.reviewers,
    recipients: document.recipients.map(({ agencyId, name, channel = 'electronic', copies = 1 }) => ({
      agencyId,
      name,
      channel,
      copies,
    })),
    paperRecipients: document.paperRecipients,
    paperReason: document.paperReason ?? '',
  };
}

/** Nơi nhận of a document, and why some of it goes on paper. */
export type RecipientFields = Pick<DraftFields, 'recipients' | 'paperRecipients' | 'paperReason'>;

export const goesOnPaper = ({ recipients, paperRecipients }: RecipientFields): boolean =>
  paperRecipients.length > 0 || recipients.some(({ channel }) => channel !== 'electronic');

/** As POST and PATCH take it; null empties what may be empty. */
export function bodyOf(fields: DraftFields, empty: null | undefined): object {
  const { signer, abstract, unitSymbol, urgencyAt, ...rest } = fields;
  return {
    ...rest,
    ...signerBody(signer),
    abstract: fields.secrecy === 'TUYET_MAT' || abstract.trim() === '' ? empty : abstract.trim(),
    unitSymbol: unitSymbol.trim() === '' ? empty : unitSymbol.trim(),
    urgencyAt: fields.urgency === 4 && urgencyAt !== '' ? fromVietnamInput(urgencyAt) : empty,
    ...recipientsBody(fields, empty),
  };
}

/** Nơi nhận as POST and PATCH take it. */
export function recipientsBody(fields: RecipientFields, empty: null | undefined): object {
  const reason = fields.paperReason.trim();
  return {
    recipients: fields.recipients.map(({ agencyId, channel, copies }) => ({ agencyId, channel, copies })),
    paperRecipients: fields.paperRecipients,
    paperReason: goesOnPaper(fields) && reason !== '' ? reason : empty,
  };
}
