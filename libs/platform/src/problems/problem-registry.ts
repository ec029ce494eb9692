import { Injectable } from '@nestjs/common';
import { platformProblems } from './platform-problems';
import type { Message, ProblemCatalogue } from './problem';

type Entry = Message & { readonly status: number };

/** The catalogues of all composed libs as one; the application adds them when it is composed. */
@Injectable()
export class ProblemRegistry {
  private readonly byCode = new Map<string, Entry>(Object.entries(platformProblems));

  /** Throws when two catalogues claim one code with different words. */
  add(catalogues: readonly ProblemCatalogue[]): this {
    for (const catalogue of catalogues) {
      for (const [code, entry] of Object.entries(catalogue)) {
        const known = this.byCode.get(code);
        if (known && (known.status !== entry.status || known.vi !== entry.vi || known.en !== entry.en))
          throw new Error(`two catalogues define the problem ${code} differently`);
        this.byCode.set(code, entry);
      }
    }
    return this;
  }

  find(code: string): Entry | undefined {
    return this.byCode.get(code);
  }

  /** All codes, sorted: docs/errors.md is made from them. */
  entries(): readonly (readonly [string, Entry])[] {
    return [...this.byCode.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
