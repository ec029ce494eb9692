import { PkiError } from '../errors';
import type { DerElement } from './element';
import { tags } from './element';

/** UTCTime or GeneralizedTime as RFC 5280 §4.1.2.5 allows them: seconds, `Z`, no fraction. */
export function timeValue(element: DerElement): Date {
  const { source, contentStart, end } = element;
  if (element.tag === tags.utcTime) {
    if (end - contentStart !== 13 || source[end - 1] !== letterZ)
      throw malformed('UTCTime is not YYMMDDHHMMSSZ');
    const year = twoDigits(source, contentStart);
    return dateFrom(year < 50 ? 2000 + year : 1900 + year, source, contentStart + 2, 0);
  }
  expectGeneralizedTime(element);
  if (end - contentStart !== 15 || source[end - 1] !== letterZ)
    throw malformed('GeneralizedTime is not YYYYMMDDHHMMSSZ');
  return generalizedTime(element, 0);
}

/** GeneralizedTime with an optional fraction of a second, as TSTInfo allows (RFC 3161 §2.4.2). */
export function generalizedTimeWithFraction(element: DerElement): Date {
  expectGeneralizedTime(element);
  const { source, contentStart, end } = element;
  const last = end - 1;
  if (source[last] !== letterZ) throw malformed('GeneralizedTime does not end with Z');
  const point = contentStart + 14;
  if (point === last) return generalizedTime(element, 0);
  // X.690 §11.7: a point, then digits of which the last is no zero.
  const digits = last - point - 1;
  if (source[point] !== fullStop || digits < 1 || digits > 9 || source[last - 1] === digitZero)
    throw malformed('fraction of a second is not in shortest form');
  let milliseconds = 0;
  for (let index = 0; index < digits; index++) {
    const digit = digitAt(source, point + 1 + index);
    if (Number.isNaN(digit)) throw malformed('fraction of a second is not a number');
    if (index < 3) milliseconds += digit * 10 ** (2 - index);
  }
  return generalizedTime(element, milliseconds);
}

const letterZ = 0x5a;
const fullStop = 0x2e;
const digitZero = 0x30;

function expectGeneralizedTime(element: DerElement): void {
  if (element.tag !== tags.generalizedTime)
    throw malformed(`tag 0x${element.tag.toString(16)} is not a time`);
}

function generalizedTime({ source, contentStart }: DerElement, milliseconds: number): Date {
  const year = twoDigits(source, contentStart) * 100 + twoDigits(source, contentStart + 2);
  return dateFrom(year, source, contentStart + 4, milliseconds);
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** At `at` stands MMDDHHMMSS. A date that does not exist (31 February, hour 24) is refused. */
function dateFrom(year: number, source: Uint8Array, at: number, milliseconds: number): Date {
  const month = twoDigits(source, at);
  const day = twoDigits(source, at + 2);
  const hour = twoDigits(source, at + 4);
  const minute = twoDigits(source, at + 6);
  const second = twoDigits(source, at + 8);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0);
  // Comparisons with what is no number are false.
  const exists = year >= 0 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
  if (!exists) throw malformed('time does not exist');
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, milliseconds));
  // Apart, because Date.UTC takes years below 100 for years of the last century.
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** NaN when there are not two digits. */
function twoDigits(source: Uint8Array, at: number): number {
  return digitAt(source, at) * 10 + digitAt(source, at + 1);
}

function digitAt(source: Uint8Array, at: number): number {
  const digit = (source[at] ?? 0) - digitZero;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}

function malformed(what: string): PkiError {
  return new PkiError('DER_MALFORMED', what);
}
