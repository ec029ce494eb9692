import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs of others that must agree with us. */
const outsideVerifiers = { pdfsig: '-v', qpdf: '--version', openssl: 'version' } as const;
type OutsideVerifier = keyof typeof outsideVerifiers;

/** `it` where the program is installed, else `it.skip`; where CI is set it has to be installed. */
export function itWith(tool: OutsideVerifier): jest.It {
  const { error } = spawnSync(tool, [outsideVerifiers[tool]]);
  if (error && process.env['CI']) throw new Error(`${tool} must be installed where CI is set`);
  return error === undefined ? it : it.skip;
}

interface Said {
  readonly code: number | null;
  readonly text: string;
}

function run(tool: OutsideVerifier, args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', timeout: 60_000 });
  return { code: status, text: `${stdout}${stderr}` };
}

function withFiles<T>(
  files: Readonly<Record<string, Uint8Array>>,
  work: (path: (name: string) => string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-outside-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    return work((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What poppler says of each signature: whether it is valid, and whether it covers the whole file. */
export function pdfsigVerdicts(pdf: Uint8Array): readonly { valid: boolean; total: boolean }[] {
  const { text } = withFiles({ 'a.pdf': pdf }, (path) => run('pdfsig', ['-nocert', path('a.pdf')]));
  return text
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .map((part) => ({
      valid: part.includes('Signature is Valid.'),
      total: part.includes('Total document signed'),
    }));
}

/** What qpdf finds wrong; an empty text when it finds nothing. */
export function qpdfComplaints(pdf: Uint8Array): string {
  const { code, text } = withFiles({ 'a.pdf': pdf }, (path) => run('qpdf', ['--check', path('a.pdf')]));
  return code === 0 && text.includes('No syntax or stream encoding errors') ? '' : text;
}

/** Checks each CMS of a file against one anchor; answers the complaints. Reads the file without any code of ours. */
export function opensslComplaints(pdf: Uint8Array, anchorPem: Uint8Array): readonly string[] {
  return signaturesIn(pdf).flatMap(({ cms, content }) =>
    withFiles({ 'cms.der': cms, 'content.bin': content, 'root.pem': anchorPem }, (path) => {
      const input = ['-inform', 'DER', '-in', path('cms.der'), '-content', path('content.bin')];
      const trust = ['-CAfile', path('root.pem'), '-purpose', 'any'];
      const args = ['cms', '-verify', '-cades', '-binary', ...trust, ...input, '-out', '/dev/null'];
      const { code, text } = run('openssl', args);
      return code === 0 ? [] : [text];
    }),
  );
}

/** CMS and signed bytes of every signature, found by their byte ranges alone (ISO 32000-2 §12.8.1). */
export function signaturesIn(pdf: Uint8Array): readonly { cms: Uint8Array; content: Uint8Array }[] {
  const text = Buffer.from(pdf).toString('latin1');
  return Array.from(text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g), (match) => {
    const [, , before = 0, after = 0, rest = 0] = match.map(Number);
    const padded = Buffer.from(text.slice(before, after).replace(/[<>\s]/g, ''), 'hex');
    return {
      cms: padded.subarray(0, derLength(padded)),
      content: Buffer.concat([pdf.subarray(0, before), pdf.subarray(after, after + rest)]),
    };
  });
}

function derLength(der: Uint8Array): number {
  const first = der[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const octets = der.subarray(2, 2 + (first & 0x7f));
  return 2 + octets.length + octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
