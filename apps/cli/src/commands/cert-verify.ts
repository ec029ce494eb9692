import type { Purpose } from '#pki';
import { isPurpose, purposes } from '../certificates/purposes';
import { damaged, verdictOf } from '../certificates/verdict';
import type { Question, Verdict } from '../certificates/verdict';
import { verdictLines } from '../certificates/verdict-lines';
import { exitCodes, UsageError } from '../command';
import type { Command } from '../command';
import { parseInstant } from '../parse-instant';
import { parseOptions } from '../parse-options';
import { fileError, readCertificates, readCrls, readIntermediates, readOcsps, readTrust } from '../pki-files';
import { FileProblem } from '../read-bounded';

interface Request {
  readonly trust: readonly string[];
  readonly intermediate: readonly string[];
  readonly crl: readonly string[];
  readonly ocsp: readonly string[];
  readonly at: Date;
  readonly purpose: Purpose;
  readonly json: boolean;
  readonly file: string;
}

/** `sealpost cert verify`: exit 0 valid, 1 indeterminate, 2 invalid. Revocation is asked for when anything is given. */
export const certVerifyCommand: Command = {
  summary: { vi: 'Kiểm tra chứng thư và đường dẫn của nó', en: 'Verify a certificate and its path' },
  usage:
    'npm run -s sealpost -- cert verify --trust FILE|DIR… [--intermediate FILE|DIR]… [--crl FILE|DIR]… [--ocsp FILE|DIR]… ' +
    '[--at TIME] [--purpose NAME] [--json] CERT',
  async run(args, io) {
    const request = parse(args);
    const question = await readQuestion(request);
    const verdict = await judge(request.file, question);
    const lines = request.json ? [JSON.stringify(verdict)] : verdictLines(verdict);
    for (const line of lines) io.out(line);
    return codes[verdict.status];
  },
};

const codes: Readonly<Record<Verdict['status'], number>> = {
  valid: exitCodes.passed,
  indeterminate: exitCodes.open,
  invalid: exitCodes.failed,
};

function parse(args: readonly string[]): Request {
  const { values, positionals } = parseOptions({
    args,
    options: {
      trust: { type: 'string', multiple: true, default: [] },
      intermediate: { type: 'string', multiple: true, default: [] },
      crl: { type: 'string', multiple: true, default: [] },
      ocsp: { type: 'string', multiple: true, default: [] },
      at: { type: 'string' },
      purpose: { type: 'string', default: 'document-signing' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError({ vi: 'Hãy nêu đúng một tệp chứng thư.', en: 'Name exactly one certificate file.' });
  if (values.trust.length === 0)
    throw new UsageError({
      vi: 'Hãy nêu chứng thư được tin cậy với --trust.',
      en: 'Name what is trusted by --trust.',
    });
  const { purpose } = values;
  if (!isPurpose(purpose)) {
    const known = Object.keys(purposes).join(', ');
    throw new UsageError({
      vi: `--purpose phải là một trong: ${known}.`,
      en: `--purpose must be one of: ${known}.`,
    });
  }
  return {
    ...values,
    purpose,
    at: values.at === undefined ? new Date() : parseInstant('--at', values.at),
    file,
  };
}

async function readQuestion(request: Request): Promise<Question> {
  const { anchors, intermediates } = await readTrust(request.trust);
  const crls = await readCrls(request.crl);
  const ocsps = await readOcsps(request.ocsp);
  return {
    anchors,
    intermediates: [...intermediates, ...(await readIntermediates(request.intermediate))],
    crls,
    ocsps,
    at: request.at,
    purpose: request.purpose,
    revocation: crls.length + ocsps.length > 0 ? 'required' : 'if-available',
  };
}

/** Of a file with several certificates the first is judged, the others help to build its path. */
async function judge(file: string, question: Question): Promise<Verdict> {
  try {
    const [certificate, ...others] = await readCertificates(file);
    return await verdictOf(file, {
      ...question,
      certificate,
      intermediates: [...others, ...question.intermediates],
    });
  } catch (error) {
    const problem = fileError(error);
    if (!(error instanceof FileProblem)) return damaged(file, question, problem);
    throw new UsageError({ vi: `“${file}”: ${problem.vi}`, en: `“${file}”: ${problem.en}` });
  }
}
