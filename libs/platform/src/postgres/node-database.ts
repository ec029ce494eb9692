import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { appRole } from '../database/migrate';
import type { Credentials } from './credentials';

export const ownerRole = 'sealpost_owner';

export interface DatabaseUrls {
  /** Role `sealpost_owner`: owns and migrates. */
  readonly ownerUrl: string;
  /** Role `sealpost_app`: reads and writes rows. */
  readonly appUrl: string;
}

/** @param socketFolder of the server's Unix socket; over TCP if not given */
export function urlOf(
  port: number,
  role: string,
  password: string,
  database: string,
  socketFolder?: string,
): string {
  const url = `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  // pg takes the host of the query before that of the authority, and the port as part of the socket's name.
  return socketFolder === undefined ? url : `${url}?host=${encodeURIComponent(socketFolder)}`;
}

/** Runs statements as the superuser of an embedded server. */
export async function asAdmin<T>(
  port: number,
  credentials: Credentials,
  work: (client: Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const client = new Client({
    connectionString: urlOf(port, 'postgres', credentials.admin, database),
    connectionTimeoutMillis: 5_000,
    application_name: 'sealpost-setup',
  });
  // A server that goes away between statements shows in the next statement.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the two roles, or gives them their recorded passwords again. */
export async function ensureRoles(client: Client, credentials: Credentials): Promise<void> {
  for (const [role, password] of [
    [ownerRole, credentials.owner],
    [appRole, credentials.app],
  ] as const) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(
      `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${escapeLiteral(password)}`,
    );
  }
}

/** Makes an empty database of the owner's role which only the two roles may enter. */
export async function ensureDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  const database = escapeIdentifier(name);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${ownerRole}`);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${appRole}`);
}
