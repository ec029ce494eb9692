import type { Installation } from '../../apps/launcher/src/installation';
import { startInstallation } from '../../apps/launcher/src/installation';
import { readyBuild } from '../support/build';
import type { InstallationPlace } from './installation-place';
import { installationPlace } from './installation-place';
import { runProgram } from './run-program';

const minutes = 60_000;
const sound = {
  NODE_ENV: 'production',
  SEALPOST_ORIGINS: 'https://sealpost.example.vn',
  DATABASE_URL: 'postgresql://sealpost_app:mot-mat-khau-du-dai@127.0.0.1:1/sealpost',
};

describe('production', () => {
  let place: InstallationPlace;
  beforeAll(async () => {
    readyBuild();
    place = await installationPlace();
  }, 5 * minutes);
  afterAll(() => place.remove());

  const refusalOf = async (program: string, env: Readonly<Record<string, string>>): Promise<string> => {
    const { code, said } = await runProgram(`dist/${program}.js`, [], {
      SEALPOST_DATA_DIR: place.dataDir,
      ...env,
    }).ended;
    expect(code).toBe(1);
    return said;
  };

  it.each(['apps/api/src/main', 'apps/worker/src/main', 'apps/composition/src/prepare-node'])(
    'does not start %s with demo data, and says why',
    async (program) => {
      const said = await refusalOf(program, { ...sound, SEALPOST_DEMO: '1' });
      expect(said).toContain('SEALPOST_DEMO: demo agencies, people and keys are not for production');
      expect(said).not.toContain('SEALPOST_ORIGINS:');
    },
    minutes,
  );

  it(
    'names every weak setting at once',
    async () => {
      const said = await refusalOf('apps/api/src/main', {
        NODE_ENV: 'production',
        DATABASE_URL: 'postgresql://postgres:postgres@127.0.0.1:1/sealpost',
        SEALPOST_LOG_LEVEL: 'debug',
      });
      for (const complaint of [
        'SEALPOST_ORIGINS:',
        'DATABASE_URL: the password is weak',
        'superuser',
        'SEALPOST_LOG_LEVEL:',
      ])
        expect(said).toContain(complaint);
    },
    minutes,
  );

  it.each(['apps/launcher/src/main', 'certs-dev/src/main', 'certs-dev/src/server/main'])(
    'is refused by %s, which makes or serves demo keys',
    async (program) => {
      const said = await refusalOf(program, { NODE_ENV: 'production', SEALPOST_VAR: place.dataDir });
      expect(said).toContain('refused with NODE_ENV=production');
    },
    minutes,
  );

  describe('on what a demo has left', () => {
    let installation: Installation;
    beforeAll(async () => {
      installation = await startInstallation({ dataDir: place.dataDir, layout: 'one-node', httpPort: 0 });
    }, 4 * minutes);
    afterAll(() => installation.stop(), minutes);

    it.each(['apps/api/src/main', 'apps/worker/src/main'])(
      'does not start %s on its database nor with its trust, although SEALPOST_DEMO is off',
      async (program) => {
        const said = await refusalOf(program, {
          ...sound,
          DATABASE_URL: installation.nodes[0]!.database.appUrl,
          SEALPOST_TRUST_DIR: installation.pkiDir,
          SEALPOST_HTTP_PORT: '0',
        });
        expect(said).toContain('DATABASE_URL: the database holds demo agencies, people and keys');
        expect(said).toContain('SEALPOST_TRUST_DIR: trusts the development PKI');
      },
      minutes,
    );
  });
});
