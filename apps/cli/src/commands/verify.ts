import { readFile } from 'node:fs/promises';
import { verdictMessage, verifyPdf } from '#signing';
import type { Indication, ValidationContext, ValidationReport } from '#signing';
import { exitCodes, UsageError } from '../command';
import type { Command } from '../command';
import { parseOptions } from '../parse-options';
import { readCrls, readTrust } from '../pki-files';
import { reportLines } from '../report-lines';

interface Request {
  readonly trust: readonly string[];
  readonly crl: readonly string[];
  readonly json: boolean;
  readonly files: readonly string[];
}

/** `sealpost verify`: exit 0 all TOTAL-PASSED, 1 some open or unsigned, 2 any failed or unreadable. */
export const verifyCommand: Command = {
  summary: { vi: 'Kiểm tra chữ ký trong tệp PDF', en: 'Verify the signatures of PDF files' },
  usage: 'npm run -s sealpost -- verify [--trust FILE|DIR]… [--crl FILE|DIR]… [--json] FILE…',
  async run(args, io) {
    const request = parse(args);
    const context: ValidationContext = {
      ...(await readTrust(request.trust)),
      crls: await readCrls(request.crl),
      now: new Date(),
    };
    let worst: number = exitCodes.passed;
    for (const file of request.files) {
      const report = await verifyFile(file, context);
      const lines = request.json ? [JSON.stringify({ file, ...report })] : reportLines(file, report);
      for (const line of lines) io.out(line);
      worst = Math.max(worst, exitCodeOf(report));
    }
    return worst;
  },
};

function parse(args: readonly string[]): Request {
  const { values, positionals } = parseOptions({
    args,
    options: {
      trust: { type: 'string', multiple: true, default: [] },
      crl: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (positionals.length > 0) return { ...values, files: positionals };
  throw new UsageError({ vi: 'Hãy nêu ít nhất một tệp PDF.', en: 'Name at least one PDF file.' });
}

async function verifyFile(file: string, context: ValidationContext): Promise<ValidationReport> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch {
    // Whatever kept it from being read, the person is told the same; the other files are still verified.
    return { indication: null, error: verdictMessage('FILE_UNREADABLE'), signatures: [] };
  }
  return verifyPdf(bytes, context);
}

const codes: Readonly<Record<Indication, number>> = {
  'TOTAL-PASSED': exitCodes.passed,
  INDETERMINATE: exitCodes.open,
  'TOTAL-FAILED': exitCodes.failed,
};

function exitCodeOf({ error, indication }: ValidationReport): number {
  if (error) return exitCodes.failed;
  return indication === null ? exitCodes.open : codes[indication];
}
