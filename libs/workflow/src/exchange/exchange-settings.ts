import { IsOptional, IsString } from 'class-validator';

import { CommaSeparated, readSettings, WholeNumber } from '#platform';

/** Settings of the exchange, read once from the environment. */
export class ExchangeSettings {
  /** JSON file with this node's transport identity and its peers; without it only agencies of this node are reached. */
  @IsOptional()
  @IsString()
  readonly networkFile?: string;

  /** Tries of a message before it becomes a dead letter. */
  @WholeNumber({ min: 1, max: 100 })
  readonly tries: number = 10;

  /** Seconds before the second try; doubled for each further one. */
  @WholeNumber({ min: 0, max: 3600, of: 'seconds' })
  readonly firstRetrySeconds: number = 1;

  /** Longest pause between two tries, in seconds. */
  @WholeNumber({ min: 0, max: 86_400, of: 'seconds' })
  readonly longestRetrySeconds: number = 300;

  /** Jobs of each kind that a worker process carries out at the same time. */
  @WholeNumber({ min: 1, max: 64 })
  readonly concurrency: number = 4;

  /** Seconds without progress after which a waiting message is queued again, in case its job was lost. */
  @WholeNumber({ min: 1, max: 86_400, of: 'seconds' })
  readonly requeueSeconds: number = 120;

  /**
   * Minutes to acknowledge a document that is urgent, very urgent, express, in this order; those of the rules where none
   * are given. The first two run in office time.
   */
  @CommaSeparated({ each: /^[1-9]\d{0,4}$/, are: 'minutes from 1 to 99999' })
  readonly acknowledgementMinutes: readonly string[] = [];

  /** Seconds between looks for deliveries that are late and documents that are due. */
  @WholeNumber({ min: 1, max: 3600, of: 'seconds' })
  readonly escalationSeconds: number = 20;
}

const exchangeVariables = {
  networkFile: 'SEALPOST_EXCHANGE_NETWORK',
  tries: 'SEALPOST_EXCHANGE_TRIES',
  firstRetrySeconds: 'SEALPOST_EXCHANGE_FIRST_RETRY_SECONDS',
  longestRetrySeconds: 'SEALPOST_EXCHANGE_LONGEST_RETRY_SECONDS',
  concurrency: 'SEALPOST_EXCHANGE_CONCURRENCY',
  requeueSeconds: 'SEALPOST_EXCHANGE_REQUEUE_SECONDS',
  acknowledgementMinutes: 'SEALPOST_ACKNOWLEDGEMENT_MINUTES',
  escalationSeconds: 'SEALPOST_ESCALATION_SECONDS',
} as const;

export function loadExchangeSettings(environment: NodeJS.ProcessEnv = process.env): ExchangeSettings {
  return readSettings(ExchangeSettings, exchangeVariables, environment);
}
