import type { Request } from 'express';
import { isCsrfTokenRight } from './session-token';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that changes something may come from where it says (OWASP: verify the origin).
 * Browsers send Origin with every unsafe request and Sec-Fetch-Site with all; programs send neither, and
 * carry no cookie that another site could abuse.
 *
 * @param origins configured origins; with none, the request's own host counts
 */
export function isOriginRight(request: Request, origins: readonly string[]): boolean {
  if (safeMethods.has(request.method)) return true;
  const { origin } = request.headers;
  if (origin !== undefined)
    return origins.length > 0 ? origins.includes(origin) : isOwnHost(origin, request.headers.host);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether an unsafe request repeats the token that only pages of this origin can know. */
export function isCsrfTokenGiven(request: Request, sessionToken: string): boolean {
  if (safeMethods.has(request.method)) return true;
  const given = request.headers['x-csrf-token'];
  return typeof given === 'string' && isCsrfTokenRight(sessionToken, given);
}

function isOwnHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
