import type { LoggerService } from '@nestjs/common';
import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';
import { currentRequestContext } from '../http/request-context';

/** The process's pino logger. */
export const LOGGER = Symbol('LOGGER');

/** What never stands in a log, wherever it occurs up to three levels deep. */
const secrets = [
  'password',
  'pin',
  'csrfToken',
  'csrf',
  'token',
  'secret',
  'passphrase',
  'authorization',
  'cookie',
  'pkcs8',
  'privateKey',
];
const redacted = [
  ...secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  'req.headers.cookie',
  'req.headers.authorization',
  'req.headers["x-csrf-token"]',
  'res.headers["set-cookie"]',
  'err.parameters',
  'err.driverError',
];

export interface LoggerSettings {
  readonly level: string;
  /** `api`, `worker`, `cli`. */
  readonly service: string;
  readonly destination?: DestinationStream;
}

/** Structured logs, one JSON object a line, with the request's id where there is a request. */
export function createLogger(settings: LoggerSettings): Logger {
  const options = {
    level: settings.level,
    base: { service: settings.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '[redacted]' },
    mixin: () => {
      const context = currentRequestContext();
      return context ? { requestId: context.requestId } : {};
    },
  };
  return settings.destination ? pino(options, settings.destination) : pino(options);
}

/** Nest's own messages through the same logger. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'info' | 'warn' | 'error' | 'debug') =>
    (message: unknown, ...rest: unknown[]): void => {
      const context = rest.at(-1);
      logger[level]({ context: typeof context === 'string' ? context : undefined }, String(message));
    };
  return {
    log: write('info'),
    warn: write('warn'),
    error: write('error'),
    debug: write('debug'),
    verbose: write('debug'),
    fatal: write('error'),
  };
}
