import { demoBody, demoDirectory } from '#directory';

import { documentType } from './document-types';
import { issuingFault, issuingLimits } from './may-issue';

describe('who may issue which type', () => {
  it('is told by the body, not by its level', () => {
    const board = demoBody('dangsonthuy/btv');
    const committee = demoBody('dangsonthuy/bch');
    const fault = (body: typeof board, typeCode: string) =>
      issuingFault({ bloc: 'party', typeCode, mayIssue: body.mayIssue });
    expect(fault(board, 'HD')).toBeUndefined();
    expect(fault(committee, 'HD')).toBe('TYPE_NOT_ALLOWED');
    expect(fault(committee, 'QC')).toBeUndefined();
    expect(fault(board, 'QC')).toBe('TYPE_NOT_ALLOWED');
    expect(fault(board, 'GDPR')).toBe('TYPE_NOT_KNOWN');
  });

  it('respects in the demo what 399-QĐ/TW says of grass-roots committees and their boards', () => {
    const bodies = { 'grassroots-committee': 'bch', 'grassroots-standing-board': 'btv' } as Readonly<
      Record<string, string>
    >;
    for (const limit of issuingLimits) {
      const found = demoDirectory.bodies.filter(
        ({ key }) => /^dang/.test(key) && key.endsWith(`/${bodies[limit.author] ?? ''}`),
      );
      expect(found.length).toBeGreaterThan(0);
      for (const body of found)
        for (const typeCode of limit.mayNotIssue) expect(body.mayIssue).not.toContain(typeCode);
    }
  });

  it('names in the demo only types that the bloc knows', () => {
    for (const body of demoDirectory.bodies) {
      const agency = demoDirectory.agencies.find(({ id }) => id === body.agencyId)!;
      for (const code of body.mayIssue)
        expect([code, documentType(agency.bloc, code)?.code]).toEqual([code, code]);
    }
  });
});
