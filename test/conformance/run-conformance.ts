import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, UsageError } from '../../apps/cli/src/command';
import type { CommandIo } from '../../apps/cli/src/command';
import { parseOptions } from '../../apps/cli/src/parse-options';
import { safeIo } from '../../apps/cli/src/terminal-text';
import { corpus } from '../support/corpus-files';
import { CorpusError } from './suite';
import type { CaseResult, Suite } from './suite';
import { suites } from './suites';

const usage = `npm run -s conformance -- ${Object.keys(suites).join('|')} [--corpora DIR]`;

/**
 * `npm run -s conformance -- SUITE [--corpora DIR]`: runs the cases in `DIR/SUITE`, prints what went wrong by name and
 * what was left out with its reason, and ends with `N passed, N failed, N skipped`. Answers the exit code: 0 when
 * something passed and nothing failed, 1 otherwise, 64 for what was typed wrongly or a corpus that is not there.
 */
export async function runConformance(args: readonly string[], io: CommandIo): Promise<number> {
  const { out, err } = safeIo(io);
  try {
    const { suite, folder } = readRequest(args);
    return report(await tally(suite.run(folder)), out);
  } catch (error) {
    const text = textOf(error);
    for (const line of [text.vi, text.en, usage]) err(line);
    return exitCodes.usage;
  }
}

function textOf(error: unknown): UsageError['text'] {
  if (error instanceof UsageError) return error.text;
  if (!(error instanceof CorpusError)) throw error;
  return {
    vi: `Không đọc được bộ ca kiểm thử: ${error.message}.`,
    en: `The corpus cannot be read: ${error.message}.`,
  };
}

function readRequest(args: readonly string[]): { readonly suite: Suite; readonly folder: string } {
  const { values, positionals } = parseOptions({
    args,
    options: { corpora: { type: 'string' } },
    allowPositionals: true,
  });
  const [name = '', ...more] = positionals;
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
  if (!suite || more.length > 0) {
    const names = Object.keys(suites).join(', ');
    throw new UsageError({ vi: `Hãy nêu một bộ: ${names}.`, en: `Name one suite: ${names}.` });
  }
  const named = values.corpora === undefined ? undefined : join(values.corpora, name);
  const folder = named ?? corpus(name);
  if (folder === undefined || !existsSync(folder)) {
    const place = folder ?? `${process.env['SEALPOST_CORPORA'] ?? '../shared/corpora'}/${name}`;
    throw new UsageError({
      vi: `Không có bộ ca kiểm thử ở “${place}” (cần ${suite.reads}). Hãy nêu thư mục với --corpora.`,
      en: `There is no corpus at “${place}” (${suite.reads}). Name its folder by --corpora.`,
    });
  }
  return { suite, folder };
}

export interface Tally {
  readonly passed: number;
  readonly failures: readonly CaseResult[];
  readonly skipped: readonly CaseResult[];
}

/** Counts what a suite found; skips of one name and reason become one. */
export async function tally(results: AsyncIterable<CaseResult>): Promise<Tally> {
  let passed = 0;
  const failures: CaseResult[] = [];
  const skipped = new Map<string, CaseResult>();
  for await (const result of results) {
    if (result.outcome === 'passed') passed++;
    else if (result.outcome !== 'skipped') failures.push(result);
    else {
      const key = JSON.stringify([result.name, result.why]);
      skipped.set(key, { ...result, cases: casesOf(result) + (skipped.get(key)?.cases ?? 0) });
    }
  }
  return { passed, failures, skipped: [...skipped.values()] };
}

const labels: Readonly<Record<CaseResult['outcome'], string>> = {
  passed: 'ĐẠT / PASSED',
  'wrongly-accepted': 'CHẤP NHẬN SAI / WRONGLY ACCEPTED',
  'wrongly-refused': 'TỪ CHỐI SAI / WRONGLY REFUSED',
  broken: 'KHÔNG CHẠY ĐƯỢC / BROKEN',
  skipped: 'BỎ QUA / SKIPPED',
};

function report({ passed, failures, skipped }: Tally, out: CommandIo['out']): number {
  for (const result of [...skipped, ...failures]) {
    const cases = casesOf(result) === 1 ? '' : ` (${casesOf(result)} ca / cases)`;
    out(`${labels[result.outcome]}  ${result.name}${cases}: ${result.why}`);
  }
  const left = skipped.reduce((sum, result) => sum + casesOf(result), 0);
  out(`${passed} passed, ${failures.length} failed, ${left} skipped`);
  return failures.length > 0 || passed === 0 ? 1 : exitCodes.passed;
}

function casesOf({ cases = 1 }: CaseResult): number {
  return cases;
}
