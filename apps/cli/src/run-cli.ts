import { exitCodes, UsageError } from './command';
import type { Command, CommandIo } from './command';
import { commands } from './commands';
import { safeIo } from './terminal-text';

/** Runs one subcommand and answers the exit code of the program. */
export async function runCli(args: readonly string[], rawIo: CommandIo): Promise<number> {
  const io = safeIo(rawIo);
  const [name] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    printHelp(io);
    return name === undefined ? exitCodes.usage : exitCodes.passed;
  }
  const found = findCommand(args);
  if (!found) {
    io.err(`Không có lệnh “${name}”. / There is no command “${name}”.`);
    printHelp({ ...io, out: io.err });
    return exitCodes.usage;
  }
  return runCommand(found.command, found.rest, io);
}

/** A command's name is one word or two. */
function findCommand(
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command) return { command, rest: args.slice(words) };
  }
  return undefined;
}

async function runCommand(command: Command, args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(error.text.vi);
    io.err(error.text.en);
    io.err(command.usage);
    return exitCodes.usage;
  }
}

function printHelp(io: CommandIo): void {
  io.out('npm run -s sealpost -- <lệnh / command> …');
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  for (const [name, { summary }] of Object.entries(commands))
    io.out(`  ${name.padEnd(width)}  ${summary.vi} / ${summary.en}`);
}
