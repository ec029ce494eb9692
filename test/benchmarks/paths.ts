import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCertificate, parseCrl, parseOcspResponse, toPem, validatePath } from '#pki';
import type { PathInput } from '#pki';
import { useNodeCrypto } from '#pki/node';
import { isInstalled, runProgram } from '../support/programs';
import { at, makeChains, strangers } from './path-chains';
import type { Chain, ChainKind } from './path-chains';
import { bombs } from './path-bombs';
import { measurePkits } from './path-pkits';

/**
 * `npm run -s bench -- paths [--chains N] [--rounds N]`: how long it takes to validate a chain of three, beside the
 * bare signature verifications of the same chains and beside `openssl verify`; then PKITS and inputs made to be slow.
 * Milliseconds for one path, from DER to the verdict, the best of several rounds.
 */

type Way = 'none' | 'crl' | 'ocsp';

export async function benchPaths(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { chains: { type: 'string', default: '24' }, rounds: { type: 'string', default: '40' } },
  });
  useNodeCrypto();
  const figures: Record<string, unknown> = {};
  for (const kind of ['P-256', 'RSA-3072'] as const) {
    const chains = await makeChains(kind, Number(values.chains));
    figures[kind] = await measureChains(kind, chains, Number(values.rounds));
  }
  figures['pkits'] = await measurePkits();
  figures['bombs'] = await measureBombs();
  console.log(JSON.stringify(figures));
}

async function measureChains(
  kind: ChainKind,
  chains: readonly Chain[],
  rounds: number,
): Promise<Record<string, number | undefined>> {
  const [first] = chains;
  if (!first) throw new Error('at least one chain is needed');
  const others = strangers(first.leaf, 600);
  /** Fills the caches of certificates and keys with others, so that nothing of the chains is left. */
  const forget = (): void => {
    const before = parseCertificate(first.leaf);
    for (const other of others) parseCertificate(other);
    const after = parseCertificate(first.leaf);
    const isCold =
      before !== after && before.publicKey !== after.publicKey && before.subject !== after.subject;
    if (!isCold) throw new Error('something of the chains is remembered');
    for (const other of others) parseCertificate(other);
  };
  const paths = (way: Way): readonly Job[] => chains.map((chain) => () => validate(chain, way));
  const verifications = chains.map(rawVerifications);
  const floors = (way: Way): readonly Job[] =>
    verifications.map(({ path, crls, ocsps }) => () => {
      const checks = [...path, ...(way === 'crl' ? crls : []), ...(way === 'ocsp' ? ocsps : [])];
      if (!checks.every((check) => check())) throw new Error('a signature of the benchmark does not hold');
    });

  const figures = {
    floor: await leastMean(rounds, floors('none')),
    cold: await leastMean(rounds, paths('none'), forget),
    warm: await leastMean(rounds, paths('none')),
    openssl: opensslVerify(chains, rounds),
    floorWithCrl: await leastMean(rounds, floors('crl')),
    coldWithCrl: await leastMean(rounds, paths('crl'), forget),
    floorWithOcsp: await leastMean(rounds, floors('ocsp')),
    coldWithOcsp: await leastMean(rounds, paths('ocsp'), forget),
  };
  const line = (what: string, milliseconds: number, floor: number): void => {
    const perSecond = Math.round(1000 / milliseconds);
    const ratio = (milliseconds / floor).toFixed(2);
    console.log(
      `${kind} ${what}: ${milliseconds.toFixed(3)} ms, ${perSecond}/s, ${ratio} x its verifications`,
    );
  };
  line('two bare verifications', figures.floor, figures.floor);
  line('path, cold', figures.cold, figures.floor);
  line('path, warm', figures.warm, figures.floor);
  line('path, cold, with CRLs', figures.coldWithCrl, figures.floorWithCrl);
  line('path, cold, with OCSP', figures.coldWithOcsp, figures.floorWithOcsp);
  if (figures.openssl !== undefined) line('openssl verify', figures.openssl, figures.floor);
  return {
    ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value && round(value)])),
    coldToFloor: round(figures.cold / figures.floor),
  };
}

