import { runOn } from './outside-programs';

/** What poppler says of each signature: whether it is valid, and whether it covers the whole file. */
export function pdfsigVerdicts(pdf: Uint8Array): readonly { valid: boolean; total: boolean }[] {
  const { output } = runOn('pdfsig', ['-nocert', 'a.pdf'], { 'a.pdf': pdf });
  return output
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .map((part) => ({
      valid: part.includes('Signature is Valid.'),
      total: part.includes('Total document signed'),
    }));
}

/** What qpdf finds wrong; an empty text when it finds nothing. */
export function qpdfComplaints(pdf: Uint8Array): string {
  const { status, output } = runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': pdf });
  return status === 0 && output.includes('No syntax or stream encoding errors') ? '' : output;
}

/** Checks each CMS of a file against one anchor; answers the complaints. Reads the file without any code of ours. */
export function opensslComplaints(pdf: Uint8Array, anchorPem: Uint8Array): readonly string[] {
  const input = ['-inform', 'DER', '-in', 'cms.der', '-content', 'content.bin'];
  const trust = ['-CAfile', 'root.pem', '-purpose', 'any'];
  const args = ['cms', '-verify', '-cades', '-binary', ...trust, ...input, '-out', '/dev/null'];
  return signaturesIn(pdf).flatMap(({ cms, content }) => {
    const files = { 'cms.der': cms, 'content.bin': content, 'root.pem': anchorPem };
    const { status, output } = runOn('openssl', args, files);
    return status === 0 ? [] : [output];
  });
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
