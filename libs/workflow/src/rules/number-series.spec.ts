import type { Term } from '#directory';

import { documentType } from './document-types';
import { seriesKeyFor } from './number-series';

const terms: readonly Term[] = [
  { id: 'a', agencyId: 'x', name: '2020–2025', validFrom: '2020-10-15', validTo: '2025-10-11' },
  { id: 'b', agencyId: 'x', name: '2025–2030', validFrom: '2025-10-11', validTo: null },
];

describe('number series', () => {
  const decision = documentType('state', 'QD')!;
  const resolution = documentType('party', 'NQ')!;

  it('runs per type and calendar year in State bodies', () => {
    expect(
      seriesKeyFor({
        bloc: 'state',
        type: decision,
        bodySymbol: 'BKHCN',
        secrecy: 'THUONG',
        today: '2026-12-31',
        terms,
      }),
    ).toEqual({
      typeGroup: 'QD',
      secrecyClass: 'ordinary',
      periodKind: 'year',
      period: '2026',
      periodKey: '2026',
    });
  });

  it('separates secret documents in State bodies and not in Party bodies', () => {
    const secret = { bodySymbol: 'TU', secrecy: 'MAT', today: '2026-05-01', terms } as const;
    expect(seriesKeyFor({ bloc: 'state', type: decision, ...secret })?.secrecyClass).toBe('secret');
    expect(seriesKeyFor({ bloc: 'party', type: resolution, ...secret })).toEqual(
      seriesKeyFor({ bloc: 'party', type: resolution, ...secret, secrecy: 'THUONG' }),
    );
  });

  it('runs per type and committee term in Party bodies; a term begins the day after the congress closed', () => {
    const on = (today: string) =>
      seriesKeyFor({ bloc: 'party', type: resolution, bodySymbol: 'TU', secrecy: 'THUONG', today, terms });
    expect(on('2025-10-10')?.period).toBe('2020–2025');
    expect(on('2025-10-11')?.period).toBe('2025–2030');
    expect(on('2025-10-11')?.periodKey).toBe(terms.find(({ name }) => name === '2025–2030')?.id);
    expect(on('2019-01-01')).toBeUndefined();
  });

  it('is one for all types of a congress, and of a congress alone', () => {
    const of = (code: string, bodySymbol: string) =>
      seriesKeyFor({
        bloc: 'party',
        type: documentType('party', code)!,
        bodySymbol,
        secrecy: 'THUONG',
        today: '2026-05-01',
        terms,
      });
    expect(of('NQ', 'ĐH')).toEqual(of('BC', 'ĐH'));
    expect(of('NQ', 'ĐH')).not.toEqual(of('NQ', 'TU'));
    expect(of('NQ', 'TU')).not.toEqual(of('BC', 'TU'));
  });
});
