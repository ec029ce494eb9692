import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAgency, demoBody } from '#directory';
import { writeCursor } from '#platform';
import { Client } from 'pg';
import type { Installation } from '../../apps/launcher/src/installation';
import { startInstallation } from '../../apps/launcher/src/installation';
import { loginAs } from '../../apps/launcher/src/job/demo-offices';
import type { SealpostClient } from '../../apps/launcher/src/job/sealpost-client';
import { openBrowser } from '../support/browser';
import { bytesOf, firstLoad } from '../support/first-load';
import { residentMegabytesOf } from './process-use';
import { bigAgency, deliveriesEach, fillDesk, isFilled } from './desk-fill';
import { Latencies } from './latencies';

/**
 * `npm run -s bench -- desk [--sizes N,N] [--rounds N]`: the pages on which clerks, leaders and drafters work, at two sizes
 * of one agency, through HTTP. Each size is an installation of its own; they are asked in turn, so that whatever else the
 * machine does falls on both alike. A page must not cost more because there is more: its time at the larger size is at most
 * one and a half times that at the smaller.
 */

const posts = { clerk: 'vanthu', leader: 'lanhdao', drafter: 'chuyenvien' } as const;
type Person = keyof typeof posts;

interface DeskPage {
  readonly name: string;
  readonly by: Person;
  /** A path below /api/v1; different from round to round where caches would help. */
  readonly path: (round: number) => string;
}

interface Side {
  readonly size: number;
  readonly origin: string;
  readonly fillSeconds: number;
  readonly people: Readonly<Record<Person, SealpostClient>>;
  readonly pages: readonly DeskPage[];
  readonly apiPid: number;
  readonly latencies: Latencies;
}

export async function benchDesk(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '10000,1000000' },
      rounds: { type: 'string', default: '200' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const installations: Installation[] = [];
  try {
    const sides: Side[] = [];
    for (const size of sizes) {
      const installation = await startInstallation({
        dataDir: resolve('var', 'bench-desk', String(size)),
        layout: 'one-node',
        httpPort: 0,
        env: { SEALPOST_LOG_LEVEL: 'warn' },
        onProgress: (message) => {
          console.error(message);
        },
      });
      installations.push(installation);
      sides.push(await sideOf(installation, size));
    }
    await measure(sides, Number(values.rounds));
    report(sides, await firstLoads(sides));
  } finally {
    for (const installation of installations) await installation.stop();
  }
}

async function sideOf(installation: Installation, size: number): Promise<Side> {
  const [node] = installation.nodes;
  if (!node) throw new Error('no node runs');
  const { ownerUrl } = node.database;
  const fillSeconds = (await isFilled(ownerUrl, size)) ? 0 : await fillDesk(ownerUrl, size);
  console.error(`${size} documents in ${fillSeconds.toFixed(0)} s`);
  return {
    size,
    origin: node.origin,
    fillSeconds,
    people: await staffOf(node.origin),
    pages: await pagesOf(ownerUrl, size),
    apiPid: node.api.pid,
    latencies: new Latencies(),
  };
}

async function staffOf(origin: string): Promise<Readonly<Record<Person, SealpostClient>>> {
  const loginOf = (person: Person): Promise<SealpostClient> =>
    loginAs(origin, `${posts[person]}.${bigAgency}`);
  const [clerk, leader, drafter] = await Promise.all([
    loginOf('clerk'),
    loginOf('leader'),
    loginOf('drafter'),
  ]);
  return { clerk, leader, drafter };
}

async function pagesOf(ownerUrl: string, size: number): Promise<readonly DeskPage[]> {
  const middle = await middleOf(ownerUrl);
  const year = new Date().getFullYear();
  const half = Math.floor(size / 2);
  const search = (query: string): string => `/search?${query}`;
  const q = (text: string): string => search(`q=${encodeURIComponent(text)}`);
  const pick = (round: number, from: number): number => 1 + ((round * 7919) % from);
  const page = (name: string, path: DeskPage['path'], by: Person = 'clerk'): DeskPage => ({ name, by, path });
  return [
    page('outgoing', () => '/documents'),
    page('outgoing, for the leader who signs', () => '/documents', 'leader'),
    page('outgoing of a rare state', () => '/documents?state=APPROVED'),
    page('outgoing of a common state', () => '/documents?state=ISSUED'),
    page('outgoing in the middle', () => `/documents?cursor=${middle.outgoing}`),
    page('outgoing in the middle, by state', () => `/documents?state=ISSUED&cursor=${middle.outgoing}`),
    page('incoming', () => '/incoming'),
    page('incoming not yet accepted', () => '/incoming?state=01'),
    page('incoming accepted', () => '/incoming?state=03', 'leader'),
    page('incoming in the middle', () => `/incoming?cursor=${middle.incoming}`),
    page('search: a word of every document', () => q('ho so')),
    page('search: three common words', () => q('tăng cường công tác')),
    page('search: a word of one in forty', () => q('tiêm chủng')),
    page('search: a word of one in 700', (round) => q(`nh${pick(round, 699)}`)),
    page('search: a word of one document', (round) => q(`hs${pick(round, half)}`)),
    page('search: no such word', (round) => q(`khongco${round}`)),
    page('search: a word with few beginnings', () => q('hỏa t')),
    page('search: a common and a rare word', (round) => q(`ho so nh${pick(round, 699)}`)),
    page('search: by number', (round) => search(`number=${pick(round, Math.floor(half / 12))}`)),
    page('search: by symbol', (round) => search(`symbol=${pick(round, Math.floor(half / 12))}/CV`)),
    page('search: by agency', () => search(`agency=${encodeURIComponent('xã Sơn Thủy')}&kind=incoming`)),
    page('search: outgoing alone', () => search('kind=outgoing')),
    page('search: of a type', () => search('type=QD')),
    page('search: a word in old days', () =>
      search(`q=kiem+tra&from=${year - 8}-01-01&to=${year - 7}-01-01`),
    ),
    page('search: all', () => '/search', 'leader'),
    page('search: the own, all', () => '/search', 'drafter'),
    page('search: the own, a common word', () => q('ho so'), 'drafter'),
    page('search: the own, a rare word', (round) => q(`nh${pick(round, 699)}`), 'drafter'),
    page('register of outgoing', () => `/registers/outgoing?year=${year - 1}`),
    page(
      'register of outgoing, of a body',
      () => `/registers/outgoing?year=${year - 1}&body=${demoBody('ubnd/ubnd').id}`,
    ),
    page(
      'register of outgoing, a series',
      () => `/registers/outgoing?year=${year - 1}&series=${middle.series}`,
    ),
    page(
      'register of outgoing, some days',
      () => `/registers/outgoing?from=${year - 3}-05-05&to=${year - 3}-06-06`,
    ),
    page('register of incoming', () => `/registers/incoming?year=${year - 1}`),
    page('register of incoming, some days', () => `/registers/incoming?from=${year - 3}-05-05`),
    page('register of handling', () => `/registers/handling?year=${year - 1}`, 'leader'),
    page('volumes', () => '/registers/volumes'),
    page('statistics of a year', () => '/statistics/exchange', 'leader'),
    page('monitor', () => '/monitor'),
  ];
}

