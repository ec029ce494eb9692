import type { MigrationClass } from '#platform';
import { CreateAuditTrail1763710000000 } from './migrations/1763710000000-create-audit-trail';
import { InspectTrail1763814000000 } from './migrations/1763814000000-inspect-trail';
import { ConcernedAgency1763890000000 } from './migrations/1763890000000-concerned-agency';

export { auditActions } from './actions';
export type { AuditAction } from './actions';
export type { AuditEvent, AuditOutcome } from './audit-event';
export { auditQueryOf, FindEntriesQuery } from './audit.controller';
export { AuditTrail } from './audit-trail';
export { AuditModule } from './audit.module';
export { checkEntries } from './check-entries';
export type { EntryCheck, EntryFault } from './check-entries';
export type { EntryV1 } from './entry-format';
export { decodeEntry } from './entry-format';
export { AuditError, auditProblems } from './errors';
export type { AuditErrorCode } from './errors';
export { describe as describeSearch, FindEntries } from './find-entries';
export { agenciesOf, isOpenFor, scopeCondition, TrailScopes } from './trail-scope';
export type { TrailScope, WantedScope } from './trail-scope';
export type { AuditQuery, FoundEntry } from './find-entries';

export const auditMigrations: readonly MigrationClass[] = [
  CreateAuditTrail1763710000000,
  InspectTrail1763814000000,
  ConcernedAgency1763890000000,
];
