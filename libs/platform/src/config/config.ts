import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { join, resolve } from 'node:path';
import { productionComplaints } from './production-rules';
import type { Environment } from './settings';
import { ConfigError, readSettings } from './settings';

const list = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
const flag = ({ value }: { value: unknown }): unknown =>
  value === '1' ? true : value === '0' ? false : value;

/** Settings of one process, read once from the environment and frozen. docs/configuration.md lists them. */
export class Config {
  @IsIn(['development', 'test', 'production'], { message: 'must be development, test or production' })
  readonly environment: 'development' | 'test' | 'production' = 'development';

  /** Demo agencies, people and keys are present. Never in production. */
  @Transform(flag)
  @IsIn([true, false], { message: 'must be 0 or 1' })
  readonly demo: boolean = false;

  /** Role `sealpost_app`: reads and writes rows, changes no structure. */
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a URL postgresql://user:password@host:port/database' })
  readonly databaseUrl: string = '';

  /** Role `sealpost_owner`: migrates, backs up and restores. Not needed to serve. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a URL postgresql://user:password@host:port/database' })
  readonly databaseOwnerUrl?: string;

  /** Connections this process may hold for its units of work. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number' })
  @Min(2, { message: 'must be at least 2' })
  @Max(500, { message: 'must be at most 500' })
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

  @Type(() => Number)
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 to 65535' })
  @Max(65535, { message: 'must be 0 to 65535' })
  readonly httpPort: number = 3000;

  /** Addresses to listen on. */
  @Transform(list)
  @IsArray()
  @Matches(/^[0-9a-fA-F.:]+$/, { each: true, message: 'must be IP addresses, separated by commas' })
  readonly httpHosts: readonly string[] = ['127.0.0.1', '::1'];

  /** Origins whose pages may send changes, e.g. `https://sealpost.example.vn`. */
  @Transform(list)
  @IsArray()
  @Matches(/^https?:\/\/[^/\s]+$/, {
    each: true,
    message: 'must be origins such as https://host, separated by commas',
  })
  readonly origins: readonly string[] = [];

  /** Proxies whose X-Forwarded-For is believed: addresses or networks. Empty: none. */
  @Transform(list)
  @IsArray()
  @Matches(/^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/, {
    each: true,
    message: 'must be addresses or networks, separated by commas',
  })
  readonly trustedProxies: readonly string[] = [];

  /** Largest file taken in, in bytes. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of bytes' })
  @Min(1, { message: 'must be at least 1' })
  @Max(2_000_000_000, { message: 'must be at most 2000000000' })
  readonly uploadLimit: number = 100 * 1024 * 1024;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'must be a level of pino',
  })
  readonly logLevel: string = 'info';

  /** A job that does not finish within so many seconds is given to another worker. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(2, { message: 'must be at least 2' })
  @Max(3600, { message: 'must be at most 3600' })
  readonly jobExpirySeconds: number = 120;

  /** A worker that shows no life for so many seconds loses its jobs (pg-boss takes no less than 10). */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(10, { message: 'must be at least 10' })
  @Max(600, { message: 'must be at most 600' })
  readonly jobHeartbeatSeconds: number = 10;

  /** How often lapsed jobs are looked for. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(1, { message: 'must be at least 1' })
  @Max(600, { message: 'must be at most 600' })
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
export const configVariables = {
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
