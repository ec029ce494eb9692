import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { DirectoryModule } from '#directory';
import { ACTOR_RESOLVER, PlatformModule, POLICY_GUARD } from '#platform';
import { AccountsController } from './accounts/accounts.controller';
import { AdministerAccounts } from './accounts/administer-accounts';
import { ChangePassword } from './accounts/change-password';
import { Delegations } from './delegations/delegations';
import { DelegationsController } from './delegations/delegations.controller';
import { ManageDelegations } from './delegations/manage-delegations';
import { SeedDemoAccess } from './demo/seed-demo-access';
import { SignatureImages } from './images/signature-images';
import { ExportEntries } from './inspection/export-entries';
import { FindFlags } from './inspection/find-flags';
import { InspectedPeople } from './inspection/inspected-people';
import { InspectionController } from './inspection/inspection.controller';
import { Mandates } from './inspection/mandates';
import { ReadHistory } from './inspection/read-history';
import { ReadReaders } from './inspection/read-readers';
import { TrailNames } from './inspection/trail-names';
import { KeyVault } from './keys/key-vault';
import { KeysController } from './keys/keys.controller';
import { ListKeys } from './keys/list-keys';
import { ReleaseKey } from './keys/release-key';
import { OpenSession } from './login/open-session';
import { CedarGuard } from './policies/cedar-guard';
import { ChangePreferences } from './preferences/change-preferences';
import { CloseSession } from './sessions/close-session';
import { DescribeSession } from './sessions/describe-session';
import { OpenSessions } from './sessions/open-sessions';
import { Offices } from './sessions/offices';
import { SessionActorResolver } from './sessions/session-actor-resolver';
import { SessionController } from './sessions/session.controller';
import { ShowSession } from './sessions/show-session';
import { SwitchOffice } from './sessions/switch-office';

/** Login, sessions, policies and keys; fulfils the platform's ports by which requests are let in. */
@Module({
  imports: [PlatformModule, AuditModule, DirectoryModule],
  controllers: [
    SessionController,
    KeysController,
    AccountsController,
    DelegationsController,
    InspectionController,
  ],
  providers: [
    Offices,
    OpenSessions,
    OpenSession,
    CloseSession,
    DescribeSession,
    ShowSession,
    SwitchOffice,
    ChangePreferences,
    ChangePassword,
    AdministerAccounts,
    Delegations,
    ManageDelegations,
    Mandates,
    TrailNames,
    ReadHistory,
    ReadReaders,
    InspectedPeople,
    FindFlags,
    ExportEntries,
    KeyVault,
    ListKeys,
    ReleaseKey,
    SignatureImages,
    SeedDemoAccess,
    { provide: ACTOR_RESOLVER, useClass: SessionActorResolver },
    { provide: POLICY_GUARD, useClass: CedarGuard },
  ],
  exports: [
    Delegations,
    KeyVault,
    OpenSessions,
    SignatureImages,
    SeedDemoAccess,
    ACTOR_RESOLVER,
    POLICY_GUARD,
  ],
})
export class AccessModule {}
