import { PkiError, validatePath } from '#pki';
import type { PathInput } from '#pki';
import { judged } from './suite';
import type { CaseResult, Finding } from './suite';

/** A verdict that takes longer is none: whoever waits for it is held up. In milliseconds. */
const patience = 10_000;

/**
 * Runs a case of path validation. A structure that cannot be read counts as refused; a verdict that took too long is
 * a failure of ours.
 */
export async function judgePath(
  name: string,
  expectsAcceptance: boolean,
  makeInput: () => PathInput,
): Promise<CaseResult> {
  const started = performance.now();
  const result = judged(name, expectsAcceptance, await findingOf(makeInput));
  const took = Math.round(performance.now() - started);
  return took > patience ? { name, outcome: 'broken', why: `the verdict took ${took} ms` } : result;
}

async function findingOf(makeInput: () => PathInput): Promise<Finding> {
  try {
    const { status, failures } = await validatePath(makeInput());
    return {
      isAccepted: status === 'valid',
      why: failures.map(({ code, message }) => `${code} ${message}`).join('; ') || status,
    };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { isAccepted: false, why: `${error.code} ${error.message}` };
  }
}
