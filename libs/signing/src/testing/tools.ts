import { spawnSync } from 'node:child_process';
import { env } from 'node:process';

/** What a command-line tool said. */
export interface ToolAnswer {
  readonly code: number | null;
  readonly text: string;
}

export function runTool(tool: string, args: readonly string[]): ToolAnswer {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', timeout: 60_000 });
  return { code: status, text: `${stdout}${stderr}` };
}

/** Whether the tool is installed. Where CI is set it has to be. */
export function hasTool(tool: string, versionFlag: string): boolean {
  const found = spawnSync(tool, [versionFlag], { encoding: 'utf8' }).error === undefined;
  if (!found && env['CI'] !== undefined) throw new Error(`${tool} must be installed where CI is set`);
  return found;
}
