import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createOwnerDataSource, newId, UnitOfWork } from '#platform';
import type { DeliveryBalance } from '#workflow';
import { deliveryBalance } from '#workflow';
import type { Installation, RunningNode } from '../../apps/launcher/src/installation';
import { startInstallation } from '../../apps/launcher/src/installation';
import { answerDocuments } from './answer-documents';
import { checkEvidence, checkFiles, clerksOf } from './check-contents';
import type { Fault } from './find-faults';
import { findFaults } from './find-faults';
import { Gate } from './gate';
import { Ledger } from './ledger';
import { Weather } from './patient-client';
import { seededRandom } from './random';
import { senderAgencies, sendDocuments } from './send-documents';
import type { Blow } from './strike';
import { Striker } from './strike';
import type { ControlResult } from './tamper';
import { runNegativeControls } from './tamper';

export interface ChaosSettings {
  readonly dataDir: string;
  /** At least so many: documents × recipients. */
  readonly deliveries: number;
  /** Blows that interrupt a job. */
  readonly kills: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  /** Ends the run early; everything it started is stopped. */
  readonly signal: AbortSignal;
}

export interface ChaosReport {
  readonly seconds: number;
  readonly documents: number;
  readonly balance: DeliveryBalance;
  readonly blows: readonly Blow[];
  /** Seconds from the last answer asked for until nothing waited any more. */
  readonly quietAfter: number;
  readonly acknowledged: number;
  readonly weather: Readonly<Record<string, number>>;
  readonly trailEntries: number;
  readonly controls: readonly ControlResult[];
  readonly faults: readonly Fault[];
}

/** Two blocs, province, commune and ministry. */
const recipients = ['dangsonthuy', 'ubndsonthuy', 'bkhcn'] as const;
/** After the last answer of a clerk; a run that has got stuck ends then. */
const quietWithinSeconds = 180;

/**
 * The least the settings allow, so that what a blow leaves behind is taken up within seconds. pg-boss takes no shorter
 * heartbeat than 10 s; the rows say sooner what still has to be carried.
 */
const quickRecovery = {
  SEALPOST_LOG_LEVEL: 'warn',
  SEALPOST_JOB_HEARTBEAT_SECONDS: '10',
  SEALPOST_JOB_EXPIRY_SECONDS: '30',
  SEALPOST_JOB_SUPERVISION_SECONDS: '1',
  SEALPOST_EXCHANGE_REQUEUE_SECONDS: '4',
};

export async function runChaos(settings: ChaosSettings): Promise<ChaosReport> {
  const { dataDir, say } = settings;
  // The development PKI takes a while to make and no part in what is tried.
  for (const name of ['postgres', 'nodes', 'log'])
    await rm(join(dataDir, name), { recursive: true, force: true });
  const installation = await startInstallation({
    dataDir,
    layout: 'one-node',
    httpPort: 0,
    env: quickRecovery,
    onProgress: say,
  });
  const [node] = installation.nodes;
  if (!node) throw new Error('no node runs');
  const striker = new Striker(installation, node, seededRandom(settings.seed + 1));
  try {
    return await Promise.race([
      strikeAndCheck(settings, installation, node, striker),
      aborted(settings.signal),
    ]);
  } finally {
    // Before that, a blow still falling would start a worker behind the back of what stops them all.
    await striker.close();
    await installation.stop();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('told to stop'));
    });
  });
}

async function strikeAndCheck(
  settings: ChaosSettings,
  installation: Installation,
  node: RunningNode,
  striker: Striker,
): Promise<ChaosReport> {
  const started = performance.now();
  const offices = openOffices(settings, node.origin);
  const blows = await Promise.race([
    strikeAll(settings, striker, offices),
    offices.closed.then(() => Promise.reject(new Error('the offices closed before the last blow'))),
  ]);
  const struck = performance.now();
  await offices.closed;
  const owner = await createOwnerDataSource(node.database.ownerUrl, []).initialize();
  try {
    const tables = new UnitOfWork(owner);
    await quiet(tables);
    const quietAfter = (performance.now() - struck) / 1000;
    settings.say('checking …');
    const faults = [
      ...striker.survivors.lost.map((program) => ({ code: 'PROCESS_LOST', what: program })),
      ...(await unready(node)),
      ...(await tables.run(observer(), (tx) => findFaults(tx, offices.ledger))),
      ...(await contents(tables, installation, node, offices.weather)),
    ];
    const controls = await runNegativeControls(tables, offices.ledger);
    return {
      seconds: (performance.now() - started) / 1000,
      documents: offices.issued.size,
      balance: await tables.run(observer(), (tx) => deliveryBalance(tx)),
      blows,
      quietAfter,
      acknowledged: offices.ledger.size,
      weather: offices.weather.met,
      trailEntries: await trailEntries(tables),
      controls,
      faults,
    };
  } finally {
    await owner.destroy();
  }
}

