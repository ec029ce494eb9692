import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { join, resolve } from 'node:path';
import { productionComplaints } from './production-rules';
import { CommaSeparated, Flag, WholeNumber } from './setting-shapes';
import type { Environment } from './settings';
import { ConfigError, readSettings } from './settings';

/** Settings of one process, read once from the environment and frozen. docs/configuration.md lists them. */
export class Config {
  @IsIn(['development', 'test', 'production'], { message: 'must be development, test or production' })
  readonly environment: 'development' | 'test' | 'production' = 'development';

  /** Demo agencies, people and keys are present. Never in production. */
  @Flag()
  readonly demo: boolean = false;

  /** Role `sealpost_app`: reads and writes rows, changes no structure. */
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a URL postgresql://user:password@host:port/database' })
  readonly databaseUrl: string = '';

  /** Role `sealpost_owner`: migrates, backs up and restores. Not needed to serve. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a URL postgresql://user:password@host:port/database' })
  readonly databaseOwnerUrl?: string;

  /** Connections this process may hold for its units of work. */
  @WholeNumber({ min: 2, max: 500 })
  readonly databasePool: number = 20;

  /** Folder of everything kept on this machine. */
  @IsString()
  readonly dataDir: string = 'var';

  @IsOptional()
  @IsString()
  readonly blobDir?: string;

  @IsOptional()
  @IsString()
  readonly nodeKeyFile?: string;

  /** Name of this node among nodes, also in evidence. */
  @Matches(/^[a-z0-9][a-z0-9.-]{0,62}$/, { message: 'must be lower-case letters, digits, dots and hyphens' })
  readonly nodeId: string = 'node-1';

  @WholeNumber({ min: 0, max: 65535 })
  readonly httpPort: number = 3000;

  /** Addresses to listen on. */
  @CommaSeparated({ each: /^[0-9a-fA-F.:]+$/, are: 'IP addresses' })
  readonly httpHosts: readonly string[] = ['127.0.0.1', '::1'];

  /** Origins whose pages may send changes, e.g. `https://sealpost.example.vn`. */
  @CommaSeparated({ each: /^https?:\/\/[^/\s]+$/, are: 'origins such as https://host' })
  readonly origins: readonly string[] = [];

  /** Proxies whose X-Forwarded-For is believed: addresses or networks. Empty: none. */
  @CommaSeparated({
    each: /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/,
    are: 'addresses or networks',
  })
  readonly trustedProxies: readonly string[] = [];

  /** Largest file taken in, in bytes. */
  @WholeNumber({ min: 1, max: 2_000_000_000, of: 'bytes' })
  readonly uploadLimit: number = 100 * 1024 * 1024;

  /** Uploads that a process takes in at once, in bytes: they are held in memory. One alone is always taken. */
  @WholeNumber({ min: 1, max: 64_000_000_000, of: 'bytes' })
  readonly uploadsInFlight: number = 400 * 1024 * 1024;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'must be a level of pino',
  })
  readonly logLevel: string = 'info';

  /** A job that does not finish within so many seconds is given to another worker. */
  @WholeNumber({ min: 2, max: 3600, of: 'seconds' })
  readonly jobExpirySeconds: number = 120;

  /** A worker that shows no life for so many seconds loses its jobs (pg-boss takes no less than 10). */
  @WholeNumber({ min: 10, max: 600, of: 'seconds' })
  readonly jobHeartbeatSeconds: number = 10;

  /** How often lapsed jobs are looked for. */
  @WholeNumber({ min: 1, max: 600, of: 'seconds' })
  readonly jobSupervisionSeconds: number = 2;

  get production(): boolean {
    return this.environment === 'production';
  }

  /** Folder of sealed blobs. */
  get blobs(): string {
    return resolve(this.blobDir ?? join(this.dataDir, 'blobs'));
  }

  /** File with the 32 bytes of the node key, mode 0600. */
  get nodeKey(): string {
    return resolve(this.nodeKeyFile ?? join(this.dataDir, 'keys', 'node.key'));
  }
}

/** Which environment variable feeds which setting. */
const configVariables = {
  environment: 'NODE_ENV',
  demo: 'SEALPOST_DEMO',
  databaseUrl: 'DATABASE_URL',
  databaseOwnerUrl: 'DATABASE_OWNER_URL',
  databasePool: 'SEALPOST_DATABASE_POOL',
  dataDir: 'SEALPOST_DATA_DIR',
  blobDir: 'SEALPOST_BLOB_DIR',
  nodeKeyFile: 'SEALPOST_NODE_KEY_FILE',
  nodeId: 'SEALPOST_NODE_ID',
  httpPort: 'SEALPOST_HTTP_PORT',
  httpHosts: 'SEALPOST_HTTP_HOSTS',
  origins: 'SEALPOST_ORIGINS',
  trustedProxies: 'SEALPOST_TRUSTED_PROXIES',
  uploadLimit: 'SEALPOST_UPLOAD_LIMIT',
  uploadsInFlight: 'SEALPOST_UPLOADS_IN_FLIGHT',
  logLevel: 'SEALPOST_LOG_LEVEL',
  jobExpirySeconds: 'SEALPOST_JOB_EXPIRY_SECONDS',
  jobHeartbeatSeconds: 'SEALPOST_JOB_HEARTBEAT_SECONDS',
  jobSupervisionSeconds: 'SEALPOST_JOB_SUPERVISION_SECONDS',
} as const;

/** Reads and checks the configuration; throws a ConfigError that lists everything wrong with it. */
export function loadConfig(environment: Environment = process.env): Config {
  const config = readSettings(Config, configVariables, environment);
  const complaints = config.production ? productionComplaints(config) : [];
  if (complaints.length > 0) throw new ConfigError(complaints);
  return config;
}
