import type { Command } from '../command';
import { backupCommand } from './backup';
import { restoreCommand } from './restore';
import { verifyCommand } from './verify';

/**
 * Every subcommand: one line here, one file beside. A command that needs much (a database, the server) imports it
 * inside `run`, so that the others start at once.
 */
export const commands: Readonly<Record<string, Command>> = {
  backup: backupCommand,
  restore: restoreCommand,
  verify: verifyCommand,
};
