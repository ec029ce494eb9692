import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAgency, demoBody, demoDirectory, demoPerson } from '#directory';
import { startInstallation } from '../../apps/launcher/src/installation';
import { demoOffice, loginAs } from '../../apps/launcher/src/job/demo-offices';
import type { OutgoingPaper, StepObserver } from '../../apps/launcher/src/job/main-job';
import { draft, issue } from '../../apps/launcher/src/job/main-job';
import { arrivals, verifyAndAccept } from '../../apps/launcher/src/job/receive';
import { benchmarkLetter } from './benchmark-letter';
import { commitsOf, rawCommits, rawSignatures } from './floor';
import { cpuSecondsOf } from './process-use';
import { Latencies } from './latencies';

/**
 * `npm run -s bench -- main-job [--documents N] [--batch N]`: N documents, each to three agencies, through HTTP with
 * several clients; then the floor in the same run: as many raw signatures and as many raw commits.
 */

/** Who sends: agency, body, signer and capacity of each lane. */
const senders = [
  { agency: 'tinhuy', body: 'tinhuy/btv', signer: 'lanhdao', capacity: 'TM' },
  { agency: 'vptu', body: 'vptu/vp', signer: 'pho', capacity: 'KT' },
  { agency: 'ubnd', body: 'ubnd/ubnd', signer: 'lanhdao', capacity: 'TM' },
  { agency: 'sonoivu', body: 'sonoivu/so', signer: 'lanhdao', capacity: 'DIRECT' },
] as const;
const recipients = ['dangsonthuy', 'ubndsonthuy', 'bkhcn'] as const;
/** Milliseconds between two looks at an empty inbox. */
const betweenLooks = 500;
/** Requests of one recipient's clerks at the same time. */
const clerksAtWork = 4;
/** Personal, agency and their two time-stamps; per recipient a manifest, A.1, D.1 and C.3. */
const signaturesPerDocument = 4 + recipients.length * 4;

export async function benchMainJob(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { documents: { type: 'string', default: '200' }, batch: { type: 'string', default: '10' } },
  });
  const documents = Number(values.documents);
  const batch = Number(values.batch);
  const installation = await startInstallation({
    dataDir: resolve('var', 'bench'),
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
    await carry(node.origin, batch * senders.length, batch, new Latencies());
    const latencies = new Latencies();
    const before = await commitsOf(node.database.ownerUrl);
    const processes = {
      api: node.api.pid,
      worker: node.worker.pid,
      postgres: installation.postgres?.record.pid,
      client: process.pid,
    };
    const cpuBefore = cpuOf(processes);
    const started = performance.now();
    const issuedAfter = await carry(node.origin, documents, batch, latencies);
    const seconds = (performance.now() - started) / 1000;
    const cpu = cpuPerDocument(cpuBefore, cpuOf(processes), documents);
    const commits = (await commitsOf(node.database.ownerUrl)) - before;
    const signatures = documents * signaturesPerDocument;
    const floor = {
      signatures: await rawSignatures(signatures),
      commits: await rawCommits(
        node.database.ownerUrl,
        commits,
        senders.length + recipients.length * clerksAtWork,
      ),
    };
    report({ documents, seconds, issuedAfter, signatures, commits, floor, cpu, steps: latencies.summary() });
  } finally {
    await installation.stop();
  }
}

/** Sends `documents` and has all of them accepted everywhere; answers the seconds until the last was issued. */
async function carry(
  origin: string,
  documents: number,
  batch: number,
  latencies: Latencies,
): Promise<number> {
  const observe: StepObserver = (step, run) => latencies.measure(step, run);
  const letter = await benchmarkLetter();
  const expected = new Set<string>();
  const progress = { sent: 0, everythingSent: false };
  const started = performance.now();
  const sending = Promise.all(
    senders.map(async (sender, lane) => {
      const office = await demoOffice(origin, sender.agency, sender.signer);
      const paper = paperOf(sender, letter);
      let left = Math.floor(documents / senders.length) + (lane < documents % senders.length ? 1 : 0);
      while (left > 0) {
        const size = Math.min(batch, left);
        left -= size;
        const ids = await Promise.all(Array.from({ length: size }, () => draft(office, paper, observe)));
        for (const { id } of await issue(office, ids, observe)) expected.add(id);
      }
    }),
  ).then(() => {
    progress.everythingSent = true;
    return (performance.now() - started) / 1000;
  });
  const receiving = recipients.map((agency) => receiveAll(origin, agency, expected, progress, observe));
  const [issuedAfter] = await Promise.all([sending, ...receiving]);
  return issuedAfter;
}

