import type { Request } from 'express';
import { isCsrfTokenGiven, isOriginRight } from './forgery';
import { csrfTokenOf, newSessionToken, readSessionToken } from './session-token';

const request = (method: string, headers: Record<string, string>): Request =>
  ({ method, headers: { host: 'vanban.example.vn', ...headers } }) as unknown as Request;

describe('the origin of a request that changes something', () => {
  it.each([
    ['a page of this host', { origin: 'https://vanban.example.vn' }, true],
    ['a page of another host', { origin: 'https://evil.example' }, false],
    ['a sandboxed page', { origin: 'null' }, false],
    ['another port of this host', { origin: 'https://vanban.example.vn:8443' }, false],
    ['a program, which sends neither header', {}, true],
    ['the same site without Origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['another site without Origin', { 'sec-fetch-site': 'cross-site' }, false],
    ['a sibling site without Origin', { 'sec-fetch-site': 'same-site' }, false],
    [
      'a lie in Origin beside a true Sec-Fetch-Site',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      false,
    ],
  ])('is judged for %s', (_who, headers, right) => {
    expect(isOriginRight(request('POST', headers as Record<string, string>), [])).toBe(right);
  });

  it('must be one of the configured ones, where there are any', () => {
    const origins = ['https://a.example.vn'];
    expect(isOriginRight(request('DELETE', { origin: 'https://a.example.vn' }), origins)).toBe(true);
    expect(isOriginRight(request('DELETE', { origin: 'https://vanban.example.vn' }), origins)).toBe(false);
  });

  it('does not matter for reading', () => {
    expect(isOriginRight(request('GET', { origin: 'https://evil.example' }), [])).toBe(true);
  });
});

describe('the CSRF token', () => {
  const session = newSessionToken();

  it('is demanded of everything that changes something, and bound to the session', () => {
    const given = (token?: string): boolean =>
      isCsrfTokenGiven(request('POST', token === undefined ? {} : { 'x-csrf-token': token }), session);
    expect(given(csrfTokenOf(session))).toBe(true);
    expect(given(csrfTokenOf(newSessionToken()))).toBe(false);
    expect(given(session)).toBe(false);
    expect(given('')).toBe(false);
    expect(given()).toBe(false);
    expect(isCsrfTokenGiven(request('GET', {}), session)).toBe(true);
  });
});

describe('the session cookie', () => {
  const token = newSessionToken();

  it.each([
    [`__Host-sealpost=${token}`, token],
    [`a=b; __Host-sealpost=${token}; c=d`, token],
    [`sealpost=${token}`, undefined],
    [`__Host-sealpost=${token}; __Host-sealpost=${newSessionToken()}`, undefined],
    [`__Host-sealpost=${token}x`, undefined],
    ['__Host-sealpost=', undefined],
    [undefined, undefined],
  ])('is read from %p only when it stands there once and whole', (header, expected) => {
    expect(readSessionToken(header)).toBe(expected);
  });
});
