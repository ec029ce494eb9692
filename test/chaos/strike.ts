import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Installation, RunningNode } from '../../apps/launcher/src/installation';
import { Survivors } from './survivors';

export type Victim = 'worker' | 'postgres';

/** One `kill -9` that fell while a job was active. */
export interface Blow {
  readonly victim: Victim;
  /** Queues of the jobs that were active. */
  readonly queues: readonly string[];
  /** Whether one of those jobs had not come to its end when the process died. */
  readonly interrupted: boolean;
}

interface ActiveJob {
  readonly id: string;
  readonly name: string;
}

/** Milliseconds: about as long as a job takes. */
const longestWaitInJob = 60;

/** Looks at the queue's tables from outside, and strikes. */
export class Striker {
  readonly survivors = new Survivors();
  private observer: Client | undefined;
  /** Jobs started before belong to a process that is dead: they are active in name only. */
  private since = new Date(0);
  private isClosed = false;
  private lastBlow: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly installation: Installation,
    private readonly node: RunningNode,
    private readonly random: () => number,
  ) {
    this.survivors.watch(node.api);
    this.survivors.watch(node.worker);
  }

  /** Kills the victim while a job is active and brings it back; undefined when no job was active within `withinMs`. */
  strike(victim: Victim, withinMs: number): Promise<Blow | undefined> {
    if (this.isClosed) return Promise.reject(new Error('the run is over'));
    const blow = this.strikeOnce(victim, withinMs);
    this.lastBlow = blow.catch(() => undefined);
    return blow;
  }

  /** No blow falls any more, and whatever the last one killed is back: only then can everything be stopped. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.lastBlow;
    await this.observer?.end().catch(() => undefined);
  }

  private async strikeOnce(victim: Victim, withinMs: number): Promise<Blow | undefined> {
    const jobs = await this.activeJobs(withinMs);
    if (jobs.length === 0) return undefined;
    const unfinished = victim === 'worker' ? await this.killWorker(jobs) : await this.killPostgres(jobs);
    return {
      victim,
      queues: [...new Set(jobs.map(({ name }) => name))].sort(),
      interrupted: unfinished > 0,
    };
  }

  /** Jobs that are active at this very moment, which is a random one of their lives. */
  private async activeJobs(withinMs: number): Promise<readonly ActiveJob[]> {
    const deadline = Date.now() + withinMs;
    do {
      if ((await this.lookForActive()).length > 0) {
        await pause(this.random() * longestWaitInJob);
        const jobs = await this.lookForActive();
        if (jobs.length > 0) return jobs;
      }
      await pause(4);
    } while (Date.now() < deadline);
    return [];
  }

  private lookForActive(): Promise<ActiveJob[]> {
    return this.query<ActiveJob>(
      `SELECT id, name FROM pgboss.job WHERE state = 'active' AND name LIKE 'exchange.%' AND started_on > $1`,
      [this.since],
    );
  }

  private async killWorker(jobs: readonly ActiveJob[]): Promise<number> {
    const { worker } = this.node;
    this.survivors.strike(worker);
    await worker.ended;
    const unfinished = await this.unfinished(jobs, new Date());
    this.since = new Date();
    this.survivors.watch(await this.node.restartWorker());
    return unfinished;
  }

  private async killPostgres(jobs: readonly ActiveJob[]): Promise<number> {
    const { postgres } = this.installation;
    if (!postgres) throw new Error('PostgreSQL is not ours to kill');
    process.kill(postgres.record.pid, 'SIGKILL');
    while (isAlive(postgres.record.pid)) await pause(5);
    const struck = new Date();
    await this.observer?.end().catch(() => undefined);
    this.observer = undefined;
    await this.installation.restartPostgres();
    this.since = new Date();
    return this.unfinished(jobs, struck);
  }

  /** How many of the jobs had not been completed at that moment. */
  private async unfinished(jobs: readonly ActiveJob[], at: Date): Promise<number> {
    const [row] = await this.query<{ unfinished: number }>(
      `SELECT count(*)::int AS unfinished FROM pgboss.job
        WHERE id = ANY($1) AND (completed_on IS NULL OR completed_on > $2)`,
      [jobs.map(({ id }) => id), at],
    );
    return row?.unfinished ?? 0;
  }

  private async query<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    this.observer ??= await connect(this.node.database.ownerUrl);
    return (await this.observer.query<Row>(sql, [...values])).rows;
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'sealpost-chaos' });
  // The server it watches is going to be killed.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
