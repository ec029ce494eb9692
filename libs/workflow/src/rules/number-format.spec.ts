import type { Bloc } from '#directory';

import { dateLine } from './date-line';
import { documentType } from './document-types';
import { formatNumber, paddedNumber } from './number-format';

function line(bloc: Bloc, code: string, number: number, bodySymbol: string, unitSymbol?: string): string {
  const type = documentType(bloc, code)!;
  return formatNumber({ bloc, type, number, bodySymbol, year: 2020, unitSymbol: unitSymbol ?? null }).line;
}

describe('number and symbol', () => {
  it('writes the Party’s without a colon and with a hyphen before the type', () => {
    expect(line('party', 'NQ', 57, 'TW')).toBe('Số 57-NQ/TW');
    expect(line('party', 'KL', 130, 'TW')).toBe('Số 130-KL/TW');
    expect(line('party', 'KH', 2, 'BCĐTW')).toBe('Số 02-KH/BCĐTW');
    expect(line('party', 'CV', 123, 'TU')).toBe('Số 123-CV/TU');
  });

  it('writes the State’s with a colon and a stroke before the type', () => {
    expect(line('state', 'QD', 123, 'BKHCN')).toBe('Số: 123/QĐ-BKHCN');
    expect(line('state', 'CTR', 7, 'UBND')).toBe('Số: 07/CTr-UBND');
  });

  it('writes an official letter of the State with the drafting unit', () => {
    expect(line('state', 'CV', 7816, 'VPCP', 'TTĐT')).toBe('Số: 7816/VPCP-TTĐT');
    expect(line('state', 'CV', 12, 'UBND')).toBe('Số: 12/UBND');
  });

  it('writes the year in a normative document', () => {
    expect(line('state', 'ND', 30, 'CP')).toBe('Số: 30/2020/NĐ-CP');
  });

  it('pads numbers below 10 and refuses what is no number', () => {
    expect([1, 9, 10, 100].map(paddedNumber)).toEqual(['01', '09', '10', '100']);
    for (const wrong of [0, -1, 1.5, Number.NaN]) expect(() => paddedNumber(wrong)).toThrow(RangeError);
  });
});

describe('place and date', () => {
  it('pads days below 10 and the months January and February', () => {
    expect(dateLine('Hà Nội', '2026-02-05')).toBe('Hà Nội, ngày 05 tháng 02 năm 2026');
    expect(dateLine('Hà Nội', '2026-01-31')).toBe('Hà Nội, ngày 31 tháng 01 năm 2026');
    expect(dateLine('Lam Giang', '2026-03-09')).toBe('Lam Giang, ngày 09 tháng 3 năm 2026');
    expect(dateLine('Lam Giang', '2026-12-22')).toBe('Lam Giang, ngày 22 tháng 12 năm 2026');
  });

  it('leaves the date open while the document has no number', () => {
    expect(dateLine('Hà Nội', null)).toBe('Hà Nội, ngày … tháng … năm …');
  });
});
