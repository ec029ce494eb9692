import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { AuditModule } from '#audit';
import type { IssuableTypes } from '#directory';
import { DirectoryModule, ISSUABLE_TYPES } from '#directory';
import { httpTimestampSource, timestampsInOrder } from '#pki';
import { Clock, Config, LOGGER, PlatformModule, UnitOfWork } from '#platform';
import type { Logger } from 'pino';

import { HolderCertificates } from './administration/holder-certificates';
import { ImportCertificate } from './administration/import-certificate';
import { ImportKey } from './administration/import-key';
import { NodeAdministrationController } from './administration/node-administration.controller';
import { ShowHealth } from './administration/show-health';
import { BodiesController } from './documents/choices/bodies.controller';
import { ListBodies } from './documents/choices/list-bodies';
import { CreateDocument } from './documents/create-document';
import { Authors } from './documents/author';
import { UploadsInFlight } from './documents/files/uploads-in-flight';
import { DocumentAccess } from './documents/document-access';
import { DocumentsController } from './documents/documents.controller';
import { ApproveDocument } from './documents/drafting/approve-document';
import { InitialDraft } from './documents/drafting/initial-draft';
import { ReturnDocument } from './documents/drafting/return-document';
import { SubmitDocument } from './documents/drafting/submit-document';
import { AddFile } from './documents/files/add-file';
import { PdfUploadInterceptor } from './documents/files/pdf-upload.interceptor';
import { CancelDocument } from './documents/issuing/cancel-document';
import { IssueDocument } from './documents/issuing/issue-document';
import { NumberDocument } from './documents/issuing/number-document';
import { ListDocuments } from './documents/reading/list-documents';
import { ReadDocument } from './documents/reading/read-document';
import { ReadFile } from './documents/reading/read-file';
import { SigningOperationsController } from './documents/signing-operations.controller';
import { ChangeDocument } from './documents/drafting/change-document';
import { ChangeSigner } from './documents/drafting/change-signer';
import { DraftRules } from './documents/drafting/draft-rules';
import { DraftsController } from './documents/drafting/drafts.controller';
import { CheckFormat } from './documents/form/check-format';
import { FormController } from './documents/form/form.controller';
import { PlaceParts } from './documents/form/place-parts';
import { ReadForm } from './documents/form/read-form';
import { OrderFiles } from './documents/files/order-files';
import { RemoveFile } from './documents/files/remove-file';
import { ReadChanges } from './documents/changes/read-changes';
import { ReadDrafts } from './documents/reading/read-drafts';
import { CheckRecipients } from './documents/recipients/check-recipients';
import { DispatchesController } from './documents/recipients/dispatches.controller';
import { FindLastRecipients } from './documents/recipients/last-recipients';
import { NameRecipients } from './documents/recipients/named-recipients';
import { RecipientGroups } from './documents/recipients/recipient-groups';
import { RecipientGroupsController } from './documents/recipients/recipient-groups.controller';
import { RecordDispatch } from './documents/recipients/record-dispatch';
import { ConfirmSigning } from './documents/signing/confirm-signing';
import { PrepareSigning } from './documents/signing/prepare-signing';
import { SignAsAgency } from './documents/signing/sign-as-agency';
import { SignAsPerson } from './documents/signing/sign-as-person';
import {
  exchangeControllers,
  ExchangeListener,
  exchangeProviders,
  ExchangeWorkers,
  SubmitDeliveries,
} from './exchange';
import { handlingControllers, handlingProviders } from './handling';
import { noticeControllers, noticeProviders } from './notices';
import { registerControllers, registerProviders } from './registers/registers.providers';
import { documentTypesOf } from './rules';
import { searchControllers, searchProviders } from './search/search.providers';
import { CountWaiting } from './documents/waiting/count-waiting';
import { ListWaiting } from './documents/waiting/list-waiting';
import { CopySource } from './documents/copying/copy-source';
import { CopiesController } from './documents/copying/copies.controller';
import { MakeCopy } from './documents/copying/make-copy';
import { ReadCopies } from './documents/copying/read-copies';
import { WaitingController } from './documents/waiting/waiting.controller';
import { statisticsControllers, statisticsProviders } from './statistics/statistics.providers';
import { loadWorkflowSettings, WorkflowSettings } from './settings';
import { makeTrust } from './trust/make-trust';
import { Timestamps } from './trust/timestamps';
import { TrustService } from './trust/trust-service';

