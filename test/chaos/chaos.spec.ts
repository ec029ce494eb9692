import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readyBuild, root } from '../support/build';

const minutes = 60_000;

interface Figures {
  readonly good: boolean;
  readonly [name: string]: unknown;
}

/** The program of `npm run -s chaos`, as a person would start it, on a folder of its own. */
async function chaos(...args: string[]): Promise<{ code: number | null; said: string; figures: Figures }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'dist/test/chaos/main.js'), ...args],
    { cwd: root, env: { ...process.env, NODE_ENV: 'development' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running = () => child.kill('SIGTERM');
  let out = '';
  let said = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  running = undefined;
  const line = out.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`chaos ended with ${String(code)}:\n${said}\n${out}`);
  return { code, said: `${said}\n${out}`, figures: JSON.parse(line) as Figures };
}

let running: (() => boolean) | undefined;

describe('deliveries while worker and PostgreSQL are killed', () => {
  beforeAll(readyBuild, 3 * minutes);
  afterAll(() => running?.());

  it(
    'are each consigned once and registered once, and every acknowledged answer stays true',
    async () => {
      const { code, figures } = await chaos(
        ...['--deliveries', '200', '--kills', '20', '--seed', '7'],
        ...['--data-dir', join(root, 'var', 'test', 'chaos')],
      );
      expect(figures['faults']).toEqual([]);
      expect(figures).toMatchObject({ good: true, pending: 0, deadLetter: 0 });
      expect(figures['kills']).toBeGreaterThanOrEqual(20);
      expect(figures['killsOfWorker']).toBeGreaterThan(0);
      expect(figures['killsOfPostgres']).toBeGreaterThan(0);
      expect(figures['deliveries']).toBeGreaterThanOrEqual(200);
      expect(figures['deliveries']).toBe((figures['accepted'] as number) + (figures['refused'] as number));
      // The checker sees what is wrong when something is.
      expect(figures['controls']).toBeGreaterThan(10);
      expect(figures['controlsCaught']).toBe(figures['controls']);
      expect(code).toBe(0);
    },
    15 * minutes,
  );
});