/** From DER to a verdict. */
async function validate(chain: Chain, way: Way): Promise<void> {
  const input: PathInput = {
    certificate: parseCertificate(chain.leaf),
    intermediates: [parseCertificate(chain.issuing)],
    anchors: [parseCertificate(chain.root)],
    at,
    purpose: 'document-signing',
    crls: way === 'crl' ? chain.crls.map(parseCrl) : [],
    ocsps: way === 'ocsp' ? chain.ocsps.map(parseOcspResponse) : [],
    revocation: way === 'none' ? 'if-available' : 'required',
  };
  const { status, failures } = await validatePath(input);
  if (status !== 'valid')
    throw new Error(`a path of the benchmark is ${status}: ${failures[0]?.message ?? ''}`);
}

type Check = () => boolean;

/** The signature verifications that a path cannot do without, with keys imported and bytes at hand. */
function rawVerifications(chain: Chain): Readonly<Record<'path' | 'crls' | 'ocsps', readonly Check[]>> {
  const [leaf, issuing, root] = [chain.leaf, chain.issuing, chain.root].map((der) => parseCertificate(der));
  if (!leaf || !issuing || !root) throw new Error('a chain has three certificates');
  const keyOf = ({ spki }: typeof root): KeyObject =>
    createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const keys = [keyOf(root), keyOf(issuing)];
  const check = (
    key: KeyObject | undefined,
    { tbs, signature }: Pick<typeof root, 'tbs' | 'signature'>,
  ): Check => {
    if (!key) throw new Error('no key');
    return () => verify('sha256', tbs, key, signature);
  };
  return {
    path: [check(keys[1], leaf), check(keys[0], issuing)],
    crls: chain.crls.map((der, index) => check(keys[index], parseCrl(der))),
    ocsps: chain.ocsps.map((der, index) => check(keys[index], parseOcspResponse(der))),
  };
}

type Job = () => void | Promise<void>;

/** Each job's least milliseconds in any round, so that other work of the machine does not count; their mean. */
async function leastMean(rounds: number, jobs: readonly Job[], before?: () => void): Promise<number> {
  const least = jobs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    before?.();
    for (const [index, job] of jobs.entries()) {
      const started = performance.now();
      await job();
      least[index] = Math.min(least[index] ?? 0, performance.now() - started);
    }
  }
  return least.reduce((sum, milliseconds) => sum + milliseconds, 0) / jobs.length;
}

/** Milliseconds that one process of openssl spends on each of many chains, its start not counted. */
function opensslVerify(chains: readonly Chain[], rounds: number): number | undefined {
  if (!isInstalled('openssl')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-paths-'));
  try {
    const save = (name: string, ders: readonly Uint8Array[]): string => {
      writeFileSync(join(folder, name), ders.map((der) => toPem(der, 'CERTIFICATE')).join(''));
      return name;
    };
    const leaves = chains.map(({ leaf }, index) => save(`leaf-${index}.pem`, [leaf]));
    const roots = save(
      'roots.pem',
      chains.map(({ root }) => root),
    );
    const issuing = save(
      'issuing.pem',
      chains.map((chain) => chain.issuing),
    );
    const seconds = String(at.getTime() / 1000);
    const time = (files: readonly string[]): number => {
      const started = performance.now();
      const ran = runProgram(
        'openssl',
        ['verify', '-attime', seconds, '-CAfile', roots, '-untrusted', issuing, ...files],
        { cwd: folder },
      );
      if (ran.status !== 0) throw new Error(ran.output);
      return performance.now() - started;
    };
    const times = 20;
    const many = Array.from({ length: times }, () => leaves).flat();
    let least = Number.POSITIVE_INFINITY;
    let start = Number.POSITIVE_INFINITY;
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      start = Math.min(start, time(leaves.slice(0, 1)));
      least = Math.min(least, time(many));
    }
    return (least - start) / (many.length - 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each must be done within a second, whatever the answer. */
async function measureBombs(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [name, run] of Object.entries(await bombs())) {
    const started = performance.now();
    const verdict = await run();
    const took = performance.now() - started;
    figures[name] = round(took);
    console.log(`${name}: ${took.toFixed(1)} ms, ${verdict}${took < 1000 ? '' : ', TOO SLOW'}`);
    if (took >= 1000) process.exitCode = 1;
  }
  return figures;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
