import type { Command } from '../command';
import { backupCommand } from './backup';
import { certShowCommand } from './cert-show';
import { certVerifyCommand } from './cert-verify';
import { restoreCommand } from './restore';
import { verifyCommand } from './verify';

/**
 * Every subcommand: one line here, one file beside. A command that needs much (a database, the server) imports it
 * inside `run`, so that the others start at once.
 */
export const commands: Readonly<Record<string, Command>> = {
  backup: backupCommand,
  'cert show': certShowCommand,
  'cert verify': certVerifyCommand,
  restore: restoreCommand,
  verify: verifyCommand,
};
