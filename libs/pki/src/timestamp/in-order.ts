import { PkiError } from '../errors';
import type { TimestampSource } from './source';

/** An authority under the name it is told by, such as its address. */
export interface NamedTimestampSource {
  readonly name: string;
  readonly source: TimestampSource;
}

/** How one time-stamp was come by. */
export interface TimestampOutcome {
  /** Who gave it; undefined when nobody did. */
  readonly answeredBy: string | undefined;
  /** Who was asked before, in vain. */
  readonly failed: readonly { readonly name: string; readonly error: PkiError }[];
}

export interface TimestampOrderOptions {
  /** For so many milliseconds after a failure an authority is asked last; 60,000 by default. */
  readonly restMs?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** Hears of each time-stamp, also of those that nobody gave. */
  readonly tell?: (outcome: TimestampOutcome) => void;
}

/**
 * Several authorities as one: asked in their order until one answers, each within its own time. One that has failed
 * is asked last for a while, so that a dead first one does not hold up every signature. When none answers: throws
 * what the only one threw, else TSA_UNAVAILABLE (or the code they all share) with an AggregateError as its cause.
 */
export function timestampsInOrder(
  authorities: readonly NamedTimestampSource[],
  { restMs = 60_000, now = () => performance.now(), tell }: TimestampOrderOptions = {},
): TimestampSource {
  const failedAt = new Map<string, number>();
  const isResting = ({ name }: NamedTimestampSource): boolean =>
    now() - (failedAt.get(name) ?? Number.NEGATIVE_INFINITY) < restMs;
  return {
    async timestamp(digest, hash) {
      const failed: { readonly name: string; readonly error: PkiError }[] = [];
      const resting = new Set(authorities.filter(isResting));
      const rested = authorities.filter((authority) => !resting.has(authority));
      for (const { name, source } of [...rested, ...resting]) {
        try {
          const token = await source.timestamp(digest, hash);
          failedAt.delete(name);
          tell?.({ answeredBy: name, failed });
          return token;
        } catch (error) {
          if (!(error instanceof PkiError) || !error.code.startsWith('TSA_')) throw error;
          failedAt.set(name, now());
          failed.push({ name, error });
        }
      }
      tell?.({ answeredBy: undefined, failed });
      throw allFailed(failed.map(({ error }) => error));
    },
  };
}

function allFailed(errors: readonly PkiError[]): PkiError {
  const [first, ...others] = errors;
  if (!first) return new PkiError('TSA_UNAVAILABLE', 'there is no time-stamping authority to ask');
  if (others.length === 0) return first;
  const code = others.every((other) => other.code === first.code) ? first.code : 'TSA_UNAVAILABLE';
  const cause = new AggregateError(errors, 'no time-stamping authority answered');
  return new PkiError(code, `none of ${errors.length} time-stamping authorities answered`, { cause });
}
