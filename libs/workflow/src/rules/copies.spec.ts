import type { Bloc } from '#directory';
import { blocs } from '#directory';

import type { CopyCode, CopySource } from './copies';
import { allowedCopies, copyCodes, copyHeading, copyRules, copySourceOf, copySources } from './copies';
import { documentType, documentTypesOf } from './document-types';
import { formatNumber } from './number-format';
import { copySeriesRules, seriesKeyFor } from './number-series';

const codes = (bloc: Bloc, source: CopySource | undefined): readonly CopyCode[] =>
  allowedCopies(bloc, source).map(({ code }) => code);

describe('who may copy what', () => {
  it.each([
    ['state', 'own', ['SY', 'TRS']],
    ['state', 'received', ['SY', 'TRS']],
    ['state', 'own-true-copy', ['SL']],
    ['state', 'received-true-copy', ['SL']],
    ['party', 'own', ['SY', 'TRS']],
    ['party', 'received', ['SL', 'TRS']],
    ['party', 'own-true-copy', []],
    ['party', 'received-true-copy', ['SL']],
    ['front', 'received', ['SY', 'TRS']],
    ['union', 'received-true-copy', ['SL']],
  ] as const)('%s bodies make of what is %s: %j', (bloc, source, expected) => {
    expect(codes(bloc, source)).toEqual(expected);
  });

  it('lets nobody in the Party make a true copy of what another has issued', () => {
    expect(codes('party', copySourceOf('received', 'NQ'))).not.toContain('SY');
    expect(copyHeading('party', 'SY')).toBe('SAO Y BẢN CHÍNH');
  });

  it('lets a State re-copy be made of a true copy alone', () => {
    const sources = copySources.filter((source) => codes('state', source).includes('SL'));
    expect(sources).toEqual(['own-true-copy', 'received-true-copy']);
  });

  it.each(['SL', 'TRS'])('lets nothing be copied of %s', (typeCode) => {
    for (const bloc of blocs) expect(codes(bloc, copySourceOf('received', typeCode))).toEqual([]);
  });

  it('says of each rule and each series where it stands, and how sure that is', () => {
    const bases = [...blocs.flatMap((bloc) => copyRules[bloc].map(({ basis }) => basis))];
    for (const basis of [...bases, ...Object.values(copySeriesRules)]) expect(basis.source).not.toBe('');
  });
});

describe('the number of a copy', () => {
  const numbered = (bloc: Bloc, code: CopyCode): string => {
    const type = documentType(bloc, code);
    if (type === undefined) throw new Error(`no type ${code}`);
    return formatNumber({ bloc, type, number: 5, bodySymbol: 'TU', year: 2026 }).symbol;
  };

  it('carries the kind in the State, and one mark for all kinds in the Party', () => {
    expect(copyCodes.map((code) => numbered('state', code))).toEqual(['05/SY-TU', '05/SL-TU', '05/TrS-TU']);
    expect(copyCodes.map((code) => numbered('party', code))).toEqual(['05-BS/TU', '05-BS/TU', '05-BS/TU']);
  });

  it('runs through all kinds of copy, apart from the documents themselves', () => {
    const key = (code: string): string | undefined => {
      const type = documentType('state', code);
      return type && seriesKeyFor({ ...inputs, type })?.typeGroup;
    };
    const inputs = {
      bloc: 'state',
      bodySymbol: 'BKHCN',
      secrecy: 'THUONG',
      today: '2026-11-22',
      terms: [],
    } as const;
    expect(copyCodes.map(key)).toEqual(['COPY', 'COPY', 'COPY']);
    expect(key('QD')).toBe('QD');
  });

  it('belongs to types that no body is given and nobody drafts', () => {
    for (const bloc of blocs)
      expect(documentTypesOf(bloc).filter(({ code }) => copyCodes.some((copy) => copy === code))).toEqual([]);
  });
});
