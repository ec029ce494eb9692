import { isNormalisable } from './comparable-text';
import { hostName } from './host-name';

/** An e-mail address as certificates hold it. */
export interface Mailbox {
  /** Without quotes and escapes: what they stand for is the same box. Case matters (RFC 5280 §7.5). */
  readonly local: string;
  /** `local` whatever its case: most hosts take it so. */
  readonly foldedLocal: string;
  /** In lower case. */
  readonly host: string;
}

const dotAtom =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+)*$/iu;
const quoted = /^"((?:[^"\\\p{Cc}]|\\[ -~])*)"$/u;

/** Mailbox of RFC 5321 §4.1.2, or undefined when it is none. Text beyond ASCII in its local part: RFC 6531 §3.3. */
export function mailbox(text: string): Mailbox | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = localPart(text.slice(0, at));
  const host = hostName(text.slice(at + 1));
  if (local === undefined || host === undefined) return undefined;
  return { local, foldedLocal: local.toLowerCase(), host };
}

function localPart(text: string): string | undefined {
  if (!isNormalisable(text)) return undefined;
  if (dotAtom.test(text)) return text.normalize('NFC');
  return quoted.exec(text)?.[1]?.replace(/\\(.)/gu, '$1').normalize('NFC');
}
