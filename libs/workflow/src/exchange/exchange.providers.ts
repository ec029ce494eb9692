import type { Provider, Type } from '@nestjs/common';

import { AftercareController, TakeBackController } from './aftercare/aftercare.controller';
import { AnswerTakeBack } from './aftercare/answer-take-back';
import { AskTakeBack } from './aftercare/ask-take-back';
import { ReceiveOrder } from './aftercare/receive-order';
import { ReceiveStatements } from './aftercare/receive-statements';
import { RecordAnswer } from './aftercare/record-answer';
import { WithdrawDocument } from './aftercare/withdraw-document';
import { ExchangeAgencies } from './agencies/exchange-agencies';
import { ReachableAgencies } from './agencies/reachable-agencies';
import { EscalateOverdue } from './deadlines/escalate-overdue';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { FindDeadLetters } from './dead-letters/find-dead-letters';
import { ResendDeadLetter } from './dead-letters/resend-dead-letter';
import { DeliverMessages } from './deliveries/deliver-messages';
import { DeliveriesController } from './deliveries/deliveries.controller';
import { FindDeliveries } from './deliveries/find-deliveries';
import { RecordEvidence } from './deliveries/record-evidence';
import { SubmissionAccess } from './deliveries/submission-access';
import { ExportEvidence } from './evidence/export-evidence';
import { ExchangeSettings, loadExchangeSettings } from './exchange-settings';
import { ExchangeWorkers } from './exchange-workers';
import { AcceptIncoming } from './incoming/accept-incoming';
import { AddScan } from './incoming/add-scan';
import { ListPaperTypes } from './incoming/list-paper-types';
import { CountIncoming } from './incoming/count-incoming';
import { EnterPaper } from './incoming/enter-paper';
import { FindIncoming } from './incoming/find-incoming';
import { IncomingAccess } from './incoming/incoming-access';
import { IncomingController } from './incoming/incoming.controller';
import { PapersController } from './incoming/papers.controller';
import { ReadIncoming } from './incoming/read-incoming';
import { ReadIncomingFile } from './incoming/read-incoming-file';
import { ReceiveMessages } from './incoming/receive-messages';
import { ReceivedFiles } from './incoming/received-files';
import { RefuseIncoming } from './incoming/refuse-incoming';
import { ReturnEvidence } from './incoming/return-evidence';
import { StampCopies } from './incoming/stamp-copies';
import { VerifyIncoming } from './incoming/verify-incoming';
import { RequeueWaiting } from './requeue-waiting';
import { SubmitDeliveries } from './submit-deliveries';
import { ExchangeListener } from './transport/exchange-listener';
import { NETWORK, readNetwork } from './transport/peers';
import type { ExchangeNetwork } from './transport/peers';
import { Transports } from './transport/transports';

/**
 * For the module of this lib. Beside them it must provide `DocumentAccess`, `PdfUploadInterceptor` and `TrustService`, and import the modules
 * of platform, audit, directory and access.
 */
export const exchangeProviders: readonly Provider[] = [
  { provide: ExchangeSettings, useFactory: (): ExchangeSettings => loadExchangeSettings() },
  {
    provide: NETWORK,
    useFactory: ({ networkFile }: ExchangeSettings): ExchangeNetwork | null =>
      networkFile === undefined ? null : readNetwork(networkFile),
    inject: [ExchangeSettings],
  },
  ExchangeAgencies,
  ReachableAgencies,
  SubmitDeliveries,
  SubmissionAccess,
  FindDeliveries,
  RecordEvidence,
  DeliverMessages,
  ExportEvidence,
  ReceivedFiles,
  ReceiveStatements,
  ReceiveOrder,
  RecordAnswer,
  AskTakeBack,
  AnswerTakeBack,
  WithdrawDocument,
  ReceiveMessages,
  IncomingAccess,
  FindIncoming,
  CountIncoming,
  EnterPaper,
  AddScan,
  ListPaperTypes,
  StampCopies,
  ReadIncoming,
  ReadIncomingFile,
  VerifyIncoming,
  AcceptIncoming,
  RefuseIncoming,
  ReturnEvidence,
  FindDeadLetters,
  ResendDeadLetter,
  Transports,
  RequeueWaiting,
  EscalateOverdue,
  ExchangeWorkers,
  ExchangeListener,
];

export const exchangeControllers: readonly Type[] = [
  DeliveriesController,
  IncomingController,
  PapersController,
  DeadLettersController,
  AftercareController,
  TakeBackController,
];
