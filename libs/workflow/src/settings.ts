import { IsIn, IsOptional, IsString } from 'class-validator';
import { CommaSeparated, readSettings, WholeNumber } from '#platform';

const fetchHosts = {
  each: /^https?:\/\/(\*\.)?[^/?#@*\s]+$/,
  are: 'scheme://host, scheme://host:port or scheme://*.domain',
};

/** Settings of signing and trust, read once from the environment. */
export class WorkflowSettings {
  /** RFC 3161 authorities, asked in this order; without one, signatures carry no time-stamp. */
  @CommaSeparated({ each: /^https?:\/\/[^\s,]+$/, are: 'http or https URLs' })
  readonly tsaUrls: readonly string[] = [];

  /** Milliseconds to wait for a time-stamp, for each authority. */
  @WholeNumber({ min: 100, max: 60_000, of: 'milliseconds' })
  readonly tsaTimeout: number = 5000;

  /** What to do while no time-stamp can be had: sign without and say so, or refuse to sign. */
  @IsIn(['sign-without', 'refuse'], { message: 'must be sign-without or refuse' })
  readonly withoutTimestamp: 'sign-without' | 'refuse' = 'sign-without';

  /** Folder with trust/*.pem (anchors and intermediates) and crl/*.crl; default: pki in the data folder. */
  @IsOptional()
  @IsString()
  readonly trustDir?: string;

  /** Further CRLs to fetch, by URL. */
  @CommaSeparated({ each: /^https?:\/\//, are: 'http or https URLs' })
  readonly crlUrls: readonly string[] = [];

  /** Hosts that may be asked for revocation status at addresses in certificates. Empty: none is followed. */
  @CommaSeparated(fetchHosts)
  readonly revocationHosts: readonly string[] = [];

  /** The same for hosts with an address of an inner network or of this machine. */
  @CommaSeparated(fetchHosts)
  readonly revocationPrivateHosts: readonly string[] = [];

  /** Milliseconds to wait for a revocation list or OCSP answer. */
  @WholeNumber({ min: 100, max: 60_000, of: 'milliseconds' })
  readonly revocationTimeout: number = 5000;

  /** Seconds after which trust material is read and fetched again. */
  @WholeNumber({ min: 1, max: 86_400, of: 'seconds' })
  readonly trustRefreshSeconds: number = 60;

  /** Seconds for which a person may confirm what was prepared for signature. */
  @WholeNumber({ min: 10, max: 3600, of: 'seconds' })
  readonly signingOperationSeconds: number = 300;
}

const workflowVariables = {
  tsaUrls: 'SEALPOST_TSA_URL',
  tsaTimeout: 'SEALPOST_TSA_TIMEOUT_MS',
  withoutTimestamp: 'SEALPOST_WITHOUT_TIMESTAMP',
  trustDir: 'SEALPOST_TRUST_DIR',
  crlUrls: 'SEALPOST_CRL_URLS',
  revocationHosts: 'SEALPOST_REVOCATION_HOSTS',
  revocationPrivateHosts: 'SEALPOST_REVOCATION_PRIVATE_HOSTS',
  revocationTimeout: 'SEALPOST_REVOCATION_TIMEOUT_MS',
  trustRefreshSeconds: 'SEALPOST_TRUST_REFRESH_SECONDS',
  signingOperationSeconds: 'SEALPOST_SIGNING_OPERATION_SECONDS',
} as const;

export function loadWorkflowSettings(environment: NodeJS.ProcessEnv = process.env): WorkflowSettings {
  return readSettings(WorkflowSettings, workflowVariables, environment);
}
