import type { EnterPaperBody } from '../../api/types';
import { fromVietnamInput, nowForInput } from '../../formats/moments';

export const channels = ['post', 'direct', 'kt1'] as const satisfies readonly EnterPaperBody['channel'][];
export const envelopeMarks = [
  'ADDRESSEE_ONLY',
  'DAMAGED',
  'OPENED_BEFORE',
  'WITHOUT_SEAL',
] as const satisfies readonly EnterPaperBody['envelopeMarks'][number][];

/** What the clerk enters of a paper, as the form holds it. */
export interface PaperFields {
  /** Of the directory; else `senderName` says it in words. */
  readonly sender: { readonly id: string; readonly name: string } | undefined;
  readonly senderName: string;
  readonly typeCode: string;
  readonly symbol: string;
  readonly issuedOn: string;
  readonly abstract: string;
  readonly secrecy: EnterPaperBody['secrecy'];
  readonly urgency: EnterPaperBody['urgency'];
  readonly urgencyAt: string;
  readonly pages: string;
  readonly channel: EnterPaperBody['channel'];
  readonly receivedAt: string;
  readonly envelopeMarks: readonly EnterPaperBody['envelopeMarks'][number][];
  readonly envelopeRemarks: string;
}

export const emptyPaper = (): PaperFields => ({
  sender: undefined,
  senderName: '',
  typeCode: '',
  symbol: '',
  issuedOn: '',
  abstract: '',
  secrecy: 'THUONG',
  urgency: 0,
  urgencyAt: '',
  pages: '',
  channel: 'post',
  receivedAt: nowForInput(),
  envelopeMarks: [],
  envelopeRemarks: '',
});

export type RequiredField = 'sender' | 'typeCode' | 'issuedOn' | 'abstract' | 'urgencyAt' | 'receivedAt';

/** What has to be filled before it can be entered: of a secret no more than stands on its envelope. */
export function missingIn(fields: PaperFields): readonly RequiredField[] {
  const isPlain = fields.secrecy === 'THUONG';
  const isEmpty: Readonly<Record<RequiredField, boolean>> = {
    sender: fields.sender === undefined && fields.senderName.trim() === '',
    typeCode: isPlain && fields.typeCode === '',
    issuedOn: isPlain && fields.issuedOn === '',
    abstract: isPlain && fields.abstract.trim() === '',
    urgencyAt: fields.urgency === 4 && fields.urgencyAt === '',
    receivedAt: fields.receivedAt === '',
  };
  return (Object.keys(isEmpty) as RequiredField[]).filter((name) => isEmpty[name]);
}

/** The body for the server: what is empty is left out, and of a top secret everything that it may not hold. */
export function paperBody(fields: PaperFields): EnterPaperBody {
  const isTopSecret = fields.secrecy === 'TUYET_MAT';
  const text = (value: string): string | null => (value.trim() === '' ? null : value.trim());
  return {
    ...(fields.sender ? { senderAgencyId: fields.sender.id } : { senderName: fields.senderName.trim() }),
    typeCode: text(fields.typeCode),
    symbol: text(fields.symbol),
    issuedOn: text(fields.issuedOn),
    abstract: isTopSecret ? null : text(fields.abstract),
    secrecy: fields.secrecy,
    urgency: fields.urgency,
    ...(fields.urgency === 4 && { urgencyAt: fromVietnamInput(fields.urgencyAt) }),
    pages: fields.pages === '' ? null : Number(fields.pages),
    channel: fields.channel,
    receivedAt: fromVietnamInput(fields.receivedAt),
    envelopeMarks: fields.envelopeMarks,
    envelopeRemarks: isTopSecret ? null : text(fields.envelopeRemarks),
  };
}
