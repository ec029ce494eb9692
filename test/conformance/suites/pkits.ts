import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultAlgorithmPolicy, derOrPem, isSelfIssued, parseCertificate, parseCrl, PkiError } from '#pki';
import type { AlgorithmPolicy, Certificate, CertificateList, PathInput, PolicySettings } from '#pki';
import { caseList, readCorpusJson } from '../case-list';
import { judgePath } from '../judge-path';
import { CorpusError, guarded } from '../suite';
import type { CaseResult, Suite } from '../suite';

/** A case of pyHanko's `pkits.json`; names are those of files under `certs` and `crls`. */
interface PkitsCase {
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  /** False where the case is about something else than revocation. */
  readonly revocation?: boolean;
  readonly params?: Readonly<Record<string, unknown>>;
  /** What must go wrong; absent where the path is good. */
  readonly error?: object;
}

/** NIST PKITS, as pyHanko wrote its expectations down. */
export const pkits: Suite = {
  reads: 'pkits.json, certs/, crls/',
  async *run(folder) {
    const path = join(folder, 'pkits.json');
    const cases = caseList(path, readCorpusJson(path)) as readonly PkitsCase[];
    const trust = trustOf(folder);
    for (const test of cases) yield await guarded(test.name, () => runCase(folder, test, trust));
  },
};

interface Trust {
  readonly anchor: Certificate;
  /** The anchor's own lists, which the cases do not name. */
  readonly crls: readonly CertificateList[];
}

/** What NIST calls it. */
const anchorFile = 'TrustAnchorRootCertificate.crt';
const anchorList = 'TrustAnchorRootCRL.crl';

/**
 * No case names what is trusted: it is NIST's anchor or, in a folder without it, the one authority that issued its own
 * certificate. @throws CorpusError
 */
function trustOf(folder: string): Trust {
  const [certs, lists] = [join(folder, 'certs'), join(folder, 'crls')];
  const isNist = existsSync(join(certs, anchorFile));
  const [anchor, ...others] = isNist
    ? [parseCertificate(derOf(join(certs, anchorFile)))]
    : objectsIn(certs, parseCertificate).filter(isRoot);
  if (!anchor || others.length > 0)
    throw new CorpusError(`${certs} holds neither ${anchorFile} nor one root alone`);
  const crls = existsSync(join(lists, anchorList))
    ? [parseCrl(derOf(join(lists, anchorList)))]
    : objectsIn(lists, parseCrl).filter(({ issuer }) => issuer.equals(anchor.subject));
  return { anchor, crls };
}

function isRoot(certificate: Certificate): boolean {
  const { isCa, authorityKeyId, subjectKeyId } = certificate;
  return isCa && isSelfIssued(certificate) && (authorityKeyId ?? subjectKeyId) === subjectKeyId;
}

/** What can be read in a folder, which may be missing; some files are damaged on purpose. */
function objectsIn<T>(folder: string, parse: (der: Uint8Array) => T): readonly T[] {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.flatMap((entry) => {
    if (!entry.isFile()) return [];
    try {
      return [parse(derOf(join(folder, entry.name)))];
    } catch (error) {
      if (error instanceof PkiError) return [];
      throw error;
    }
  });
}

async function runCase(folder: string, test: PkitsCase, trust: Trust): Promise<CaseResult> {
  const { name, params = {} } = test;
  const unknown = Object.keys(params).find((param) => !Object.hasOwn(policyParams, param));
  if (unknown !== undefined)
    return { name, outcome: 'skipped', why: `the initial parameter ${unknown} is not offered` };
  return judgePath(name, test.error === undefined, () => pathInput(folder, test, trust));
}

function pathInput(folder: string, test: PkitsCase, { anchor, crls }: Trust): PathInput {
  const certificate = (name: string): Certificate => parseCertificate(derOf(join(folder, 'certs', name)));
  const list = (name: string): CertificateList => parseCrl(derOf(join(folder, 'crls', name)));
  return {
    certificate: certificate(test.cert),
    intermediates: (test.other_certs ?? []).map(certificate),
    anchors: [anchor],
    at: timeWithin(anchor),
    purpose: 'document-signing',
    crls: [...(test.crls ?? []).map(list), ...crls],
    ocsps: [],
    revocation: test.revocation === false ? 'if-available' : 'required',
    policies: policySettings(test.params ?? {}),
    algorithms: ofTheirTime,
  };
}

/** PKITS has RSA keys of 1024 bits and DSA, which signs with SHA-1 there. */
const ofTheirTime: AlgorithmPolicy = {
  keys: [
    ...defaultAlgorithmPolicy.keys,
    { algorithm: 'RSA', minBits: 1024 },
    { algorithm: 'DSA', minBits: 1024 },
  ],
  digests: [...defaultAlgorithmPolicy.digests, { hash: 'SHA-1' }],
};

/** The cases hold at the present; once their anchor has expired, at the middle of its period. */
function timeWithin({ notBefore, notAfter }: Certificate): Date {
  const now = new Date();
  const isCurrent = notBefore <= now && now <= notAfter;
  return isCurrent ? now : new Date((notBefore.getTime() + notAfter.getTime()) / 2);
}

/** Our names for the inputs of RFC 5280 §6.1.1 (c) to (f). */
const policyParams: Readonly<Record<string, keyof PolicySettings>> = {
  user_initial_policy_set: 'acceptable',
  initial_explicit_policy: 'requireExplicit',
  initial_policy_mapping_inhibit: 'inhibitMapping',
  initial_any_policy_inhibit: 'inhibitAny',
};

function policySettings(params: Readonly<Record<string, unknown>>): PolicySettings {
  const entries = Object.entries(params).map(
    ([param, value]) => [policyParams[param] ?? param, value] as const,
  );
  return Object.fromEntries<unknown>(entries);
}

function derOf(path: string): Uint8Array {
  const [der = new Uint8Array()] = derOrPem(new Uint8Array(readFileSync(path)));
  return der;
}
