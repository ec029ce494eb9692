/** Latencies per step, in milliseconds. */
export class Latencies {
  readonly #byStep = new Map<string, number[]>();

  async measure<T>(step: string, run: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await run();
    const took = performance.now() - started;
    const known = this.#byStep.get(step);
    if (known) known.push(took);
    else this.#byStep.set(step, [took]);
    return result;
  }

  /** Count, median and 99th percentile of every step, in the order in which the steps first ended. */
  summary(): Record<string, { readonly n: number; readonly p50: number; readonly p99: number }> {
    return Object.fromEntries(
      [...this.#byStep].map(([step, values]) => {
        const sorted = values.toSorted((a, b) => a - b);
        return [step, { n: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }];
      }),
    );
  }
}

/** Nearest rank, rounded to a tenth. */
function percentile(sorted: readonly number[], rank: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(rank * sorted.length) - 1)] ?? 0;
  return Math.round(value * 10) / 10;
}
