import { CreateExchange1763745000000 } from './migrations/1763745000000-create-exchange';
import { FollowSuccessors1763820000000 } from './migrations/1763820000000-follow-successors';
import { AcknowledgementDue1763840000000 } from './migrations/1763840000000-acknowledgement-due';
import { AfterIssue1763850000000 } from './migrations/1763850000000-after-issue';
import { FaultsOfReceivedFiles1763842000000 } from './migrations/1763842000000-faults-of-received-files';

export { takeBackMachine, withdrawalMachine } from './aftercare/aftercare-states';
export type { DeadLetter } from './dead-letters/find-dead-letters';
export { deliveryBalance } from './deliveries/delivery-balance';
export type { DeliveryBalance } from './deliveries/delivery-balance';
export { deliveryMachine } from './deliveries/delivery-states';
export type { DeliveryState } from './deliveries/delivery-states';
export type { DeliveryStatus } from './deliveries/find-deliveries';
export { verifyEvidenceChain } from './evidence/evidence-chain';
export type { ChainFault, ChainVerdict, DeliveryVerdict, EvidenceChain } from './evidence/evidence-chain';
export { ExchangeWorkers } from './exchange-workers';
export { exchangeControllers, exchangeProviders } from './exchange.providers';
export { incomingMachine } from './incoming/incoming-states';
export type { Acceptance } from './incoming/accept-incoming';
export type { IncomingCounts } from './incoming/count-incoming';
export type { EnteredPaper } from './incoming/enter-paper';
export type { EnterPaperBody } from './incoming/paper-dtos';
export type { IncomingSummary } from './incoming/incoming-view';
export type { IncomingView } from './incoming/incoming-views';
export type { IncomingDocument } from './incoming/read-incoming';
export type { PaperType } from './incoming/list-paper-types';
export type { IncomingVerification } from './incoming/verify-incoming';
export { exchangeQueues } from './queues';
export { SubmitDeliveries } from './submit-deliveries';
export { ExchangeListener } from './transport/exchange-listener';

export const exchangeMigrations = [
  CreateExchange1763745000000,
  FollowSuccessors1763820000000,
  AcknowledgementDue1763840000000,
  AfterIssue1763850000000,
  FaultsOfReceivedFiles1763842000000,
];
