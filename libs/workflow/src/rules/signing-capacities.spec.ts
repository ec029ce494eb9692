import type { CapacityQuestion, SignerPost } from './signing-capacities';
import { capacityFault, signatureBlock } from './signing-capacities';

const secretary: SignerPost = {
  title: 'Bí thư',
  rank: 'head',
  place: 'issuing-body',
  headTitle: 'Bí thư',
  acting: false,
};
const deputySecretary: SignerPost = { ...secretary, title: 'Phó Bí thư', rank: 'deputy' };
const chief: SignerPost = {
  title: 'Chánh Văn phòng',
  rank: 'head',
  place: 'issuing-body',
  headTitle: 'Chánh Văn phòng',
  acting: false,
};
const deputyChief: SignerPost = { ...chief, title: 'Phó Chánh Văn phòng', rank: 'deputy' };
const party = { bloc: 'party', authority: null, today: '2026-11-08' } as const;
const state = { bloc: 'state', authority: null, today: '2026-11-08' } as const;

describe('signing capacity in the Party', () => {
  it('lets secretary and deputy sign T/M for a committee', () => {
    for (const post of [secretary, deputySecretary]) {
      expect(capacityFault({ ...party, code: 'TM', bodyKind: 'collective', post })).toBeUndefined();
    }
    expect(
      signatureBlock({
        ...party,
        code: 'TM',
        bodyKind: 'collective',
        bodyName: 'Ban Thường vụ',
        post: deputySecretary,
      }),
    ).toEqual(['T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ']);
  });

  it('never lets a committee sign K/T, but an office', () => {
    expect(capacityFault({ ...party, code: 'KT', bodyKind: 'collective', post: deputySecretary })).toBe(
      'CAPACITY_NOT_ALLOWED',
    );
    expect(capacityFault({ ...party, code: 'KT', bodyKind: 'headed', post: deputyChief })).toBeUndefined();
    expect(
      signatureBlock({
        ...party,
        code: 'KT',
        bodyKind: 'headed',
        bodyName: 'Văn phòng Tỉnh ủy',
        post: deputyChief,
      }),
    ).toEqual(['K/T CHÁNH VĂN PHÒNG', 'PHÓ CHÁNH VĂN PHÒNG']);
  });

  it('lets the chief of office sign T/L for the standing board', () => {
    const post: SignerPost = { ...chief, place: 'subordinate-unit' };
    expect(capacityFault({ ...party, code: 'TL', bodyKind: 'collective', post })).toBeUndefined();
    expect(capacityFault({ ...party, code: 'TL', bodyKind: 'collective', post: chief })).toBe(
      'CAPACITY_NOT_ALLOWED',
    );
    expect(
      signatureBlock({ ...party, code: 'TL', bodyKind: 'collective', bodyName: 'Ban Thường vụ', post }),
    ).toEqual(['T/L BAN THƯỜNG VỤ', 'CHÁNH VĂN PHÒNG']);
  });

  it('knows no T/U and no Q.', () => {
    for (const code of ['TUQ', 'Q'] as const) {
      expect(capacityFault({ ...party, code, bodyKind: 'headed', post: chief })).toBe('CAPACITY_NOT_ALLOWED');
    }
  });
});

describe('signing capacity in the State', () => {
  const minister: SignerPost = {
    title: 'Bộ trưởng',
    rank: 'head',
    place: 'issuing-body',
    headTitle: 'Bộ trưởng',
    acting: false,
  };
  const deputyMinister: SignerPost = { ...minister, title: 'Thứ trưởng', rank: 'deputy' };

  it('lets the head of a ministry sign in the post’s own name and the deputy KT.', () => {
    expect(capacityFault({ ...state, code: 'DIRECT', bodyKind: 'headed', post: minister })).toBeUndefined();
    expect(capacityFault({ ...state, code: 'DIRECT', bodyKind: 'headed', post: deputyMinister })).toBe(
      'CAPACITY_NOT_ALLOWED',
    );
    expect(capacityFault({ ...state, code: 'KT', bodyKind: 'headed', post: deputyMinister })).toBeUndefined();
    expect(
      signatureBlock({ ...state, code: 'KT', bodyKind: 'headed', bodyName: 'Bộ', post: deputyMinister }),
    ).toEqual(['KT. BỘ TRƯỞNG', 'THỨ TRƯỞNG']);
  });

  it('prints TM. and KT. for a deputy who signs for a People’s Committee', () => {
    const chairman: SignerPost = {
      title: 'Chủ tịch',
      rank: 'head',
      place: 'issuing-body',
      headTitle: 'Chủ tịch',
      acting: false,
    };
    const deputy: SignerPost = { ...chairman, title: 'Phó Chủ tịch', rank: 'deputy' };
    const block = (post: SignerPost): readonly string[] =>
      signatureBlock({ ...state, code: 'TM', bodyKind: 'collective', bodyName: 'Ủy ban nhân dân', post });
    expect(block(chairman)).toEqual(['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH']);
    expect(block(deputy)).toEqual(['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
  });

  it('lets nobody sign TUQ. without a written authority that still runs', () => {
    const question: CapacityQuestion = {
      ...state,
      code: 'TUQ',
      bodyKind: 'headed',
      post: { ...minister, place: 'subordinate-unit' },
    };
    expect(capacityFault(question)).toBe('AUTHORITY_MISSING');
    expect(
      capacityFault({ ...question, authority: { reference: '12/GUQ-BKHCN', validUntil: '2026-11-07' } }),
    ).toBe('AUTHORITY_EXPIRED');
    expect(
      capacityFault({ ...question, authority: { reference: '12/GUQ-BKHCN', validUntil: '2026-11-08' } }),
    ).toBeUndefined();
  });

  it('lets only an acting head sign Q.', () => {
    const question: CapacityQuestion = { ...state, code: 'Q', bodyKind: 'headed', post: deputyMinister };
    expect(capacityFault(question)).toBe('CAPACITY_NOT_ALLOWED');
    expect(capacityFault({ ...question, post: { ...deputyMinister, acting: true } })).toBeUndefined();
    expect(
      signatureBlock({ ...state, code: 'Q', bodyKind: 'headed', bodyName: 'Bộ', post: deputyMinister }),
    ).toEqual(['Q. BỘ TRƯỞNG']);
  });

  it('lets nobody hide that the work of the head is only held: neither in the own name nor TM.', () => {
    const acting = { ...minister, acting: true };
    expect(capacityFault({ ...state, code: 'DIRECT', bodyKind: 'headed', post: acting })).toBe(
      'CAPACITY_NOT_ALLOWED',
    );
    expect(capacityFault({ ...state, code: 'TM', bodyKind: 'collective', post: acting })).toBe(
      'CAPACITY_NOT_ALLOWED',
    );
    expect(
      signatureBlock({ ...state, code: 'Q', bodyKind: 'collective', bodyName: 'Ủy ban', post: acting }),
    ).toEqual(['TM. ỦY BAN', 'Q. BỘ TRƯỞNG']);
  });

  it('lets staff sign nothing', () => {
    for (const code of ['DIRECT', 'TM', 'KT', 'TL', 'TUQ', 'Q'] as const) {
      const post: SignerPost = { ...minister, rank: 'staff' };
      expect(capacityFault({ ...state, code, bodyKind: 'headed', post })).toBe('CAPACITY_NOT_ALLOWED');
    }
  });
});
