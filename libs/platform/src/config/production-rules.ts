import type { Config } from './config';

const weakPasswords = new Set(['', 'postgres', 'password', 'sealpost', 'secret', 'changeme', 'admin']);
const minimumPasswordLength = 16;

/** What production does not start with: demo data and weak settings. */
export function productionComplaints(config: Config): readonly string[] {
  return [
    ...(config.demo ? ['SEALPOST_DEMO: demo agencies, people and keys are not for production'] : []),
    ...originComplaints(config.origins),
    ...databaseComplaints('DATABASE_URL', config.databaseUrl),
    ...(config.databaseOwnerUrl ? databaseComplaints('DATABASE_OWNER_URL', config.databaseOwnerUrl) : []),
    ...(config.databaseOwnerUrl && userOf(config.databaseOwnerUrl) === userOf(config.databaseUrl)
      ? [
          'DATABASE_URL: must name another role than DATABASE_OWNER_URL; the application never owns its tables',
        ]
      : []),
    ...(['debug', 'trace'].includes(config.logLevel)
      ? ['SEALPOST_LOG_LEVEL: debug and trace say too much for production']
      : []),
  ];
}

function originComplaints(origins: readonly string[]): readonly string[] {
  if (origins.length === 0)
    return ['SEALPOST_ORIGINS: name the origin people use, e.g. https://sealpost.example.vn'];
  return origins
    .filter((origin) => !origin.startsWith('https://'))
    .map((origin) => `SEALPOST_ORIGINS: ${origin} is not https`);
}

function databaseComplaints(variable: string, text: string): readonly string[] {
  const url = parse(text);
  if (!url) return [`${variable}: is not a URL`];
  const password = decodeURIComponent(url.password);
  const complaints: string[] = [];
  // Without a password the role is known by certificate, peer or pgpass: that is the server's business.
  if (url.password !== '' && (weakPasswords.has(password) || password.length < minimumPasswordLength))
    complaints.push(
      `${variable}: the password is weak; use at least ${minimumPasswordLength} random characters`,
    );
  if (url.username === 'postgres')
    complaints.push(`${variable}: the superuser postgres is not for applications`);
  return complaints;
}

function userOf(text: string): string | undefined {
  return parse(text)?.username;
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
