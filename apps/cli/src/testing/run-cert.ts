import { captured } from '../../../../test/support/captured';
import { runCli } from '../run-cli';

/** Runs `sealpost cert …` in this process. */
export function runCert(...args: readonly string[]): ReturnType<typeof captured> {
  return captured((io) => runCli(['cert', ...args], io));
}
