/**
 * The shapes of the server's answers, taken from the libs that make them, so that a change there does not compile
 * here. Only types come in: nothing of a Nest lib reaches the browser.
 */
export type { Agency, Colleague, PersonView } from '#directory';
export type { PolicyName, SessionAnswer } from '#access';
export type {
  BodyChoices,
  ConsentedDocument,
  DeliveryState,
  DeliveryStatus,
  DispatchView,
  DocumentDetail,
  DocumentState,
  DocumentSummary,
  FileView,
  FormatReport,
  FormReading,
  FoundDocument,
  GivenPaperRecipient as PaperRecipient,
  LastRecipients,
  Layout,
  NoticePage,
  NoticeView,
  PartPlace,
  PlacedPart,
  PlacedParts,
  PreparedSigning,
  RecipientGroup,
  Secrecy,
  SigningOutcome,
  SigningPurpose,
  Urgency,
  WaitingCounts,
  WaitingView,
} from '#workflow';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** For the next page; null at the end. */
  readonly next: string | null;
}
