import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { derOrPem, parseCertificate, parseCrl } from '#pki';
import type { Certificate, PathInput, PolicySettings } from '#pki';
import { caseList, readCorpusJson } from '../corpus-files';
import { judgePath } from '../judge-path';
import { guarded } from '../suite';
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

/** The same for all cases. */
const anchorFile = 'TrustAnchorRootCertificate.crt';
const anchorList = 'TrustAnchorRootCRL.crl';

/** NIST PKITS, as pyHanko wrote its expectations down. */
export const pkits: Suite = {
  reads: 'pkits.json, certs/, crls/',
  async *run(folder) {
    const path = join(folder, 'pkits.json');
    for (const test of caseList(path, readCorpusJson(path)) as readonly PkitsCase[])
      yield await guarded(test.name, () => runCase(folder, test));
  },
};

async function runCase(folder: string, test: PkitsCase): Promise<CaseResult> {
  const { name, params = {} } = test;
  const unknown = Object.keys(params).find((param) => !Object.hasOwn(policyParams, param));
  if (unknown !== undefined)
    return { name, outcome: 'skipped', why: `the initial parameter ${unknown} is not offered` };
  return judgePath(name, test.error === undefined, () => pathInput(folder, test));
}

function pathInput(folder: string, test: PkitsCase): PathInput {
  const certificate = (name: string): Certificate => parseCertificate(derOf(join(folder, 'certs', name)));
  const anchor = certificate(anchorFile);
  const lists = (test.crls ?? []).map((name) => join(folder, 'crls', name));
  const rootList = join(folder, 'crls', anchorList);
  return {
    certificate: certificate(test.cert),
    intermediates: (test.other_certs ?? []).map(certificate),
    anchors: [anchor],
    at: timeWithin(anchor),
    purpose: 'document-signing',
    crls: [...lists, ...(existsSync(rootList) ? [rootList] : [])].map((path) => parseCrl(derOf(path))),
    ocsps: [],
    revocation: test.revocation === false ? 'if-available' : 'required',
    policies: policySettings(test.params ?? {}),
  };
}

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
