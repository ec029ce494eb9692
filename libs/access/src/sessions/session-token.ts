import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * `__Host-` binds the cookie to this host, path `/` and Secure (RFC 6265bis §4.1.3.2): no sibling host can
 * plant or overwrite it.
 */
export const sessionCookie = '__Host-sealpost';

const tokenBytes = 32;
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, base64url. Only the browser keeps it. */
export function newSessionToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** What the database keeps of a token: SHA-256. A plain hash is enough, for nobody can guess 256 bits. */
export function hashSessionToken(token: string): Buffer {
  return createHash('sha256').update(token, 'ascii').digest();
}

/**
 * The token that unsafe requests must repeat in `X-CSRF-Token`. Derived from the session's own token, so it
 * ends with it and needs no place in the database; another site can read neither.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('sealpost csrf v1').digest('base64url');
}

export function isCsrfTokenRight(sessionToken: string, given: string): boolean {
  const expected = Buffer.from(csrfTokenOf(sessionToken));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The session token in a Cookie header; undefined when absent, malformed or given twice. */
export function readSessionToken(cookieHeader: string | undefined): string | undefined {
  const found = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${sessionCookie}=`))
    .map((pair) => pair.slice(sessionCookie.length + 1));
  const [token] = found;
  return found.length === 1 && token !== undefined && tokenForm.test(token) ? token : undefined;
}
