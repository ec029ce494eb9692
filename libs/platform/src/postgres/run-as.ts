import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The account PostgreSQL runs as; undefined: the one we run as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, so root hands it to `nobody`. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = existsSync('/etc/passwd')
    ? readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .find((entry) => entry.startsWith('nobody:'))
    : undefined;
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

/** Whether an account that is neither owner nor in the group may enter every folder down to the path. */
export function othersMayEnter(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const stats = statSync(folder);
      if (stats.isDirectory() && (stats.mode & 0o001) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Whether such an account may also execute the file. */
export function othersMayExecute(file: string): boolean {
  return othersMayEnter(dirname(file)) && (statSync(file).mode & 0o005) === 0o005;
}
