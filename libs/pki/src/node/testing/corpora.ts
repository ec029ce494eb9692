import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Cases made by others; never part of this project (README, "Corpora"). */
const folder = process.env['SEALPOST_CORPORA'] ?? resolve('..', 'shared', 'corpora');

export function corpusFile(...path: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, ...path)));
}

export function corpusJson(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
}

/** `describe` where the corpus is present, else skipped by name. */
export function describeCorpus(name: string): jest.Describe {
  return existsSync(join(folder, name)) ? describe : describe.skip;
}
