import { exitCodes, UsageError } from './command';
import type { Command, CommandIo } from './command';
import { commands } from './commands';

/** Runs one subcommand and answers the exit code of the program. */
export async function runCli(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    printHelp(io);
    return name === undefined ? exitCodes.usage : exitCodes.passed;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    io.err(`Không có lệnh “${name}”. / There is no command “${name}”.`);
    printHelp({
      ...io,
      out: (line) => {
        io.err(line);
      },
    });
    return exitCodes.usage;
  }
  return runCommand(command, rest, io);
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
