import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './run-as';

/**
 * Beside its loopback port an embedded server listens at a Unix socket: a statement that way costs server and client
 * a quarter less than over TCP, for no packet is made of it. Passwords are asked for all the same.
 */
const longestPath = 100;
/** In a list of folders, which PostgreSQL takes, other characters would have to be quoted. */
const plain = /^[\w./@+-]+$/;

/** Where the socket belongs; undefined when the system could not address it there (sockaddr_un holds 104 bytes). */
function socketFolderOf(dataDir: string): string | undefined {
  const folder = join(dirname(dataDir), 'socket');
  return process.platform !== 'win32' && socketIn(folder, 65_535).length <= longestPath && plain.test(folder)
    ? folder
    : undefined;
}

/** Makes the folder for the account that will run the server; undefined: there will be no socket. */
export function readySocketFolder(dataDir: string, account: Account | undefined): string | undefined {
  const folder = socketFolderOf(dataDir);
  if (folder === undefined) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** The folder if a server on that port has its socket in it: one that was started before there were any has not. */
export function listeningSocketFolder(dataDir: string, port: number): string | undefined {
  const folder = socketFolderOf(dataDir);
  return folder !== undefined && existsSync(socketIn(folder, port)) ? folder : undefined;
}

function socketIn(folder: string, port: number): string {
  return join(folder, `.s.PGSQL.${port}`);
}
