import { demoAgency, demoBody, demoPerson } from '#directory';
import { newId } from '#platform';

import { newDocument, postOf, provinceCommittee, staff } from '../testing/test-documents';
import type { TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import { actionsOf } from '../testing/trail';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice({ signers: [], agencies: [] });
}, 120_000);
afterAll(() => office.close());

const ministry = staff('bkhcn', 'bkhcn/bo', 'DIRECT', 'QD');

describe('POST /documents', () => {
  it('opens a draft with the signature block as it will be printed', async () => {
    const answer = await office
      .as('chuyenvien.tinhuy')
      .post('/documents', newDocument(provinceCommittee))
      .expect(201);
    expect(answer.body).toMatchObject({
      state: 'DRAFT',
      version: 1,
      draftNo: 1,
      typeName: 'Nghị quyết',
      signer: { capacity: 'TM', block: ['T/M BAN THƯỜNG VỤ', 'BÍ THƯ'] },
      number: null,
    });
    expect(await actionsOf(office, (answer.body as { id: string }).id)).toEqual(['document.created success']);
  });

  it('lets the chief of the office sign T/L for the standing board of another agency', async () => {
    const given = { signerPostId: postOf('lanhdao.vptu'), capacity: { code: 'TL' }, typeCode: 'TB' };
    const answer = await office
      .as('chuyenvien.tinhuy')
      .post('/documents', newDocument(provinceCommittee, given))
      .expect(201);
    expect(answer.body).toMatchObject({ signer: { block: ['T/L BAN THƯỜNG VỤ', 'CHÁNH VĂN PHÒNG'] } });
  });

  it.each([
    ['a type the Party does not know', { typeCode: 'CONGDIEN' }, 422, 'TYPE_NOT_KNOWN'],
    ['a type the body may not issue', { typeCode: 'QH' }, 422, 'TYPE_NOT_ALLOWED'],
    ['a paper that takes no number', { typeCode: 'GM' }, 422, 'TYPE_NOT_NUMBERED'],
    ['a body of another agency', { bodyId: demoBody('bkhcn/bo').id }, 422, 'BODY_NOT_FOUND'],
    ['a post that does not exist', { signerPostId: newId() }, 422, 'POST_NOT_FOUND'],
    ['a post of another agency', { signerPostId: postOf('lanhdao.bkhcn') }, 422, 'CAPACITY_NOT_ALLOWED'],
    [
      'K/T for a committee',
      { signerPostId: postOf('pho.tinhuy'), capacity: { code: 'KT' } },
      422,
      'CAPACITY_NOT_ALLOWED',
    ],
    ['T/U, which the Party does not know', { capacity: { code: 'TUQ' } }, 422, 'CAPACITY_NOT_ALLOWED'],
    ['a clerk’s post as signer', { signerPostId: postOf('vanthu.tinhuy') }, 422, 'CAPACITY_NOT_ALLOWED'],
    [
      'an unknown recipient',
      { recipients: [{ agencyId: demoAgency('vptu').id }, { agencyId: newId() }] },
      422,
      'RECIPIENT_UNKNOWN',
    ],
    [
      'a recipient that has been merged',
      { recipients: [{ agencyId: demoAgency('sotttt').id }] },
      422,
      'RECIPIENT_UNKNOWN',
    ],
    [
      'a reviewer of another agency',
      { reviewers: [{ name: 'Thể thức', personId: demoPerson('lanhdao.bkhcn').id }] },
      422,
      'REVIEWER_UNKNOWN',
    ],
    ['a secret document', { secrecy: 'MAT' }, 422, 'SECRECY_NOT_SUPPORTED'],
    ['an abstract of a top-secret document', { secrecy: 'TUYET_MAT' }, 422, 'ABSTRACT_FORBIDDEN'],
    ['no abstract', { abstract: undefined }, 422, 'ABSTRACT_MISSING'],
    ['a timed express document without its time', { urgency: 4 }, 422, 'URGENCY_TIME_REQUIRED'],
    [
      'a time that does not exist',
      { urgency: 4, urgencyAt: '2026-13-01T08:00:00Z' },
      422,
      'URGENCY_TIME_REQUIRED',
    ],
    [
      'a time on an ordinary document',
      { urgencyAt: '2026-12-01T08:00:00+07:00' },
      422,
      'URGENCY_TIME_FORBIDDEN',
    ],
    ['bidi marks in the abstract', { abstract: 'Về \u202eviệc' }, 400, 'VALIDATION_FAILED'],
    ['an unknown field', { state: 'ISSUED' }, 400, 'VALIDATION_FAILED'],
  ])('refuses %s', async (_, given, status, code) => {
    const answer = await office
      .as('chuyenvien.tinhuy')
      .post('/documents', newDocument(provinceCommittee, given))
      .expect(status);
    expect(answer.body).toMatchObject({
      code,
      detail: { vi: expect.any(String) as string, en: expect.any(String) as string },
    });
  });

  it('names every recipient at fault', async () => {
    const recipients = [newId(), demoAgency('vptu').id, newId()].map((agencyId) => ({ agencyId }));
    const answer = await office
      .as('chuyenvien.tinhuy')
      .post('/documents', newDocument(provinceCommittee, { recipients }))
      .expect(422);
    expect((answer.body as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual([
      'recipients[0]',
      'recipients[2]',
    ]);
  });

  it('asks a State signatory TUQ. for the written authority', async () => {
    const given = (authority?: object): Record<string, unknown> =>
      newDocument(ministry, { capacity: { code: 'TUQ', ...(authority && { authority }) } });
    const drafter = office.as('chuyenvien.bkhcn');
    const missing = await drafter.post('/documents', given()).expect(422);
    expect(missing.body).toMatchObject({ code: 'AUTHORITY_MISSING' });
    const over = await drafter
      .post('/documents', given({ reference: '12/GUQ-BKHCN', validUntil: '2020-01-01' }))
      .expect(422);
    expect(over.body).toMatchObject({ code: 'AUTHORITY_EXPIRED' });
    await drafter
      .post('/documents', given({ reference: '12/GUQ-BKHCN', validUntil: '2099-01-01' }))
      .expect(201);
  });

  it.each(['vanthu.tinhuy', 'lanhdao.tinhuy', 'kiemtra.tinhuy', 'quantri.tinhuy'])(
    'is closed to %s',
    async (person) => {
      const answer = await office.as(person).post('/documents', newDocument(provinceCommittee)).expect(403);
      expect(answer.body).toMatchObject({ code: 'POLICY_DENIED' });
    },
  );
});
