import { platformProblems } from './platform-problems';
import type { Message, ProblemCatalogue } from './problem';

/** The catalogues of all composed libs as one. */
export class ProblemRegistry {
  private readonly byCode: ReadonlyMap<string, Message & { readonly status: number }>;

  /** Throws when two catalogues claim one code with different words. */
  constructor(catalogues: readonly ProblemCatalogue[]) {
    const byCode = new Map<string, Message & { readonly status: number }>();
    for (const catalogue of [platformProblems, ...catalogues]) {
      for (const [code, entry] of Object.entries(catalogue)) {
        const known = byCode.get(code);
        if (known && (known.status !== entry.status || known.vi !== entry.vi || known.en !== entry.en))
          throw new Error(`two catalogues define the problem ${code} differently`);
        byCode.set(code, entry);
      }
    }
    this.byCode = byCode;
  }

  find(code: string): (Message & { readonly status: number }) | undefined {
    return this.byCode.get(code);
  }

  /** All codes, sorted: docs/errors.md is made from them. */
  entries(): readonly (readonly [string, Message & { readonly status: number }])[] {
    return [...this.byCode.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
