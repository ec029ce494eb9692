import { hostName } from './host-name';

/** RFC 3986 §3: scheme, authority. Whatever follows the authority does not matter here. */
const withAuthority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** RFC 3986 §3.2. Others, a backslash above all, are read in two ways: as a part of the name, and as its end. */
const authorityForm = /^[a-z0-9\-._~%!$&'()*+,;=:@[\]]*$/i;

/**
 * The fully qualified host of a URI in lower case; undefined where it names none, or an address (RFC 5280 §4.2.1.10).
 * Not read by `URL`, which repairs what must be refused.
 */
export function uriHost(uri: string): string | undefined {
  const authority = withAuthority.exec(uri)?.[1];
  if (authority === undefined || !authorityForm.test(authority)) return undefined;
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:[0-9]*$/, '');
  return hostName(host);
}