interface Offices {
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly weather: Weather;
  readonly issued: ReadonlySet<string>;
  /** When every issued document has its answers; rejects when an office cannot go on. */
  readonly closed: Promise<unknown>;
}

/** Senders and recipients go to work; what is ready for issue waits for the gate. */
function openOffices({ seed }: ChaosSettings, origin: string): Offices {
  const random = seededRandom(seed);
  const shared = {
    origin,
    gate: new Gate(),
    ledger: new Ledger(),
    weather: new Weather(),
    issued: new Set<string>(),
  };
  const progress = { everythingSent: false };
  const sending = sendDocuments({ ...shared, recipients }).then(() => {
    progress.everythingSent = true;
  });
  const answering = recipients.map((agency) => {
    const own = seededRandom(Math.floor(random() * 2 ** 32));
    return answerDocuments({ ...shared, agency, random: own, progress });
  });
  return { ...shared, closed: Promise.all([sending, ...answering]) };
}

async function strikeAll(
  { deliveries, kills, seed, say }: ChaosSettings,
  striker: Striker,
  { gate }: Offices,
): Promise<readonly Blow[]> {
  const random = seededRandom(~seed);
  const documents = Math.ceil(deliveries / recipients.length);
  const blows: Blow[] = [];
  let interrupting = 0;
  while (interrupting < kills) {
    const left = Math.max(documents - gate.passed, 0);
    gate.open(Math.max(1, Math.ceil(left / (kills - interrupting))));
    const blow = await striker.strike(random() < 0.5 ? 'worker' : 'postgres', 3_000);
    if (!blow) continue;
    blows.push(blow);
    if (blow.interrupted) interrupting += 1;
    const result = blow.interrupted ? '' : ', which ended just before';
    say(
      `${String(interrupting).padStart(3)}  kill -9 ${blow.victim.padEnd(8)}  active: ${blow.queues.join(', ')}${result}`,
    );
  }
  gate.open(Math.max(documents - gate.passed, 0));
  gate.close();
  return blows;
}

const observer = () => ({ kind: 'system', service: 'chaos', requestId: newId() }) as const;

/** Waits until every delivery has its answer and no job waits or runs. */
async function quiet(tables: UnitOfWork): Promise<void> {
  const deadline = Date.now() + quietWithinSeconds * 1000;
  for (;;) {
    const [waiting] = await tables.run(observer(), (tx) =>
      tx.query<{ deliveries: number; returns: number; jobs: number }>(`SELECT
        (SELECT count(*)::int FROM workflow.delivery WHERE state IN ('QUEUED', 'SENT', '01')) AS deliveries,
        (SELECT count(*)::int FROM workflow.evidence_return WHERE state = 'QUEUED') AS returns,
        (SELECT count(*)::int FROM pgboss.job WHERE name LIKE 'exchange.%' AND state IN ('created', 'retry', 'active')) AS jobs`),
    );
    if (waiting && waiting.deliveries + waiting.returns + waiting.jobs === 0) return;
    if (Date.now() > deadline)
      throw new Error(`not quiet within ${quietWithinSeconds} s: ${JSON.stringify(waiting)}`);
    await pause(250);
  }
}

async function unready({ origin }: RunningNode): Promise<readonly Fault[]> {
  const { status } = await fetch(`${origin}/health/ready`);
  return status === 200 ? [] : [{ code: 'NOT_READY', what: `/health/ready answers ${status}` }];
}

async function contents(
  tables: UnitOfWork,
  { pkiDir }: Installation,
  { origin }: RunningNode,
  weather: Weather,
): Promise<readonly Fault[]> {
  const clerks = await clerksOf(origin, [...senderAgencies, ...recipients], weather);
  return tables.run(observer(), async (tx) => [
    ...(await checkFiles(tx, clerks)),
    ...(await checkEvidence(tx, clerks, pkiDir)),
  ]);
}

async function trailEntries(tables: UnitOfWork): Promise<number> {
  const [row] = await tables.run(observer(), (tx) =>
    tx.query<{ entries: number }>('SELECT count(*)::int AS entries FROM audit.entry'),
  );
  return row?.entries ?? 0;
}
