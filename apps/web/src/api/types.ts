/**
 * The shapes of the server's answers, taken from the libs that make them, so that a change there does not compile
 * here. Only types come in: nothing of a Nest lib reaches the browser.
 */
export type { Agency, Colleague, PersonView } from '#directory';
export type { AuditAction } from '#audit';
export type {
  Flag,
  FlagAnswer,
  FlagRule,
  HistoryEntry,
  InspectedPerson,
  MandateView,
  NewMandate,
  PolicyName,
  Readers,
  SessionAnswer,
} from '#access';
export type {
  Acceptance,
  BodyChoices,
  ClosedVolume,
  ConsentedDocument,
  DeliveryState,
  DeliveryStatus,
  DispatchView,
  DocumentChanges,
  CopiesOfDocument,
  DocumentDetail,
  DocumentState,
  DocumentSummary,
  EnteredPaper,
  EnterPaperBody,
  ExchangeDay,
  ExchangeStatistics,
  ExportFormat,
  FileView,
  FormatReport,
  FormReading,
  FoundDocument,
  Gap,
  GivenPaperRecipient as PaperRecipient,
  HandlingEntry,
  IncomingCounts,
  IncomingDocument,
  IncomingEntry,
  IncomingSummary,
  IncomingVerification,
  IncomingView,
  InspectedDocument,
  LastRecipients,
  Layout,
  Monitor,
  MonitorView,
  NoticePage,
  NoticeView,
  OutgoingEntry,
  PaperType,
  PartPlace,
  PlacedPart,
  PlacedParts,
  PreparedSigning,
  RecipientGroup,
  RegisterColumns,
  RegisterName,
  Secrecy,
  SigningOutcome,
  SigningPurpose,
  Urgency,
  VolumeSummary,
  WaitingCounts,
  WaitingView,
  WatchedDelivery,
  WatchedNode,
} from '#workflow';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** For the next page; null at the end. */
  readonly next: string | null;
}
