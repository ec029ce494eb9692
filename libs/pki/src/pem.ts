import { concatBytes } from './bytes';
import { PkiError } from './errors';

const block = /-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END ([A-Z0-9 ]{1,64})-----/g;

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

/** Every block of a PEM text with its label (RFC 7468). Throws PEM_MALFORMED when there is none or one is damaged. */
export function parsePemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (const [, label = '', body = '', endLabel] of text.matchAll(block)) {
    if (label !== endLabel)
      throw new PkiError('PEM_MALFORMED', `PEM block ${label} ends as ${endLabel ?? ''}`);
    blocks.push({ label, der: decodeBase64(body) });
  }
  if (blocks.length === 0) throw new PkiError('PEM_MALFORMED', 'no PEM block found');
  return blocks;
}

/** DER of every block of a PEM text, in order; `label` keeps only such blocks (for example `CERTIFICATE`). */
export function parsePem(text: string, label?: string): Uint8Array[] {
  const blocks = parsePemBlocks(text);
  return blocks.filter((found) => label === undefined || found.label === label).map((found) => found.der);
}

export function toPem(der: Uint8Array, label: string): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Certificates, CRLs and keys come as DER or as PEM: the DER values in a file of either kind. */
export function derOrPem(bytes: Uint8Array, label?: string): Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes];
  return parsePem(new TextDecoder().decode(bytes), label);
}

function decodeBase64(body: string): Uint8Array {
  const compact = body.replace(/\s+/g, '');
  let binary: string;
  try {
    binary = atob(compact);
  } catch (cause) {
    throw new PkiError('PEM_MALFORMED', 'PEM block is not Base64', { cause });
  }
  if (binary.length === 0) throw new PkiError('PEM_MALFORMED', 'PEM block is empty');
  // By number: an iterator over the letters of a list of 100 MB takes gigabytes.
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x6000) {
    parts.push(btoa(String.fromCharCode(...concatBytes([bytes.subarray(at, at + 0x6000)]))));
  }
  return parts.join('');
}
