import { errorCodeOf } from '../../testing/error-code';
import { allowedUrl, parseFetchRule } from './fetch-rules';

const rules = [
  'http://crl.example.vn',
  'https://OCSP.example.vn:8443',
  'http://*.ca.example.vn',
  'http://[2405:4800::1]:8080',
  'http://203.162.0.1',
].map((text) => parseFetchRule(text, { allowPrivate: false }));
const isAllowed = (url: string): boolean => errorCodeOf(() => allowedUrl(url, rules)) === 'no error';

describe('the list of allowed hosts', () => {
  it.each([
    'http://crl.example.vn/a.crl',
    'http://CRL.example.vn:80/a.crl',
    'http://crl.example.vn./a.crl',
    'https://ocsp.example.vn:8443/',
    'http://x.ca.example.vn/',
    'http://y.x.ca.example.vn/',
    'http://[2405:4800:0:0:0:0:0:1]:8080/',
    'http://203.162.0.1/',
    'http://0xcba20001/',
  ])('allows %s', (url) => {
    expect(isAllowed(url)).toBe(true);
  });

  it.each([
    'https://crl.example.vn/a.crl',
    'http://crl.example.vn:8080/a.crl',
    'http://ocsp.example.vn:8443/',
    'http://ca.example.vn/',
    'http://evilca.example.vn/',
    'http://crl.example.vn.evil.vn/',
    'http://evil.vn/crl.example.vn',
    'http://user@crl.example.vn/',
    'http://user:secret@crl.example.vn/',
    'http://crl.example.vn@evil.vn/',
    'http://evil.vn#crl.example.vn',
    'http://evil.vn\\@crl.example.vn',
    'http://203.162.0.2/',
    'ftp://crl.example.vn/a.crl',
    'ldap://crl.example.vn/cn=CA',
    'file:///etc/passwd',
    'data:,x',
    'crl.example.vn/a.crl',
    '',
    `http://crl.example.vn/${'a'.repeat(3000)}`,
  ])('refuses %s', (url) => {
    expect(isAllowed(url)).toBe(false);
  });

  it('is offline when it is empty', () => {
    expect(errorCodeOf(() => allowedUrl('http://crl.example.vn/', []))).toBe('FETCH_REFUSED');
  });

  it.each([
    '*',
    'http://*',
    'http://*.vn',
    'http://*.10.0.0.1',
    'crl.example.vn',
    'ftp://crl.example.vn',
    'http://crl.example.vn/path',
    'http://user@crl.example.vn',
    'http://a.*.vn',
    'http://crl.example.vn:99999',
    'http://',
    '',
  ])('is not written %s', (text) => {
    expect(errorCodeOf(() => parseFetchRule(text, { allowPrivate: false }))).toBe('FETCH_RULE_INVALID');
  });
});
