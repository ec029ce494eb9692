import { corpus } from './corpus-files';

export { corpus, corpusFile, corpusJson } from './corpus-files';

/** `describe` where the corpus is on this machine, else `describe.skip`. */
export function describeCorpus(name: string): jest.Describe {
  return corpus(name) === undefined ? describe.skip : describe;
}
