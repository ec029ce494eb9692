/** What became of a case, or of several that are left out for one reason. */
export interface CaseResult {
  readonly name: string;
  /** `broken`: the case could not be run, or something else than a verdict came of it. That is a failure too. */
  readonly outcome: 'passed' | 'wrongly-accepted' | 'wrongly-refused' | 'broken' | 'skipped';
  /** Our code and message, or the reason for leaving out. */
  readonly why: string;
  /** How many cases this stands for; one unless told. */
  readonly cases?: number;
}

/** One corpus of cases made by others. */
export interface Suite {
  /** The file or kind of files that must stand in the folder. */
  readonly reads: string;
  /** Judges every case in `folder`. @throws CorpusError when it does not hold the corpus */
  run(folder: string): AsyncIterable<CaseResult>;
}

/** The folder does not hold what the suite reads. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
}

/** What was found of one case: accepted or refused, by which of our codes. */
export interface Finding {
  readonly isAccepted: boolean;
  readonly why: string;
}

export function judged(name: string, expectsAcceptance: boolean, { isAccepted, why }: Finding): CaseResult {
  if (isAccepted === expectsAcceptance) return { name, outcome: 'passed', why };
  return { name, outcome: isAccepted ? 'wrongly-accepted' : 'wrongly-refused', why };
}

/** Runs one case; whatever is thrown makes it broken, and the others still run. */
export async function guarded(name: string, judge: () => Promise<CaseResult>): Promise<CaseResult> {
  try {
    return await judge();
  } catch (error) {
    return { name, outcome: 'broken', why: String(error) };
  }
}
