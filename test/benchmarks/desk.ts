import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAgency, demoBody } from '#directory';
import { writeCursor } from '#platform';
import { Client } from 'pg';
import { startInstallation } from '../../apps/launcher/src/installation';
import { loginAs } from '../../apps/launcher/src/job/demo-offices';
import type { SealpostClient } from '../../apps/launcher/src/job/sealpost-client';
import { bigAgency, emptyDesk, fillDesk, isFilled } from './desk-fill';
import { Latencies } from './latencies';

/**
 * `npm run -s bench -- desk [--sizes N,N] [--rounds N]`: the pages on which clerks, leaders and drafters
 * work, at two sizes of one agency, through HTTP. A page must not cost more because there is more: its time at the larger
 * size is at most one and a half times that at the smaller.
 */

type Person = 'clerk' | 'leader' | 'drafter';

interface DeskPage {
  readonly name: string;
  readonly by: Person;
  /** A path below /api/v1; different from round to round where caches would help. */
  readonly path: (round: number) => string;
}

interface Measured {
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
}

export async function benchDesk(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '10000,1000000' },
      rounds: { type: 'string', default: '60' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const rounds = Number(values.rounds);
  const installation = await startInstallation({
    dataDir: resolve('var', 'bench-desk'),
    layout: 'one-node',
    httpPort: 0,
    env: { SEALPOST_LOG_LEVEL: 'warn' },
    onProgress: (message) => {
      console.error(message);
    },
  });
  try {
    const [node] = installation.nodes;
    if (!node) throw new Error('no node runs');
    const people = await staffOf(node.origin);
    const found: { readonly fill: number; readonly pages: Record<string, Measured> }[] = [];
    for (const size of sizes) {
      const filled = await isFilled(node.database.ownerUrl, size);
      if (!filled) await emptyDesk(node.database.ownerUrl);
      const fill = filled ? 0 : await fillDesk(node.database.ownerUrl, size);
      console.error(`${size} documents in ${fill.toFixed(0)} s`);
      const pages = await pagesOf(node.database.ownerUrl, size);
      found.push({ fill, pages: await measure(people, pages, rounds) });
    }
    report(sizes, found);
  } finally {
    await installation.stop();
  }
}

async function staffOf(origin: string): Promise<Readonly<Record<Person, SealpostClient>>> {
  const [clerk, leader, drafter] = await Promise.all(
    ['vanthu', 'lanhdao', 'chuyenvien'].map((post) => loginAs(origin, `${post}.${bigAgency}`)),
  );
  if (!clerk || !leader || !drafter) throw new Error('not everybody could log in');
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

/** Round by round, so that whatever else the machine does falls on all pages alike; the first rounds are not counted. */
async function measure(
  people: Readonly<Record<Person, SealpostClient>>,
  pages: readonly DeskPage[],
  rounds: number,
): Promise<Record<string, Measured>> {
  const warmUp = 8;
  const latencies = new Latencies();
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const { name, by, path } of pages) {
      const ask = (): Promise<unknown> => people[by].get(path(round));
      await (round < warmUp ? ask() : latencies.measure(name, ask));
    }
  }
  return latencies.summary();
}

function report(
  sizes: readonly number[],
  found: readonly { readonly fill: number; readonly pages: Record<string, Measured> }[],
): void {
  const [small] = found;
  const large = found.at(-1);
  if (!small || !large) throw new Error('nothing was measured');
  const [smallSize = 0] = sizes;
  const largeSize = sizes.at(-1) ?? 0;
  console.log(
    `\nms per page at ${smallSize} and ${largeSize} documents of one agency (half sent, half received)`,
  );
  console.log(`${'page'.padEnd(40)}     p50     p99     p50     p99   ratio of p50`);
  const rows = Object.entries(large.pages).map(([name, now]) => {
    const then = small.pages[name] ?? now;
    const ratio = Math.round((now.p50 / then.p50) * 100) / 100;
    const shown = [then.p50, then.p99, now.p50, now.p99].map((ms) => ms.toFixed(1).padStart(7)).join(' ');
    console.log(`${name.padEnd(40)} ${shown}   ${ratio.toFixed(2)}`);
    return { name, small: then, large: now, ratio };
  });
  console.log(
    JSON.stringify({
      benchmark: 'desk',
      documents: sizes,
      fillSeconds: found.map(({ fill }) => Math.round(fill)),
      worstP99: Math.max(...rows.map((row) => row.large.p99)),
      worstRatio: Math.max(...rows.map((row) => row.ratio)),
      pages: rows,
    }),
  );
}
