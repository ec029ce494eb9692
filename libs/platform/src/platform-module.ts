import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { BlobStore } from './blobs/blob-store';
import { Config, loadConfig } from './config/config';
import { createDataSource } from './database/data-source';
import { UnitOfWork } from './database/unit-of-work';
import { NodeKeys, openNodeKeys } from './keys/node-keys';
import { IdempotencyInterceptor, UploadIdempotencyInterceptor } from './idempotency/idempotency-interceptor';
import { createLogger, LOGGER } from './logs/logger';
import { ProblemRegistry } from './problems/problem-registry';
import { IdempotencyUpkeep } from './idempotency/idempotency-upkeep';
import { JobQueue } from './queue/job-queue';
import { Clock } from './time/clock';

/** Pool of `UnitOfWork.runApart`. */
const APART = Symbol('APART');

const poolApart = 4;

function connect(config: Config, logger: Logger, pool: number): Promise<DataSource> {
  return createDataSource({
    url: config.databaseUrl,
    pool,
    name: 'sealpost',
    onConnectionLost: (error) => {
      logger.warn({ err: error }, 'database connection lost');
    },
  }).initialize();
}

/**
 * Configuration, clock, database, queue, blobs and keys. Import it as it stands (`imports: [PlatformModule]`): its
 * settings come from the environment, its entities from the libs that the process has loaded, so that all
 * modules of an application share one instance. Tests override single providers.
 */
@Module({
  providers: [
    Clock,
    ProblemRegistry,
    IdempotencyInterceptor,
    UploadIdempotencyInterceptor,
    IdempotencyUpkeep,
    { provide: Config, useFactory: (): Config => loadConfig() },
    {
      provide: LOGGER,
      useFactory: (config: Config): Logger =>
        createLogger({ level: config.logLevel, service: process.env['SEALPOST_SERVICE'] ?? 'sealpost' }),
      inject: [Config],
    },
    {
      provide: DataSource,
      useFactory: (config: Config, logger: Logger) => connect(config, logger, config.databasePool),
      inject: [Config, LOGGER],
    },
    {
      provide: APART,
      useFactory: (config: Config, logger: Logger) => connect(config, logger, poolApart),
      inject: [Config, LOGGER],
    },
    {
      provide: UnitOfWork,
      useFactory: (source: DataSource, apart: DataSource) => new UnitOfWork(source, apart),
      inject: [DataSource, APART],
    },
    { provide: NodeKeys, useFactory: (config: Config) => openNodeKeys(config.nodeKey), inject: [Config] },
    {
      provide: BlobStore,
      useFactory: (config: Config, keys: NodeKeys) => new BlobStore(config.blobs, keys, config.uploadLimit),
      inject: [Config, NodeKeys],
    },
    {
      provide: JobQueue,
      useFactory: (config: Config, logger: Logger) =>
        new JobQueue({ url: config.databaseUrl, logger, supervisionSeconds: config.jobSupervisionSeconds }),
      inject: [Config, LOGGER],
    },
  ],
  exports: [
    Clock,
    Config,
    ProblemRegistry,
    IdempotencyInterceptor,
    UploadIdempotencyInterceptor,
    LOGGER,
    DataSource,
    UnitOfWork,
    NodeKeys,
    BlobStore,
    JobQueue,
  ],
})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly queue: JobQueue,
    private readonly dataSource: DataSource,
    @Inject(APART) private readonly apart: DataSource,
  ) {}

  /** Running jobs finish first, then the connections close. */
  async onApplicationShutdown(): Promise<void> {
    await this.queue.stop();
    for (const source of [this.dataSource, this.apart]) if (source.isInitialized) await source.destroy();
  }
}
