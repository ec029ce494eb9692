import 'reflect-metadata';
export type { Actor, AnonymousActor, NodeActor, PersonActor, Role, SystemActor } from './actor/actor';
export { roles } from './actor/actor';
export type { BlobRef } from './blobs/blob-store';
export { BlobStore } from './blobs/blob-store';
export { Config, loadConfig } from './config/config';
export { CommaSeparated, WholeNumber } from './config/setting-shapes';
export { ConfigError, readSettings } from './config/settings';
export type { EntityClass } from './database/data-source';
export { createDataSource } from './database/data-source';
export type { MigrationClass } from './database/migrate';
export { createOwnerDataSource, migrate } from './database/migrate';
export type { Tx } from './database/tx';
export { UnitOfWork } from './database/unit-of-work';
export { CurrentActor, CurrentPerson } from './http/current-actor';
export {
  Amount,
  Count,
  DateOnly,
  Id,
  IdList,
  ListOf,
  ObjectOf,
  OneOf,
  Secret,
  Text,
  WordList,
  YesNo,
} from './http/fields';
export type { CursorKey, Page } from './http/paging';
export { cursorInstant, pageOf, PageQuery, pageSize, readCursor, writeCursor } from './http/paging';
export { ifMatchVersion } from './http/if-match';
export type { ActorResolverPort, PolicyDecision, PolicyGuardPort, RoutePolicy } from './http/policy';
export { ACTOR_RESOLVER, POLICY_GUARD, PublicRoute, RequirePolicy, policyMetadata } from './http/policy';
export { actorOf, anonymousActor, currentRequestContext, requestContext } from './http/request-context';
export { isId, newId } from './ids';
export { NodeKeys, openNodeKeys } from './keys/node-keys';
export { createLogger, LOGGER, nestLogger } from './logs/logger';
export { platformMigrations } from './migrations';
export type { PlatformErrorCode } from './platform-error';
export { PlatformError } from './platform-error';
export { PlatformModule } from './platform-module';
export { databaseIsAway } from './problems/describe-failure';
export { platformProblems } from './problems/platform-problems';
export type { FieldProblem, Message, ProblemCatalogue, ProblemDetails } from './problems/problem';
export { ProblemError, problem } from './problems/problem';
export { ProblemFilter } from './problems/problem-filter';
export { ProblemRegistry } from './problems/problem-registry';
export type { Refusal, RefusalRecorder } from './problems/refusal-recorder';
export { REFUSAL_RECORDER } from './problems/refusal-recorder';
export type { Replay, ReplayRecorder } from './idempotency/replay-recorder';
export { REPLAY_RECORDER } from './idempotency/replay-recorder';
export type { EnqueueOptions, QueuedJob, WorkOptions } from './queue/job-queue';
export { JobQueue } from './queue/job-queue';
export type { QueueDefinition } from './queue/queue-definition';
export { deadLetterQueueOf } from './queue/queue-definition';
export { Clock, TestClock } from './time/clock';
export { vietnamDate, vietnamDateLine, vietnamDateTime, vietnamYear } from './time/vietnam-time';
export type {
  EmbeddedPostgres,
  EmbeddedPostgresRecord,
  EmbeddedPostgresSettings,
} from './postgres/embedded-postgres';
export { embeddedPostgresUrls, startEmbeddedPostgres } from './postgres/embedded-postgres';
export type { DatabaseUrls } from './postgres/node-database';
export { HealthModule } from './health/health.module';
export type { HttpSettings } from './http/configure-http';
export { configureHttp, createHttpApp } from './http/configure-http';
export type { ListedRoute } from './http/list-routes';
export { listRoutes } from './http/list-routes';
export { openApiDocument, setupOpenApi } from './http/openapi';
export type { RunningHttp, ServeSettings } from './http/serve';
export { closeOnSignals, onServerClosing, serve } from './http/serve';
export { SecretAnswer } from './idempotency/secret-answer';
export { IdempotencyInterceptor, UploadIdempotencyInterceptor } from './idempotency/idempotency-interceptor';
export type { BackupSettings } from './backup/create-backup';
export { createBackup } from './backup/create-backup';
export type { Manifest as BackupManifest } from './backup/manifest';
export type { RestoreSettings } from './backup/restore-backup';
export { restoreBackup } from './backup/restore-backup';
export { verifyBackup } from './backup/verify-backup';
export { operationMessages } from './problems/operation-messages';
