import { join } from 'node:path';
import { defaultSearchLimits, parseCertificate, parseCrl, parsePem } from '#pki';
import type { Certificate, PathInput } from '#pki';
import { caseList, readCorpusJson } from '../case-list';
import { judgePath } from '../judge-path';
import { CorpusError, guarded } from '../suite';
import type { CaseResult, Suite } from '../suite';
import { limboLeftOut, limboPurpose } from './limbo-left-out';
import type { LimboCase } from './limbo-left-out';

/** x509-limbo, version 1 of its format. */
export const x509Limbo: Suite = {
  reads: 'limbo.json',
  async *run(folder) {
    const path = join(folder, 'limbo.json');
    const { version, testcases } = readCorpusJson(path) as {
      readonly version?: unknown;
      readonly testcases?: unknown;
    };
    if (version !== 1) throw new CorpusError(`${path} is not of version 1`);
    for (const test of caseList(path, testcases) as readonly LimboCase[])
      yield await guarded(test.id, () => runCase(test));
  },
};

async function runCase(test: LimboCase): Promise<CaseResult> {
  const reason = limboLeftOut(test);
  if (reason !== undefined) return { name: test.id, outcome: 'skipped', why: reason };
  return judgePath(test.id, test.expected_result === 'SUCCESS', () => pathInput(test));
}

function pathInput(test: LimboCase): PathInput {
  const crls = test.crls ?? [];
  const depth = test.max_chain_depth ?? undefined;
  return {
    certificate: certificates([test.peer_certificate])[0] ?? parseCertificate(new Uint8Array()),
    intermediates: certificates(test.untrusted_intermediates),
    anchors: certificates(test.trusted_certs),
    at: new Date(test.validation_time ?? Date.now()),
    purpose: limboPurpose(test) ?? 'tls',
    crls: crls.flatMap((pem) => parsePem(pem)).map(parseCrl),
    ocsps: [],
    revocation: crls.length > 0 ? 'required' : 'if-available',
    ...(depth === undefined
      ? {}
      : { limits: { ...defaultSearchLimits, maxIntermediates: Math.min(depth, maxDepth) } }),
  };
}

/** A case may allow 255 authorities; more than these are not followed. */
const maxDepth = 20;

function certificates(pems: readonly string[]): Certificate[] {
  return pems.flatMap((pem) => parsePem(pem)).map(parseCertificate);
}
