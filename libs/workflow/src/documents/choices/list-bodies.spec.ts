import { demoBody, demoDirectory, demoPerson } from '#directory';
import type { Page } from '#platform';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import type { BodyChoices } from './list-bodies';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice({ signers: [], agencies: [] });
}, 120_000);
afterAll(() => office.close());

async function bodyOf(person: string, key: string): Promise<BodyChoices> {
  const { items } = (await office.as(person).get('/bodies').expect(200)).body as Page<BodyChoices>;
  const body = items.find(({ id }) => id === demoBody(key).id);
  if (!body) throw new Error(`${person} does not see ${key}`);
  return body;
}

/** `holder: CODE block / block`, one for each capacity. */
function choices({ signers }: BodyChoices): readonly string[] {
  return signers.flatMap(({ holders, capacities }) =>
    capacities.map(
      ({ code, block, needsAuthority }) =>
        `${holders[0]?.fullName ?? ''}: ${code} ${block.join(' / ')}${needsAuthority ? ' (authority)' : ''}`,
    ),
  );
}

describe('GET /api/v1/bodies', () => {
  it('offers the bodies of the own agency alone', async () => {
    const { items } = (await office.as('chuyenvien.tinhuy').get('/bodies').expect(200))
      .body as Page<BodyChoices>;
    expect(items.map(({ name }) => name).toSorted()).toEqual([
      'Ban Thường vụ',
      'Thường trực Tỉnh ủy',
      'Tỉnh ủy',
    ]);
  });

  it('names the types that a body may issue', async () => {
    const { types } = await bodyOf('chuyenvien.tinhuy', 'tinhuy/btv');
    expect(types.map(({ code }) => code)).toEqual(demoBody('tinhuy/btv').mayIssue);
    expect(types).toContainEqual({
      code: 'QYD',
      name: 'Quy định',
      en: 'Regulation',
      abbreviation: 'QĐ',
      numberStyle: 'typed',
    });
  });

  it('says who signs for a Party board, a chief of another agency by order among them', async () => {
    expect(choices(await bodyOf('chuyenvien.tinhuy', 'tinhuy/btv'))).toEqual([
      'Nguyễn Thị Ánh Tuyết: TM T/M BAN THƯỜNG VỤ / BÍ THƯ',
      'Hoàng Văn Khải: TM T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ',
      'Lý Quang Thắng: TL T/L BAN THƯỜNG VỤ / CHÁNH VĂN PHÒNG',
    ]);
  });

  it('says who signs for a headed State body, with the lines above each name', async () => {
    expect(choices(await bodyOf('chuyenvien.ubnd', 'ubnd/chutich'))).toEqual([
      'Võ Đình Thưởng: DIRECT CHỦ TỊCH',
      'Võ Đình Thưởng: TUQ TUQ. CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / CHỦ TỊCH (authority)',
      'Huỳnh Thị Mỹ Duyên: KT KT. CHỦ TỊCH / PHÓ CHỦ TỊCH',
      'Huỳnh Thị Mỹ Duyên: TUQ TUQ. CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / PHÓ CHỦ TỊCH (authority)',
      'Đoàn Văn Hậu: TL TL. CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / CHÁNH VĂN PHÒNG',
      'Đoàn Văn Hậu: TUQ TUQ. CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / CHÁNH VĂN PHÒNG (authority)',
      'Nguyễn Phúc Ưng: TL TL. CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / GIÁM ĐỐC',
      'Nguyễn Phúc Ưng: TUQ TUQ. CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH / GIÁM ĐỐC (authority)',
    ]);
  });

  it('offers what the creation of a document then takes', async () => {
    const body = await bodyOf('chuyenvien.ubnd', 'ubnd/vp');
    for (const { postId, capacities } of body.signers)
      for (const { code, needsAuthority, block } of capacities) {
        const authority = needsAuthority ? { reference: '01/GUQ', validUntil: '2099-12-31' } : undefined;
        const response = await office.as('chuyenvien.ubnd').post('/documents', {
          bodyId: body.id,
          typeCode: 'CV',
          abstract: 'Về việc thử khối ký',
          secrecy: 'THUONG',
          urgency: 0,
          signerPostId: postId,
          capacity: { code, ...(authority && { authority }) },
          recipients: [],
          reviewers: [],
        });
        expect([code, block, response.status]).toEqual([code, block, 201]);
      }
    expect(body.signers.length).toBeGreaterThan(0);
  });

  it('leaves one entry in the trail, and names no post of staff', async () => {
    const staff = demoDirectory.posts.filter(({ rank }) => rank === 'staff').map(({ id }) => id);
    const { signers } = await bodyOf('vanthu.vptu', 'vptu/vp');
    expect(signers.map(({ postId }) => postId).filter((id) => staff.includes(id))).toEqual([]);
    const rows = await office.database.dataSource.query<unknown[]>(
      `SELECT 1 FROM audit.entry WHERE action = 'directory.read' AND person_id = $1`,
      [demoPerson('vanthu.vptu').id],
    );
    expect(rows).toHaveLength(1);
  });
});
