import { readFileSync } from 'node:fs';
import { CorpusError } from './suite';

/** @throws CorpusError */
export function readCorpusJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new CorpusError(`${path} cannot be read as JSON`, { cause });
  }
}

/** The list of cases, which must not be empty: nothing run is nothing passed. @throws CorpusError */
export function caseList(path: string, cases: unknown): readonly object[] {
  const isList = Array.isArray(cases) && cases.every((item) => typeof item === 'object' && item !== null);
  if (!isList || cases.length === 0) throw new CorpusError(`${path} holds no list of cases`);
  return cases as readonly object[];
}
