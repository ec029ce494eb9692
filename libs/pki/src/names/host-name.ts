/** One label of a host name; underscores are met in practice (RFC 1034 §3.5, RFC 2181 §11). */
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * A host name in lower case, or undefined when it is none: no empty label, so no dot at either end; no address
 * (a last label of digits alone); at most 253 characters. Other scripts stand as A-labels (RFC 5280 §7.2).
 */
export function hostName(text: string): string | undefined {
  const lower = text.toLowerCase();
  const labels = lower.split('.');
  const isHost = lower.length <= 253 && labels.every((part) => label.test(part));
  return isHost && !/^[0-9]+$/.test(labels.at(-1) ?? '') ? lower : undefined;
}

/** A dNSName as it stands in certificates: a host name, or one with `*` for its first label (RFC 9525 §6.3). */
export function dnsName(text: string): string | undefined {
  if (!text.startsWith('*.')) return hostName(text);
  const parent = hostName(text.slice(2));
  return parent === undefined ? undefined : `*.${parent}`;
}

/** Whether zero or more labels to the left of `base` make `name`; both in lower case. Everything is under ''. */
export function isUnderDomain(name: string, base: string): boolean {
  if (base === '' || name === base) return true;
  return name.length > base.length && name.endsWith(base) && name[name.length - base.length - 1] === '.';
}
