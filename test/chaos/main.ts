import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ChaosReport } from './run-chaos';
import { runChaos } from './run-chaos';

/**
 * `npm run -s chaos [-- --deliveries 200 --kills 20 --seed N]`: a real installation at work while its worker and its
 * PostgreSQL are killed (SIGKILL) with jobs active. Prints what was found, then one line of JSON; exits 1 on any fault.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      deliveries: { type: 'string', default: '200' },
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      'data-dir': { type: 'string', default: resolve(__dirname, '../../../var/chaos') },
    },
  });
  const seed = Number(values.seed);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop.abort();
    });
  const report = await runChaos({
    dataDir: resolve(values['data-dir']),
    deliveries: Number(values.deliveries),
    kills: Number(values.kills),
    seed,
    signal: stop.signal,
    say: (line) => {
      console.error(line);
    },
  });
  show(report);
  const missed = report.controls.filter(({ expected, found }) => !found.includes(expected));
  const good = report.faults.length === 0 && missed.length === 0;
  console.log(JSON.stringify({ test: 'chaos', seed, good, ...figuresOf(report) }));
  process.exitCode = good ? 0 : 1;
}

function figuresOf({ blows, controls, balance, faults, ...rest }: ChaosReport): object {
  const interrupting = blows.filter(({ interrupted }) => interrupted);
  const of = (victim: string): number => interrupting.filter((blow) => blow.victim === victim).length;
  return {
    ...rest,
    seconds: Math.round(rest.seconds),
    quietAfter: Math.round(rest.quietAfter),
    deliveries: balance.expected,
    accepted: balance.accepted,
    refused: balance.refused,
    pending: balance.pending,
    deadLetter: balance.deadLetter,
    kills: interrupting.length,
    killsOfWorker: of('worker'),
    killsOfPostgres: of('postgres'),
    killsBesideAJob: blows.length - interrupting.length,
    controls: controls.length,
    controlsCaught: controls.filter(({ expected, found }) => found.includes(expected)).length,
    faults,
  };
}

function show({ balance, blows, controls, faults, ...report }: ChaosReport): void {
  const { expected, accepted, refused, pending, deadLetter, withdrawn } = balance;
  console.log(`${report.documents} documents in ${Math.round(report.seconds)} s, ${blows.length} × kill -9`);
  console.log(
    `${expected} deliveries = ${accepted} accepted + ${refused} refused + ${pending} pending + ${deadLetter} dead letters + ${withdrawn} withdrawn`,
  );
  console.log(`quiet ${Math.round(report.quietAfter)} s after the last blow`);
  console.log(`${report.acknowledged} acknowledged answers, ${report.trailEntries} entries in the trail`);
  for (const [kind, times] of Object.entries(report.weather))
    console.log(`  clients met ${kind} ${times} times`);
  for (const { name, expected: code, found } of controls)
    console.log(
      `${found.includes(code) ? 'caught' : 'MISSED'}  ${name}: ${found.join(', ') || 'nothing found'}`,
    );
  for (const { code, what } of faults.slice(0, 50)) console.log(`FAULT  ${code}: ${what}`);
  console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults`);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