async function receiveAll(
  origin: string,
  agency: string,
  expected: ReadonlySet<string>,
  progress: { readonly everythingSent: boolean },
  observe: StepObserver,
): Promise<void> {
  const clerk = await loginAs(origin, `vanthu.${agency}`);
  const done = new Set<string>();
  while (!progress.everythingSent || [...expected].some((id) => !done.has(id))) {
    const waiting = (await arrivals(clerk)).filter(({ documentId }) => !done.has(documentId));
    if (waiting.length === 0) await new Promise((wake) => setTimeout(wake, betweenLooks));
    const queue = [...waiting];
    await Promise.all(
      Array.from({ length: clerksAtWork }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          await verifyAndAccept(clerk, next.id, observe);
          done.add(next.documentId);
        }
      }),
    );
  }
}

function paperOf(sender: (typeof senders)[number], letter: Uint8Array): OutgoingPaper {
  const person = demoPerson(`${sender.signer}.${sender.agency}`);
  const appointment = demoDirectory.appointments.find(({ personId }) => personId === person.id);
  if (!appointment) throw new Error(`${person.key} holds no post`);
  return {
    bodyId: demoBody(sender.body).id,
    typeCode: 'BC',
    abstract: 'Kết quả gửi, nhận văn bản điện tử',
    urgency: 0,
    signer: { postId: appointment.postId, capacity: sender.capacity },
    recipientAgencyIds: recipients.map((key) => demoAgency(key).id),
    files: [{ bytes: letter, name: 'bao-cao.pdf', role: 'main', title: 'Báo cáo' }],
  };
}

type Processes = Readonly<Record<string, number | undefined>>;

function cpuOf(processes: Processes): Readonly<Record<string, number>> {
  const known = Object.entries(processes).flatMap(([name, pid]) =>
    pid === undefined ? [] : [[name, pid] as const],
  );
  return Object.fromEntries(
    known.map(([name, pid]) => [name, name === 'client' ? ownCpuSeconds() : cpuSecondsOf(pid)]),
  );
}

/** Of this process alone: the others are its children. */
function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function cpuPerDocument(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  documents: number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [
      name,
      rounded(((seconds - (before[name] ?? 0)) * 1000) / documents),
    ]),
  );
}

interface Figures {
  readonly documents: number;
  readonly seconds: number;
  readonly issuedAfter: number;
  readonly signatures: number;
  readonly commits: number;
  readonly floor: { readonly signatures: number; readonly commits: number };
  /** Milliseconds of processor time per document. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly steps: ReturnType<Latencies['summary']>;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function report(figures: Figures): void {
  const { documents, seconds, issuedAfter, signatures, commits, floor, cpu, steps } = figures;
  const floorSeconds = floor.signatures + floor.commits;
  console.log(`\n${documents} documents to ${recipients.length} agencies each in ${rounded(seconds)} s`);
  console.log(
    `  ${rounded(documents / seconds)} documents/s, ${rounded((documents * recipients.length) / seconds)} deliveries/s`,
  );
  console.log(`  last document issued after ${rounded(issuedAfter)} s`);
  console.log(
    `floor: ${signatures} raw signatures ${rounded(floor.signatures)} s, ${commits} raw commits ${rounded(floor.commits)} s`,
  );
  console.log(`  ratio ${rounded(seconds / floorSeconds)} × the floor\n`);
  const spent = Object.entries(cpu).map(([name, ms]) => `${name} ${ms} ms`);
  console.log(`processor time per document: ${spent.join(', ')}\n`);
  console.log('step                      n      p50 ms      p99 ms');
  for (const [step, { n, p50, p99 }] of Object.entries(steps))
    console.log(
      `${step.padEnd(20)} ${String(n).padStart(6)} ${p50.toFixed(1).padStart(11)} ${p99.toFixed(1).padStart(11)}`,
    );
  console.log(
    JSON.stringify({
      benchmark: 'main-job',
      documents,
      seconds: rounded(seconds),
      documentsPerSecond: rounded(documents / seconds),
      deliveriesPerSecond: rounded((documents * recipients.length) / seconds),
      floor: {
        signatures,
        signatureSeconds: rounded(floor.signatures),
        commits,
        commitSeconds: rounded(floor.commits),
      },
      ratio: rounded(seconds / floorSeconds),
      cpu,
      steps,
    }),
  );
}
