import { documentType, partyDocumentTypes, stateDocumentTypes } from './document-types';

describe('document types', () => {
  it('counts 29 administrative types of State bodies (Decree 30/2020 art. 7)', () => {
    expect(stateDocumentTypes.filter((type) => type.numberStyle !== 'normative')).toHaveLength(29);
  });

  it('counts 25 types and 8 papers of Party bodies (399-QĐ/TW)', () => {
    expect(partyDocumentTypes).toHaveLength(33);
  });

  it.each([stateDocumentTypes, partyDocumentTypes])('has each code once', (...types) => {
    expect(new Set(types.map((type) => type.code)).size).toBe(types.length);
  });

  it('keeps quyết định and quy định of the Party apart though both are written QĐ', () => {
    expect(documentType('party', 'QD')?.abbreviation).toBe('QĐ');
    expect(documentType('party', 'QYD')?.abbreviation).toBe('QĐ');
    expect(documentType('state', 'QYD')?.abbreviation).toBe('QyĐ');
  });

  it('knows kết luận in the Party alone and công điện in the State alone', () => {
    expect(documentType('state', 'KL')).toBeUndefined();
    expect(documentType('party', 'CONGDIEN')).toBeUndefined();
  });
});
