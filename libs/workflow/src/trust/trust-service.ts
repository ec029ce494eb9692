import type {
  Certificate,
  CertificateList,
  FetchAnswer,
  Fetcher,
  FoundRevocation,
  OcspResponse,
  PathFailureCode,
  PathResult,
  Purpose,
} from '#pki';
import { digest, namesCertificate, PkiError, readSource, thumbprint, toHex, validatePathFinding } from '#pki';
import type { Clock } from '#platform';
import type { ValidationContext, ValidationMaterial } from '#signing';

import type { WorkflowErrorCode } from '../errors';
import type { OnlineRevocation } from './online-revocation';
import type { TrustMaterial } from './trust-material';
import { TrustLists } from './trust-lists';
import { readTrustFolder } from './trust-material';

export interface TrustOptions {
  readonly folder: string;
  readonly crlUrls: readonly string[];
  /** Asks those addresses. */
  readonly fetch: Fetcher;
  /** Asks addresses in certificates; absent on a node that works offline. */
  readonly online?: OnlineRevocation;
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

/** The verdict on a path, and the lists and answers that the network brought for it. */
interface Finding {
  readonly result: PathResult;
  readonly found: FoundRevocation;
}

/**
 * Anchors, intermediates and revocation lists of this node, and what they say about a certificate. Trust comes
 * from the configured folder alone; addresses inside a certificate are followed where configuration names their
 * hosts, for revocation status that neither folder nor cache has.
 */
export class TrustService {
  private loaded: TrustMaterial = { anchors: [], intermediates: [], crls: [], ocsps: [] };
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;
  private readonly lists = new TrustLists();
  private readonly fetched = new Map<
    string,
    { readonly crls: readonly CertificateList[]; readonly validators: FetchAnswer['validators'] }
  >();
  private readonly findings = new Map<string, { readonly at: number; readonly finding: Promise<Finding> }>();

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
    const { status, failures } = (await this.validate(certificate, purpose)).result;
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
    for (const { result } of paths)
      for (const certificate of result.path) certificates.set(await thumbprint(certificate), certificate);
    const issuers = new Set([...certificates.values()].map(({ issuer }) => issuer.toString()));
    const material = await this.material();
    const crls = [...material.crls, ...paths.flatMap(({ found }) => found.crls)];
    const ocsps = [...material.ocsps, ...paths.flatMap(({ found }) => found.ocsps)];
    const speaking = await answersFor(
      ocsps,
      paths.map(({ result }) => result.path),
    );
    return {
      certificates: [...certificates.values()].map(({ der }) => der),
      crls: await unique(crls.filter(({ issuer }) => issuers.has(issuer.toString()))),
      ocsps: await unique(speaking),
    };
  }

  /** Fetches revocation lists and OCSP answers anew before they end. For the worker's process. */
  async renew(): Promise<number> {
    const { online } = this.options;
    return online ? online.renew(await this.material()) : 0;
  }

  private async validate(certificate: Certificate, purpose: Purpose): Promise<Finding> {
    const { findRevocation, ...material } = await this.material();
    const key = `${purpose} ${await thumbprint(certificate)}`;
    const now = this.clock.now();
    const known = this.findings.get(key);
    const age = known && now.getTime() - known.at;
    if (known && age !== undefined && age >= 0 && age < memoryMs) return known.finding;
    const input = { ...material, certificate, purpose, at: now, revocation: 'required' } as const;
    const finding = validatePathFinding(input, findRevocation);
    if (this.findings.size > 1000) this.findings.clear();
    this.findings.set(key, { at: now.getTime(), finding });
    finding.catch(() => this.findings.delete(key));
    return finding;
  }

  private async read(): Promise<void> {
    try {
      const folder = await readTrustFolder(this.options.folder);
      await Promise.all(this.options.crlUrls.map((url) => this.fetch(url)));
      const { online } = this.options;
      const kept = online ? await online.kept() : { crls: [], ocsps: [] };
      const listed = await this.lists.read(this.options.folder, this.clock.now());
      for (const name of listed.outdated)
        this.options.onFailure(
          new Error(`the trusted list ${name} is out of date: nothing of it is trusted`),
        );
      const held = {
        ...folder,
        anchors: [...folder.anchors, ...listed.anchors],
        crls: [...folder.crls, ...[...this.fetched.values()].flatMap(({ crls }) => crls), ...kept.crls],
        ocsps: [...folder.ocsps, ...kept.ocsps],
      };
      this.loaded = online ? { ...held, findRevocation: (question) => online.find(question, held) } : held;
      this.findings.clear();
    } catch (error) {
      this.options.onFailure(error);
    }
    this.readAt = performance.now();
  }

  private async fetch(url: string): Promise<void> {
    try {
      const earlier = this.fetched.get(url)?.validators;
      const { body, validators } = await this.options.fetch({
        url,
        ...(earlier && { unlessStill: earlier }),
      });
      if (body === undefined) return;
      const { crls } = readSource(body);
      if (crls.length === 0) throw new PkiError('CRL_MALFORMED', `${url} answers without a list`);
      this.fetched.set(url, { crls, validators });
    } catch (error) {
      this.options.onFailure(error);
    }
  }
}

/** Of many answers those about certificates of these paths. */
async function answersFor(
  ocsps: readonly OcspResponse[],
  paths: readonly (readonly Certificate[])[],
): Promise<OcspResponse[]> {
  const speaking: OcspResponse[] = [];
  for (const ocsp of ocsps) {
    let isAbout = false;
    for (const path of paths)
      for (const [index, issuer] of path.slice(1).entries())
        for (const { id } of ocsp.responses)
          isAbout ||= await namesCertificate(id, path[index] ?? issuer, issuer);
    if (isAbout) speaking.push(ocsp);
  }
  return speaking;
}

/** One each: the network may have brought what the folder has as well. */
async function unique(items: readonly { readonly der: Uint8Array }[]): Promise<Uint8Array[]> {
  const known = new Map<string, Uint8Array>();
  for (const { der } of new Set(items)) known.set(toHex(await digest('SHA-256', der)), der);
  return [...known.values()];
}
