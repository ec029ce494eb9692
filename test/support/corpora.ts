import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corporaFolder } from './corpora-folder';

const corpora = corporaFolder();

/** The folder of one corpus; undefined where it is not on this machine. */
export function corpus(name: string): string | undefined {
  const folder = join(corpora, name);
  return existsSync(folder) ? folder : undefined;
}

/** `describe` where the corpus is on this machine, else `describe.skip`. */
export function describeCorpus(name: string): jest.Describe {
  return corpus(name) === undefined ? describe.skip : describe;
}

export function corpusFile(...path: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(corpora, ...path)));
}

export function corpusJson(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(corpora, ...path), 'utf8'));
}