function makeTimestamps(
  { tsaUrls, tsaTimeout, withoutTimestamp }: WorkflowSettings,
  clock: Clock,
  logger: Logger,
): Timestamps {
  const authorities = tsaUrls.map((url) => ({
    name: url,
    source: httpTimestampSource({ url, timeoutMs: tsaTimeout }),
  }));
  const source = timestampsInOrder(authorities, {
    tell: ({ answeredBy, failed }) => {
      for (const { name, error } of failed)
        logger.warn({ authority: name, err: error, answeredBy }, 'a time-stamping authority failed');
    },
  });
  return new Timestamps({ ...(authorities.length > 0 && { source }), withoutTimestamp }, clock);
}

/** Which types a body may be allowed to issue, for the administration of the directory. */
const issuableTypes: IssuableTypes = {
  typesOf: (bloc) => documentTypesOf(bloc).map(({ code, name, en }) => ({ code, name, en })),
};

/** Documents from draft to issue, and what becomes of them between agencies. */
@Module({
  imports: [PlatformModule, AuditModule, DirectoryModule, AccessModule],
  // `documents/last-recipients` before `documents/:id`.
  controllers: [
    WaitingController,
    DraftsController,
    FormController,
    DispatchesController,
    RecipientGroupsController,
    CopiesController,
    DocumentsController,
    BodiesController,
    NodeAdministrationController,
    SigningOperationsController,
    ...exchangeControllers,
    ...handlingControllers,
    ...noticeControllers,
    ...registerControllers,
    ...searchControllers,
    ...statisticsControllers,
  ],
  providers: [
    { provide: WorkflowSettings, useFactory: (): WorkflowSettings => loadWorkflowSettings() },
    {
      provide: TrustService,
      useFactory: makeTrust,
      inject: [WorkflowSettings, Config, Clock, UnitOfWork, LOGGER],
    },
    { provide: Timestamps, useFactory: makeTimestamps, inject: [WorkflowSettings, Clock, LOGGER] },
    { provide: ISSUABLE_TYPES, useValue: issuableTypes },
    Authors,
    UploadsInFlight,
    DocumentAccess,
    ListBodies,
    HolderCertificates,
    ImportCertificate,
    ImportKey,
    ShowHealth,
    DraftRules,
    CheckRecipients,
    CheckFormat,
    ReadForm,
    PlaceParts,
    CreateDocument,
    CopySource,
    MakeCopy,
    ReadCopies,
    ChangeDocument,
    ChangeSigner,
    FindLastRecipients,
    NameRecipients,
    RecipientGroups,
    RecordDispatch,
    ReadChanges,
    ReadDrafts,
    RemoveFile,
    OrderFiles,
    ListDocuments,
    ListWaiting,
    CountWaiting,
    ReadDocument,
    ReadFile,
    AddFile,
    PdfUploadInterceptor,
    SubmitDocument,
    InitialDraft,
    ReturnDocument,
    ApproveDocument,
    PrepareSigning,
    ConfirmSigning,
    SignAsPerson,
    SignAsAgency,
    NumberDocument,
    IssueDocument,
    CancelDocument,
    ...exchangeProviders,
    ...handlingProviders,
    ...noticeProviders,
    ...registerProviders,
    ...searchProviders,
    ...statisticsProviders,
  ],
  exports: [TrustService, SubmitDeliveries, ExchangeWorkers, ExchangeListener],
})
export class WorkflowModule {}
