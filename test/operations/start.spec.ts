import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoPassword } from '#directory';
import { loginAs } from '../../apps/launcher/src/job/demo-offices';
import { readyBuild } from '../support/build';
import type { InstallationPlace } from './installation-place';
import { installationPlace } from './installation-place';
import { runProgram } from './run-program';

const minutes = 60_000;

/** Processes that name the folder in their arguments or environment; where there is no /proc, none can be listed. */
function processesOf(folder: string): readonly string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return ['cmdline', 'environ'].some((file) =>
        readFileSync(join('/proc', pid, file), 'utf8').includes(folder),
      );
    } catch {
      return false;
    }
  });
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('npm start', () => {
  let place: InstallationPlace;
  beforeAll(async () => {
    readyBuild();
    place = await installationPlace();
  }, 5 * minutes);
  afterAll(() => place.remove());

  it(
    'serves a node from an empty folder, shows its page and its state, and leaves no process behind when told to stop',
    async () => {
      const run = runProgram('apps/launcher/run.mjs', ['dist/apps/launcher/src/main.js'], {
        SEALPOST_VAR: place.dataDir,
        SEALPOST_HTTP_PORT: '0',
      });
      const [, origin = ''] = await run.says(/Sealpost +(http:\/\/127\.0\.0\.1:\d+)/);

      const page = await fetch(`${origin}/`);
      expect(page.status).toBe(200);
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? 'no script';
      const loaded = await fetch(`${origin}${script}`);
      expect(loaded.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(await loaded.text()).toContain('Khóa trình diễn, không dùng cho bí mật.');
      const ready = await fetch(`${origin}/health/ready`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({
        status: 'ok',
        info: { database: { status: 'up' }, queue: { status: 'up' } },
      });
      expect((await fetch(`${origin}/api/docs-json`)).status).toBe(200);
      const banner = await run.says(/password (\S+)/);
      expect(banner[1]).toBe(demoPassword);
      await loginAs(origin, 'vanthu.tinhuy');

      const { pid } = JSON.parse(readFileSync(join(place.dataDir, 'postgres', 'server.json'), 'utf8')) as {
        pid: number;
      };
      expect(() => process.kill(pid, 0)).not.toThrow();
      run.child.kill('SIGTERM');
      const { code } = await run.ended;
      expect(code).toBe(0);
      expect(await answers(`${origin}/health/live`)).toBe(false);
      expect(() => process.kill(pid, 0)).toThrow();
      expect(processesOf(place.dataDir)).toEqual([]);
    },
    4 * minutes,
  );
});
