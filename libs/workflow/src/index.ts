import { exchangeMigrations } from './exchange';
import { handlingMigrations } from './handling';
import { CreateDocuments1763740000000 } from './migrations/1763740000000-create-documents';
import { Copies1763905000000 } from './migrations/1763905000000-copies';
import { PlaceParts1763880000000 } from './migrations/1763880000000-place-parts';
import { SignersOfAgencies1763884000000 } from './migrations/1763884000000-signers-of-agencies';
import { TellOnPaper1763911000000 } from './migrations/1763911000000-tell-on-paper';
import { RecipientsAndDrafts1763800000000 } from './migrations/1763800000000-recipients-and-drafts';
import { Search1763834000000 } from './migrations/1763834000000-search';
import { SearchBuckets1763870000000 } from './migrations/1763870000000-search-buckets';
import { FetchedAnswers1763922000000 } from './migrations/1763922000000-fetched-answers';
import { FindBySymbol1763912000000 } from './migrations/1763912000000-find-by-symbol';
import { SignedForOthers1763872000000 } from './migrations/1763872000000-signed-for-others';
import { Statistics1763860000000 } from './migrations/1763860000000-statistics';
import { noticeMigrations } from './notices';
import { WaitingDocuments1763850000000 } from './migrations/1763850000000-waiting-documents';
import { Registers1763832000000 } from './migrations/1763832000000-registers';
import { SeriesByTerm1763852000000 } from './migrations/1763852000000-series-by-term';

export type { NodeHealth } from './administration/show-health';
export { documentStates } from './documents/document-states';
export type { DocumentState } from './documents/document-states';
export type { BodyChoices } from './documents/choices/list-bodies';
export type { DocumentSummary, FileView } from './documents/document-view';
export type { CopiesOfDocument } from './documents/copying/read-copies';
export type { DocumentChanges } from './documents/changes/read-changes';
export type { FormReading } from './documents/form/form-reading';
export type { FormatReport } from './documents/form/check-format';
export type { Layout, PartPlace, PlacedPart } from './documents/form/layout';
export type { PlacedParts } from './documents/form/place-parts';
export type { DocumentDetail } from './documents/reading/read-document';
export type { DispatchView } from './documents/recipients/dispatch';
export type { LastRecipients } from './documents/recipients/last-recipients';
export type { GivenPaperRecipient } from './documents/recipients/recipient';
export type { RecipientGroup } from './documents/recipients/recipient-groups';
export type { WaitingCounts } from './documents/waiting/count-waiting';
export type { WaitingView } from './documents/waiting/waiting-views';
export { outgoingMachine } from './documents/outgoing-machine';
export type { PreparedSigning } from './documents/signing/prepare-signing';
export type { SigningOutcome } from './documents/signing/signing-batch';
export type { ConsentedDocument, SigningPurpose } from './documents/signing/signing-operation';
export { WorkflowError, workflowProblems } from './errors';
export type { WorkflowErrorCode } from './errors';
export {
  deliveryBalance,
  deliveryMachine,
  ExchangeListener,
  exchangeQueues,
  ExchangeWorkers,
  incomingMachine,
  takeBackMachine,
  verifyEvidenceChain,
  withdrawalMachine,
} from './exchange';
export type {
  Acceptance,
  ChainFault,
  ChainVerdict,
  DeadLetter,
  DeliveryBalance,
  DeliveryState,
  DeliveryStatus,
  DeliveryVerdict,
  EnteredPaper,
  EnterPaperBody,
  EvidenceChain,
  IncomingCounts,
  IncomingDocument,
  IncomingSummary,
  IncomingVerification,
  IncomingView,
  PaperType,
} from './exchange';
export { handlingMachine } from './handling';
export type { FileRole, IssuedDocument, IssuedFile } from './issued-document';
export {
  documentType,
  documentTypesOf,
  secrecyCodes,
  secrecyRules,
  signingCapacities,
  urgencyRules,
} from './rules';
export type {
  Basis,
  CapacityCode,
  Certainty,
  DocumentType,
  RegisterColumns,
  Secrecy,
  Urgency,
} from './rules';
export type { NoticePage } from './notices/find-notices';
export type { NoticeView } from './notices/notice-view';
export type { ExportFormat } from './registers/export-register';
export type { HandlingEntry } from './registers/handling-register';
export type { IncomingEntry } from './registers/incoming-register';
export type { OutgoingEntry } from './registers/outgoing-register';
export type { Gap, RegisterName } from './registers/register';
export type { ClosedVolume } from './registers/volumes/close-volume';
export type { VolumeSummary } from './registers/volumes/volume';
export type { FoundDocument } from './search/find-documents';
export type { InspectedDocument } from './search/find-inspected-documents';
export type { ExchangeDay } from './statistics/exchange-days';
export type { ExchangeStatistics } from './statistics/exchange-statistics';
export type { Monitor, MonitorView, WatchedDelivery, WatchedNode } from './statistics/read-monitor';
export { drawStateMachine, machineFaults } from './state-machine';
export type { StateMachine, Transition } from './state-machine';
export { readTrustFolder } from './trust/trust-material';
export type { TrustMaterial } from './trust/trust-material';
export { TrustService } from './trust/trust-service';
export { WorkflowModule } from './workflow.module';

export const workflowMigrations = [
  CreateDocuments1763740000000,
  ...exchangeMigrations,
  RecipientsAndDrafts1763800000000,
  ...noticeMigrations,
  Registers1763832000000,
  Search1763834000000,
  WaitingDocuments1763850000000,
  ...handlingMigrations,
  Statistics1763860000000,
  PlaceParts1763880000000,
  SignersOfAgencies1763884000000,
  TellOnPaper1763911000000,
  SeriesByTerm1763852000000,
  SearchBuckets1763870000000,
  SignedForOthers1763872000000,
  Copies1763905000000,
  FindBySymbol1763912000000,
  FetchedAnswers1763922000000,
];
