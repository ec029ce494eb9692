import { ValidateBy } from 'class-validator';

/* eslint-disable no-control-regex -- controls are what these rules look for */
/** C0 and C1 controls and DEL, line breaks and tabs among them. */
const controls = /[\u0000-\u001f\u007f-\u009f]/;
const controlsButLineBreaks = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
/* eslint-enable no-control-regex */
/** Characters that change direction or hide (Unicode UAX #9, zero-width, byte order mark) deceive readers. */
const deceiving = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Text that reads as it is stored. */
export function IsPlainText(options: { readonly lineBreaks: 'allowed' | 'refused' }): PropertyDecorator {
  return ValidateBy({
    name: 'isPlainText',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        !(options.lineBreaks === 'allowed' ? controlsButLineBreaks : controls).test(value) &&
        !deceiving.test(value) &&
        value.isWellFormed() &&
        value.trim() === value,
    },
  });
}

/** A day of the Gregorian calendar, `YYYY-MM-DD`. */
export function IsCalendarDate(): PropertyDecorator {
  return ValidateBy({ name: 'isCalendarDate', validator: { validate: isCalendarDate } });
}

function isCalendarDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
