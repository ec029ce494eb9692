import { HttpException } from '@nestjs/common';
import type { ProblemRegistry } from './problem-registry';
import type { FieldProblem, Message } from './problem';

/** The facts of a problem+json answer. */
export interface FailureDescription {
  readonly code: string;
  readonly status: number;
  readonly detail: Message;
  readonly errors: readonly FieldProblem[];
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

const codeByStatus: Readonly<Record<number, string>> = {
  400: 'REQUEST_REFUSED',
  401: 'NOT_LOGGED_IN',
  403: 'ACCESS_DENIED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

/** What pg says, without a code, of a connection that is gone. */
const connectionLost =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** SQLSTATE classes and Node codes by which a database that is away makes itself known. */
const unavailable = /^(08|57P|53)|^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND)$/;

/**
 * What to tell about anything thrown. Coded errors (ProblemError and the error class of any lib) are looked up
 * in the catalogues; the frameworks' errors are known by their status; text of unknown errors never leaves.
 */
export function describeFailure(thrown: unknown, registry: ProblemRegistry): FailureDescription {
  const code = codeOf(thrown, registry);
  const entry = registry.find(code);
  if (!entry) throw new Error(`no catalogue defines ${code}`);
  const given = propertiesOf(thrown);
  const expected = registry.find(textProperty(thrown, 'code') ?? '') !== undefined;
  return {
    code,
    status: entry.status,
    detail:
      expected && isMessage(given['detail'])
        ? { vi: given['detail'].vi, en: given['detail'].en }
        : { vi: entry.vi, en: entry.en },
    errors: expected && Array.isArray(given['errors']) ? (given['errors'] as FieldProblem[]) : [],
    facts: expected && isFacts(given['facts']) ? given['facts'] : {},
  };
}

function codeOf(thrown: unknown, registry: ProblemRegistry): string {
  const own = textProperty(thrown, 'code');
  if (own !== undefined && registry.find(own)) return own;
  if (databaseIsAway(thrown)) return 'SERVICE_UNAVAILABLE';
  // Nest wraps body-parser's errors and keeps them as cause.
  const type = textProperty(thrown, 'type') ?? textProperty(propertiesOf(thrown)['cause'], 'type');
  if (type === 'entity.too.large' || own === 'LIMIT_FILE_SIZE') return 'BODY_TOO_LARGE';
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return 'UNSUPPORTED_MEDIA_TYPE';
  if (type?.startsWith('entity.') || type?.startsWith('request.') || type === 'encoding.invalid')
    return 'MALFORMED_BODY';
  if (thrown instanceof HttpException) return codeForStatus(thrown.getStatus());
  // Express and body-parser mark errors that the caller made as `expose`.
  const status = numberProperty(thrown, 'status');
  if (status !== undefined && propertiesOf(thrown)['expose'] === true) return codeForStatus(status);
  return 'INTERNAL_ERROR';
}

function codeForStatus(status: number): string {
  return codeByStatus[status] ?? (status >= 500 ? 'INTERNAL_ERROR' : 'REQUEST_REFUSED');
}

/** Whether an error, or what caused it, says that the connection to the database is lost or cannot be made. */
export function databaseIsAway(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 4; depth += 1) {
    const code =
      textProperty(error, 'code') ?? textProperty((error as { driverError?: unknown }).driverError, 'code');
    if (code !== undefined && (unavailable.test(code) || isSocketAway(error, code))) return true;
    if (connectionLost.test(error.message)) return true;
    error = error.cause;
  }
  return false;
}

/** At a Unix socket: it is not there while the server is not, and takes nobody while too many wait. */
function isSocketAway(error: Error, code: string): boolean {
  return (code === 'ENOENT' || code === 'EAGAIN') && textProperty(error, 'syscall') === 'connect';
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textProperty(value: unknown, name: string): string | undefined {
  const found = propertiesOf(value)[name];
  return typeof found === 'string' ? found : undefined;
}

function numberProperty(value: unknown, name: string): number | undefined {
  const found = propertiesOf(value)[name];
  return typeof found === 'number' ? found : undefined;
}

function isMessage(value: unknown): value is Message {
  return textProperty(value, 'vi') !== undefined && textProperty(value, 'en') !== undefined;
}

function isFacts(value: unknown): value is Readonly<Record<string, string | number | boolean | null>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
