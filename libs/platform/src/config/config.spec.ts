import { ConfigError } from './settings';
import { loadConfig } from './config';

const strong = 'k3J9_xQ2vB7mN4pL8sT1';
const good = { DATABASE_URL: `postgresql://sealpost_app:${strong}@127.0.0.1:5432/sealpost` };
const production = {
  ...good,
  NODE_ENV: 'production',
  DATABASE_OWNER_URL: `postgresql://sealpost_owner:${strong}@127.0.0.1:5432/sealpost`,
  SEALPOST_ORIGINS: 'https://sealpost.example.vn',
};

function complaintsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError)
      return error.complaints.map((complaint) => complaint.split(':')[0] ?? '');
    throw error;
  }
}

describe('the configuration', () => {
  it('has defaults for everything but the database', () => {
    const config = loadConfig(good);
    expect(config).toMatchObject({
      environment: 'development',
      demo: false,
      databasePool: 20,
      httpPort: 3000,
      uploadLimit: 104_857_600,
    });
    expect(config.httpHosts).toEqual(['127.0.0.1', '::1']);
    expect(config.nodeKey).toMatch(/\/var\/keys\/node\.key$/);
  });

  it('reads numbers, lists and flags; an empty variable counts as absent', () => {
    const config = loadConfig({
      ...good,
      SEALPOST_HTTP_PORT: '0',
      SEALPOST_DEMO: '1',
      SEALPOST_ORIGINS: 'http://a:1, http://b',
      SEALPOST_NODE_ID: '',
    });
    expect(config).toMatchObject({
      httpPort: 0,
      demo: true,
      origins: ['http://a:1', 'http://b'],
      nodeId: 'node-1',
    });
  });

  it('cannot be changed', () => {
    const config = loadConfig(good);
    expect(() => {
      (config as { httpPort: number }).httpPort = 1;
    }).toThrow(TypeError);
  });

  it('says everything that is wrong at once', () => {
    const wrong = {
      SEALPOST_HTTP_PORT: 'many',
      SEALPOST_HTTP_HOSTS: 'localhost',
      SEALPOST_DEMO: 'yes',
      SEALPOST_LOG_LEVEL: 'loud',
      NODE_ENV: 'prod',
    };
    expect(new Set(complaintsOf(wrong))).toEqual(
      new Set([
        'NODE_ENV',
        'SEALPOST_DEMO',
        'DATABASE_URL',
        'SEALPOST_HTTP_PORT',
        'SEALPOST_HTTP_HOSTS',
        'SEALPOST_LOG_LEVEL',
      ]),
    );
  });

  it('says once, in one sentence, what a number must be', () => {
    expect(() => loadConfig({ ...good, SEALPOST_JOB_HEARTBEAT_SECONDS: 'soon' })).toThrow(
      expect.objectContaining({
        complaints: ['SEALPOST_JOB_HEARTBEAT_SECONDS: must be a whole number of seconds from 10 to 600'],
      }) as Error,
    );
  });

  it('of a sound production is taken', () => {
    expect(complaintsOf(production)).toEqual([]);
  });

  it.each([
    ['demo data', { SEALPOST_DEMO: '1' }, 'SEALPOST_DEMO'],
    ['no origin', { SEALPOST_ORIGINS: '' }, 'SEALPOST_ORIGINS'],
    ['an origin without TLS', { SEALPOST_ORIGINS: 'http://sealpost.example.vn' }, 'SEALPOST_ORIGINS'],
    ['a short password', { DATABASE_URL: 'postgresql://sealpost_app:short@db/sealpost' }, 'DATABASE_URL'],
    ['the superuser', { DATABASE_URL: `postgresql://postgres:${strong}@db/sealpost` }, 'DATABASE_URL'],
    [
      'one role for both',
      { DATABASE_OWNER_URL: `postgresql://sealpost_app:${strong}@db/sealpost` },
      'DATABASE_URL',
    ],
    ['logs that tell too much', { SEALPOST_LOG_LEVEL: 'trace' }, 'SEALPOST_LOG_LEVEL'],
  ])('of a production with %s is refused', (_, change, complaint) => {
    expect(complaintsOf({ ...production, ...change })).toEqual([complaint]);
  });

  it('never repeats a password in its complaints', () => {
    const attempt = (): unknown =>
      loadConfig({ ...production, DATABASE_URL: 'postgresql://app:hunter2@db/x' });
    expect(attempt).toThrow('the password is weak');
    expect(attempt).not.toThrow('hunter2');
  });
});
