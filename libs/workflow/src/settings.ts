import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

const list = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;

/** Settings of signing and trust, read once from the environment. */
export class WorkflowSettings {
  /** RFC 3161 authority; without one, signatures carry no time-stamp. */
  @IsOptional()
  @Matches(/^https?:\/\//, { message: 'must be an http or https URL' })
  readonly tsaUrl?: string;

  /** Milliseconds to wait for a time-stamp. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of milliseconds' })
  @Min(100, { message: 'must be at least 100' })
  @Max(60_000, { message: 'must be at most 60000' })
  readonly tsaTimeout: number = 5000;

  /** What to do while no time-stamp can be had: sign without and say so, or refuse to sign. */
  @IsIn(['sign-without', 'refuse'], { message: 'must be sign-without or refuse' })
  readonly withoutTimestamp: 'sign-without' | 'refuse' = 'sign-without';

  /** Folder with trust/*.pem (anchors and intermediates) and crl/*.crl; default: pki in the data folder. */
  @IsOptional()
  @IsString()
  readonly trustDir?: string;

  /** Further CRLs to fetch, by URL. Addresses inside certificates are never followed. */
  @Transform(list)
  @Matches(/^https?:\/\//, { each: true, message: 'must be http or https URLs, separated by commas' })
  readonly crlUrls: readonly string[] = [];

  /** Seconds after which trust material is read and fetched again. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(1, { message: 'must be at least 1' })
  @Max(86_400, { message: 'must be at most 86400' })
  readonly trustRefreshSeconds: number = 60;

  /** Seconds for which a person may confirm what was prepared for signature. */
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(10, { message: 'must be at least 10' })
  @Max(3600, { message: 'must be at most 3600' })
  readonly signingOperationSeconds: number = 300;
}

/** Which environment variable feeds which setting. */
export const workflowVariables = {
  tsaUrl: 'SEALPOST_TSA_URL',
  tsaTimeout: 'SEALPOST_TSA_TIMEOUT_MS',
  withoutTimestamp: 'SEALPOST_WITHOUT_TIMESTAMP',
  trustDir: 'SEALPOST_TRUST_DIR',
  crlUrls: 'SEALPOST_CRL_URLS',
  trustRefreshSeconds: 'SEALPOST_TRUST_REFRESH_SECONDS',
  signingOperationSeconds: 'SEALPOST_SIGNING_OPERATION_SECONDS',
} as const;
