import type { Certificate, TimestampSource } from '#pki';
import { digest, parseTimestampToken, PkiError, thumbprint } from '#pki';
import type { Clock } from '#platform';

import { WorkflowError } from '../errors';

/** How a signature's time is proved: B-T by a time-stamp, B-B not at all yet (ETSI EN 319 142-1). */
export type ReachedLevel = 'B-T' | 'B-B';

export interface TimestampOptions {
  /** Absent: this node has no time-stamping authority. */
  readonly source?: TimestampSource;
  readonly withoutTimestamp: 'sign-without' | 'refuse';
}

/** After a failure nobody waits for the authority again for so many milliseconds. */
const restMs = 5_000;

/**
 * Time-stamps for signatures. When the authority is away, signing goes on without and says so (the time can
 * be proved later by a document time-stamp), or is refused, as configured.
 */
export class Timestamps {
  private restingUntil = Number.NEGATIVE_INFINITY;
  private readonly seen = new Map<string, Certificate>();

  constructor(
    private readonly options: TimestampOptions,
    private readonly clock: Clock,
  ) {}

  /** Certificates of the authorities that have answered, for a document security store. */
  get authorities(): readonly Certificate[] {
    return [...this.seen.values()];
  }

  /** Asks the authority for a time-stamp over nothing, to see whether it answers. */
  async probe(): Promise<{ readonly state: 'up' | 'down' | 'none'; readonly milliseconds: number | null }> {
    const { source } = this.options;
    if (source === undefined) return { state: 'none', milliseconds: null };
    const begun = performance.now();
    try {
      await this.remembering(source).timestamp(await digest('SHA-256', new Uint8Array()), 'SHA-256');
      return { state: 'up', milliseconds: Math.round(performance.now() - begun) };
    } catch (error) {
      if (!isTimestampFailure(error)) throw error;
      return { state: 'down', milliseconds: null };
    }
  }

  /**
   * Runs `sign` with the authority, and once more without when only the time-stamp failed.
   *
   * @throws WorkflowError TIMESTAMP_REQUIRED where the node does not sign without
   */
  async signing<T>(
    sign: (source: TimestampSource | undefined) => Promise<T>,
  ): Promise<{ readonly result: T; readonly level: ReachedLevel }> {
    const cause = await this.attempt(sign);
    if ('result' in cause) return { result: cause.result, level: 'B-T' };
    if (this.options.withoutTimestamp === 'refuse')
      throw new WorkflowError('TIMESTAMP_REQUIRED', { cause: cause.error });
    return { result: await sign(undefined), level: 'B-B' };
  }

  private async attempt<T>(
    sign: (source: TimestampSource | undefined) => Promise<T>,
  ): Promise<{ readonly result: T } | { readonly error?: unknown }> {
    const { source } = this.options;
    if (source === undefined || this.clock.now().getTime() < this.restingUntil) return {};
    try {
      return { result: await sign(this.remembering(source)) };
    } catch (error) {
      if (!isTimestampFailure(error)) throw error;
      this.restingUntil = this.clock.now().getTime() + restMs;
      return { error };
    }
  }

  private remembering(source: TimestampSource): TimestampSource {
    return {
      timestamp: async (digest, hash) => {
        const token = await source.timestamp(digest, hash);
        await this.remember(token);
        return token;
      },
    };
  }

  private async remember(token: Uint8Array): Promise<void> {
    for (const certificate of parseTimestampToken(token).signedData.certificates) {
      this.seen.set(await thumbprint(certificate), certificate);
    }
  }
}

function isTimestampFailure(error: unknown): boolean {
  return error instanceof PkiError && error.code.startsWith('TSA_');
}
