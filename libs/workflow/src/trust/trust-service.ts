import type { Certificate, CertificateList, PathFailureCode, PathResult, Purpose } from '#pki';
import { thumbprint, validatePath } from '#pki';
import type { Clock } from '#platform';
import type { ValidationContext, ValidationMaterial } from '#signing';

import type { WorkflowErrorCode } from '../errors';
import type { TrustMaterial } from './trust-material';
import { fetchCrl, readTrustFolder } from './trust-material';

export interface TrustOptions {
  readonly folder: string;
  readonly crlUrls: readonly string[];
  /** Milliseconds after which files are read and lists fetched again. */
  readonly refreshMs: number;
  /** Told about what could not be read or fetched; the last good material stays in use. */
  readonly onFailure: (error: unknown) => void;
}

/** Why nothing may be signed with a certificate. */
export type CertificateFault = Extract<
  WorkflowErrorCode,
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_REVOKED'
  | 'CERTIFICATE_SUSPENDED'
  | 'CERTIFICATE_WRONG_USAGE'
  | 'CERTIFICATE_NOT_TRUSTED'
  | 'REVOCATION_UNKNOWN'
>;

/** The first of these that a path shows is the one a person is told. */
const faults: readonly (readonly [PathFailureCode, CertificateFault])[] = [
  ['CERTIFICATE_REVOKED', 'CERTIFICATE_REVOKED'],
  ['CERTIFICATE_SUSPENDED', 'CERTIFICATE_SUSPENDED'],
  ['CERTIFICATE_EXPIRED', 'CERTIFICATE_EXPIRED'],
  ['CERTIFICATE_NOT_YET_VALID', 'CERTIFICATE_NOT_YET_VALID'],
  ['CERTIFICATE_WRONG_USAGE', 'CERTIFICATE_WRONG_USAGE'],
  ['NO_PATH_TO_ANCHOR', 'CERTIFICATE_NOT_TRUSTED'],
  ['REVOCATION_UNKNOWN', 'REVOCATION_UNKNOWN'],
];

/** How long a finding may be used again: one signature batch follows another within seconds. */
const memoryMs = 10_000;

/**
 * Anchors, intermediates and revocation lists of this node, and what they say about a certificate. Trust comes
 * from the configured folder alone; no address inside a certificate is followed.
 */
export class TrustService {
  private loaded: TrustMaterial = { anchors: [], intermediates: [], crls: [], ocsps: [] };
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;
  private readonly fetched = new Map<string, CertificateList>();
  private readonly findings = new Map<
    string,
    { readonly at: number; readonly result: Promise<PathResult> }
  >();

  constructor(
    private readonly options: TrustOptions,
    private readonly clock: Clock,
  ) {}

  /** The material in force, read again when it has aged. */
  async material(): Promise<TrustMaterial> {
    if (performance.now() - this.readAt >= this.options.refreshMs) {
      this.reading ??= this.read().finally(() => {
        this.reading = undefined;
      });
      await this.reading;
    }
    return this.loaded;
  }

  /** What a validation of signatures needs, for this moment. */
  async validationContext(): Promise<ValidationContext> {
    return { ...(await this.material()), now: this.clock.now() };
  }

  /** Why nothing may be signed with this certificate now; undefined when it is good. */
  async signingFault(certificate: Certificate, purpose: Purpose): Promise<CertificateFault | undefined> {
    const { status, failures } = await this.validate(certificate, purpose);
    if (status === 'valid') return undefined;
    const found = faults.find(([code]) => failures.some((failure) => failure.code === code));
    return found?.[1] ?? 'CERTIFICATE_NOT_TRUSTED';
  }

  /** Certificates up to the anchor and the lists that speak for them, for a document security store. */
  async evidenceFor(
    wanted: readonly { readonly certificate: Certificate; readonly purpose: Purpose }[],
  ): Promise<ValidationMaterial> {
    const paths = await Promise.all(
      wanted.map(({ certificate, purpose }) => this.validate(certificate, purpose)),
    );
    const certificates = new Map<string, Certificate>();
    for (const { path } of paths)
      for (const certificate of path) certificates.set(await thumbprint(certificate), certificate);
    const issuers = new Set([...certificates.values()].map(({ issuer }) => issuer.toString()));
    const { crls } = await this.material();
    return {
      certificates: [...certificates.values()].map(({ der }) => der),
      crls: crls.filter(({ issuer }) => issuers.has(issuer.toString())).map(({ der }) => der),
      ocsps: [],
    };
  }

  private async validate(certificate: Certificate, purpose: Purpose): Promise<PathResult> {
    const material = await this.material();
    const key = `${purpose} ${await thumbprint(certificate)}`;
    const now = this.clock.now();
    const known = this.findings.get(key);
    const age = known && now.getTime() - known.at;
    if (known && age !== undefined && age >= 0 && age < memoryMs) return known.result;
    const result = validatePath({ ...material, certificate, purpose, at: now, revocation: 'required' });
    if (this.findings.size > 1000) this.findings.clear();
    this.findings.set(key, { at: now.getTime(), result });
    return result;
  }

  private async read(): Promise<void> {
    try {
      const folder = await readTrustFolder(this.options.folder);
      await Promise.all(this.options.crlUrls.map((url) => this.fetch(url)));
      this.loaded = { ...folder, crls: [...folder.crls, ...this.fetched.values()] };
      this.findings.clear();
    } catch (error) {
      this.options.onFailure(error);
    }
    this.readAt = performance.now();
  }

  private async fetch(url: string): Promise<void> {
    try {
      this.fetched.set(url, await fetchCrl(url, 5000));
    } catch (error) {
      this.options.onFailure(error);
    }
  }
}
