import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemAnswer, SealpostClient } from '../../apps/launcher/src/job/sealpost-client';

/** What clients met, by kind: codes of problems, `CONNECTION` for a connection that broke. */
export class Weather {
  readonly met: Record<string, number> = {};

  note(kind: string): void {
    this.met[kind] = (this.met[kind] ?? 0) + 1;
  }
}

/** Whether the request took effect cannot be known from its answer: the caller has to look at the state. */
export class OutcomeUnknown extends Error {}

/** How long a person waits for a node that is away. */
const patienceMs = 120_000;
/** How long for a request that the node says is still running; then one looks what has become of it. */
const inProgressMs = 10_000;

/**
 * A session that does not give up: connection errors and answers from 500 on are met by the same request with the same
 * Idempotency-Key. Refusals (below 500) are thrown.
 */
export class PatientClient extends SealpostClient {
  constructor(
    origin: string,
    private readonly weather: Weather,
  ) {
    super(origin);
  }

  override request<T>(
    ...[method, path, body, headers]: Parameters<SealpostClient['request']>
  ): ReturnType<typeof SealpostClient.prototype.request<T>> {
    const key = randomUUID();
    return this.patiently(`${method} ${path}`, () =>
      super.request<T>(method, path, body, { 'idempotency-key': key, ...headers }),
    );
  }

  override bytes(path: string): Promise<Uint8Array> {
    return this.patiently(`GET ${path}`, () => super.bytes(path));
  }

  private async patiently<T>(request: string, send: () => Promise<T>): Promise<T> {
    const started = Date.now();
    for (;;) {
      const fault = await send().then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      );
      if ('answer' in fault) return fault.answer;
      const kind = kindOf(fault.error);
      this.weather.note(kind);
      const waited = Date.now() - started;
      if (kind === 'IDEMPOTENCY_OUTCOME_UNKNOWN') throw new OutcomeUnknown(request);
      if (kind === 'IDEMPOTENCY_IN_PROGRESS' && waited > inProgressMs) throw new OutcomeUnknown(request);
      if (waited > patienceMs || !worthRepeating(fault.error, kind)) throw fault.error;
      await pause(150);
    }
  }
}

function kindOf(error: unknown): string {
  return error instanceof ProblemAnswer ? error.problem.code : 'CONNECTION';
}

function worthRepeating(error: unknown, kind: string): boolean {
  if (kind === 'IDEMPOTENCY_IN_PROGRESS') return true;
  // undici's fetch throws a TypeError whose cause is the broken connection.
  if (!(error instanceof ProblemAnswer)) return error instanceof TypeError && error.cause !== undefined;
  return error.problem.status >= 500;
}
