import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Cases made by others (PKITS, x509-limbo, Wycheproof, JCS vectors, PDF files), never a part of this project: in the
 * folder that SEALPOST_CORPORA names, or in `shared/corpora` beside the checkout.
 */
const corpora = process.env['SEALPOST_CORPORA'] ?? resolve('../shared/corpora');

/** The folder of one corpus; undefined where it is not on this machine. */
export function corpus(name: string): string | undefined {
  const folder = join(corpora, name);
  return existsSync(folder) ? folder : undefined;
}

export function corpusFile(...path: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(corpora, ...path)));
}

export function corpusJson(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(corpora, ...path), 'utf8'));
}
