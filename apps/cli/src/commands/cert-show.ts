import { certificateFacts } from '../certificates/certificate-facts';
import { fullLines } from '../certificates/certificate-lines';
import { exitCodes, UsageError } from '../command';
import type { Command, CommandIo } from '../command';
import { parseOptions } from '../parse-options';
import { fileError, readCertificates } from '../pki-files';
import { FileProblem } from '../read-bounded';

interface Request {
  readonly json: boolean;
  readonly files: readonly string[];
}

/** `sealpost cert show`: what stands in certificates, unverified. Exit 0, 2 with a damaged file, 64 with an absent one. */
export const certShowCommand: Command = {
  summary: { vi: 'Xem nội dung chứng thư', en: 'Show what stands in certificates' },
  usage: 'npm run -s sealpost -- cert show [--json] FILE…',
  async run(args, io) {
    const request = parse(args);
    let worst: number = exitCodes.passed;
    for (const file of request.files) worst = Math.max(worst, await showFile(file, request, io));
    return worst;
  },
};

function parse(args: readonly string[]): Request {
  const { values, positionals } = parseOptions({
    args,
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (positionals.length > 0) return { ...values, files: positionals };
  throw new UsageError({
    vi: 'Hãy nêu ít nhất một tệp chứng thư.',
    en: 'Name at least one certificate file.',
  });
}

async function showFile(file: string, { json }: Request, io: CommandIo): Promise<number> {
  try {
    const certificates = await readCertificates(file);
    for (const [index, certificate] of certificates.entries()) {
      const facts = await certificateFacts(certificate);
      if (json) io.out(JSON.stringify({ file, index, error: null, certificate: facts }));
      else {
        io.out(certificates.length > 1 ? `${file}: ${index + 1}/${certificates.length}` : `${file}:`);
        for (const line of fullLines(facts)) io.out(`  ${line}`);
      }
    }
    return exitCodes.passed;
  } catch (error) {
    const problem = fileError(error);
    if (json) io.out(JSON.stringify({ file, index: 0, error: problem, certificate: null }));
    else {
      io.out(`${file}: KHÔNG ĐỌC ĐƯỢC / UNREADABLE (${problem.code})`);
      for (const line of [problem.vi, problem.en]) io.out(`  ${line}`);
    }
    return error instanceof FileProblem ? exitCodes.usage : exitCodes.failed;
  }
}
