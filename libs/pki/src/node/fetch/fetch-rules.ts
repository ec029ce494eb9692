import { isIP } from 'node:net';
import { PkiError } from '../../errors';

/** A place that configuration allows to ask. */
export interface FetchRule {
  readonly scheme: 'http' | 'https';
  /** In lower case; an IPv6 address without brackets. */
  readonly host: string;
  /** Any name below `host`, but not `host` itself. */
  readonly isSuffix: boolean;
  readonly port: number;
  /** The host may have an address of an inner network or of this machine. */
  readonly allowPrivate: boolean;
}

const shape = /^(https?):\/\/(\*\.)?([^/?#@*]+)$/i;

/**
 * Reads `http://crl.example.vn`, `https://ocsp.example.vn:8443`, `http://*.example.vn` (every name below it).
 *
 * @throws PkiError FETCH_RULE_INVALID
 */
export function parseFetchRule(text: string, options: { readonly allowPrivate: boolean }): FetchRule {
  const [, scheme = '', wildcard, authority = ''] = shape.exec(text) ?? [];
  const url = URL.canParse(`${scheme}://${authority}/`) ? new URL(`${scheme}://${authority}/`) : undefined;
  if (!url) throw new PkiError('FETCH_RULE_INVALID', `${text} is not scheme://host or scheme://host:port`);
  const host = hostOf(url);
  const isSuffix = wildcard !== undefined;
  // "*.vn" would be a country, "*.1" no name at all.
  if (isSuffix && (isIP(host) !== 0 || !host.includes('.')))
    throw new PkiError('FETCH_RULE_INVALID', `${text} is too wide`);
  return { scheme: schemeOf(url), host, isSuffix, port: portOf(url), allowPrivate: options.allowPrivate };
}

export interface AllowedUrl {
  readonly url: URL;
  /** Without brackets and final dot: what is resolved, and what TLS asks for. */
  readonly host: string;
  readonly port: number;
  readonly allowPrivate: boolean;
}

/**
 * The address in a certificate or a redirect, if a rule allows it. Numbers written as octal, hexadecimal or one
 * integer have become dotted ones by the URL standard's own reading.
 *
 * @throws PkiError FETCH_REFUSED with the reason
 */
export function allowedUrl(text: string, rules: readonly FetchRule[]): AllowedUrl {
  if (rules.length === 0) throw refused('offline', 'no host may be asked: this node works offline');
  if (text.length > maxUrlLength || !URL.canParse(text)) throw refused('url', 'not an absolute URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused('scheme', `${url.protocol} is neither http nor https`);
  if (url.username !== '' || url.password !== '') throw refused('url', 'credentials in a URL');
  const [scheme, host, port] = [schemeOf(url), hostOf(url), portOf(url)];
  const rule = rules.find(
    (candidate) => candidate.scheme === scheme && candidate.port === port && isNamedBy(host, candidate),
  );
  if (!rule) throw refused('host', `${scheme}://${host}:${port} is not in the list of allowed hosts`);
  return { url, host, port, allowPrivate: rule.allowPrivate };
}

const maxUrlLength = 2048;

export function refused(reason: string, message: string): PkiError {
  return new PkiError('FETCH_REFUSED', message, { detail: { reason } });
}

function isNamedBy(host: string, rule: FetchRule): boolean {
  if (!rule.isSuffix) return host === rule.host;
  return isIP(host) === 0 && host.endsWith(`.${rule.host}`);
}

function schemeOf({ protocol }: URL): 'http' | 'https' {
  return protocol === 'https:' ? 'https' : 'http';
}

/** `name.` is `name`, as a resolver sees it. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