interface Middle {
  readonly outgoing: string;
  readonly incoming: string;
  readonly series: string;
}

/** Cursors half-way through the lists, as a person who goes on and on would get them. */
async function middleOf(ownerUrl: string): Promise<Middle> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const { id } = demoAgency(bigAgency);
  const at = async (table: string, column: string): Promise<string> => {
    const { rows } = await client.query<{ at: string; id: string }>(
      `SELECT to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, id FROM ${table}
       WHERE agency_id = $1 AND ${column} < now() - interval '5 years' ORDER BY ${column} DESC LIMIT 1`,
      [id],
    );
    return writeCursor([rows[0]?.at ?? '', rows[0]?.id ?? '']);
  };
  try {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM workflow.number_series WHERE body_id = $1 ORDER BY period DESC OFFSET 1 LIMIT 1`,
      [demoBody('ubnd/ubnd').id],
    );
    return {
      outgoing: await at('workflow.document', 'changed_at'),
      incoming: await at('workflow.incoming', 'arrived_at'),
      series: rows[0]?.id ?? '',
    };
  } finally {
    await client.end();
  }
}

/** Page by page at every size, round by round; the first rounds are not counted. */
async function measure(sides: readonly Side[], rounds: number): Promise<void> {
  const warmUp = 8;
  const pages = sides[0]?.pages ?? [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const index of pages.keys()) {
      for (const { people, pages: here, latencies } of sides) {
        const page = here[index];
        if (!page) throw new Error('the sizes have different pages');
        const ask = (): Promise<unknown> => people[page.by].get(page.path(round));
        await (round < warmUp ? ask() : latencies.measure(page.name, ask));
      }
    }
  }
}

/** Bytes that a browser receives from the login to the first page of each of them, at the larger size. */
async function firstLoads(sides: readonly Side[]): Promise<Readonly<Record<string, number>>> {
  const origin = sides.at(-1)?.origin ?? '';
  const browser = await openBrowser();
  try {
    const loads: Record<string, number> = {};
    for (const post of Object.values(posts)) {
      loads[post] = bytesOf(await firstLoad(browser, origin, `${post}.${bigAgency}`));
      console.log(`first load of ${post}: ${(loads[post] / 1000).toFixed(0)} kB compressed`);
    }
    return loads;
  } finally {
    await browser.close();
  }
}

function report(sides: readonly Side[], loads: Readonly<Record<string, number>>): void {
  const [small] = sides;
  const large = sides.at(-1);
  if (!small || !large) throw new Error('nothing was measured');
  console.log(
    `\nms per page at ${small.size} and ${large.size} documents of one agency (half sent, half received)`,
  );
  console.log(`${'page'.padEnd(40)}     p50     p99     p50     p99   ratio of p50`);
  const before = small.latencies.summary();
  const rows = Object.entries(large.latencies.summary()).map(([name, now]) => {
    const then = before[name] ?? now;
    const ratio = Math.round((now.p50 / then.p50) * 100) / 100;
    const shown = [then.p50, then.p99, now.p50, now.p99].map((ms) => ms.toFixed(1).padStart(7)).join(' ');
    console.log(`${name.padEnd(40)} ${shown}   ${ratio.toFixed(2)}`);
    return { name, small: then, large: now, ratio };
  });
  const memory = sides.map(({ apiPid }) => residentMegabytesOf(apiPid));
  console.log(`memory of api: ${memory.map((megabytes) => `${megabytes} MB`).join(' and ')}`);
  console.log(
    JSON.stringify({
      benchmark: 'desk',
      documents: sides.map(({ size }) => size),
      deliveries: sides.map(({ size }) => (size / 2) * deliveriesEach),
      fillSeconds: sides.map(({ fillSeconds }) => Math.round(fillSeconds)),
      apiMegabytes: memory,
      firstLoadBytes: loads,
      worstP99: Math.max(...rows.map((row) => row.large.p99)),
      worstRatio: Math.max(...rows.map((row) => row.ratio)),
      pages: rows,
    }),
  );
}
