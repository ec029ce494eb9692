import { chownSync, renameSync, writeFileSync } from 'node:fs';
import type { Account } from './run-as';

/** Writes a file of mode 0600 that appears whole, for us or for the account given. */
export function writePrivately(file: string, text: string, account?: Account): void {
  const temporary = `${file}.${process.pid}.part`;
  writeFileSync(temporary, text, { mode: 0o600, flag: 'w' });
  if (account) chownSync(temporary, account.uid, account.gid);
  renameSync(temporary, file);
}
