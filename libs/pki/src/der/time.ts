import { PkiError } from '../errors';
import type { DerElement } from './element';
import { tags } from './element';
import { asciiText } from './text';

/** UTCTime or GeneralizedTime as RFC 5280 §4.1.2.5 allows them: seconds, `Z`, no fraction. */
export function timeValue(element: DerElement): Date {
  if (element.tag === tags.utcTime) {
    const match = /^(\d{2})(\d{10})Z$/.exec(asciiText(element.content));
    if (!match) throw new PkiError('DER_MALFORMED', 'UTCTime is not YYMMDDHHMMSSZ');
    const year = Number(match[1]);
    return dateFrom(year < 50 ? 2000 + year : 1900 + year, match[2] ?? '', 0);
  }
  if (element.tag === tags.generalizedTime) return generalizedTime(element, { fraction: 'forbidden' });
  throw new PkiError('DER_MALFORMED', `tag 0x${element.tag.toString(16)} is not a time`);
}

/** GeneralizedTime with an optional fraction of a second, as TSTInfo allows (RFC 3161 §2.4.2). */
export function generalizedTimeWithFraction(element: DerElement): Date {
  if (element.tag !== tags.generalizedTime) throw new PkiError('DER_MALFORMED', 'GeneralizedTime expected');
  return generalizedTime(element, { fraction: 'allowed' });
}

function generalizedTime(element: DerElement, rule: { readonly fraction: 'allowed' | 'forbidden' }): Date {
  const match = /^(\d{4})(\d{10})(?:\.(\d{0,8}[1-9]))?Z$/.exec(asciiText(element.content));
  if (!match) throw new PkiError('DER_MALFORMED', 'GeneralizedTime is not YYYYMMDDHHMMSSZ');
  const fraction = match[3];
  if (fraction !== undefined && rule.fraction === 'forbidden') {
    throw new PkiError('DER_MALFORMED', 'GeneralizedTime with a fraction');
  }
  return dateFrom(
    Number(match[1]),
    match[2] ?? '',
    fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
}

/** `rest` is MMDDHHMMSS. A date that does not exist (31 February, hour 24) is refused. */
function dateFrom(year: number, rest: string, milliseconds: number): Date {
  const part = (index: number): number => Number(rest.slice(index * 2, index * 2 + 2));
  const month = part(0);
  const day = part(1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(part(2), part(3), part(4), milliseconds);
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === part(2) &&
    date.getUTCMinutes() === part(3) &&
    date.getUTCSeconds() === part(4);
  if (!exists) throw new PkiError('DER_MALFORMED', 'time does not exist');
  return date;
}
