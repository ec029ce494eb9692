/** A queue as its lib declares it; created by the owner's role when the database is migrated. */
export interface QueueDefinition {
  /** Letters, digits, `-`, `_`, `.`; e.g. `deliver-document`. */
  readonly name: string;
  /** Tries after the first one, before the job goes to the dead letters. 10 if not given. */
  readonly retryLimit?: number;
  /** Seconds before the first retry, doubled (with jitter) for each further one. 1 if not given. */
  readonly retryDelay?: number;
  /** Longest pause between two tries, in seconds. 300 if not given. */
  readonly retryDelayMax?: number;
  /**
   * Every job is enqueued with a `singletonKey`, and at most one job of a key waits or runs: another one is not added
   * meanwhile. Cannot be changed once the queue exists.
   */
  readonly oncePerKey?: true;
  /** Overrides `SEALPOST_JOB_EXPIRY_SECONDS` for jobs that may take longer. */
  readonly expirySeconds?: number;
}

/** The queue that takes the jobs of `queue` whose tries are used up. */
export function deadLetterQueueOf(queue: string): string {
  return `${queue}.dead`;
}
