import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writePrivately } from './private-file';

/** Random passwords of the embedded server's roles. */
export interface Credentials {
  /** Superuser `postgres`: sets up roles and databases, serves nothing. */
  readonly admin: string;
  readonly owner: string;
  readonly app: string;
}

/** Reads the passwords, or makes them the first time; the file has mode 0600. */
export function readyCredentials(file: string): Credentials {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  const password = (): string => randomBytes(24).toString('base64url');
  const credentials = { admin: password(), owner: password(), app: password() };
  writePrivately(file, `${JSON.stringify(credentials)}\n`);
  return credentials;
}
