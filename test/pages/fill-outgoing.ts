import { demoAgency, demoPerson } from '#directory';
import { samplePdf } from '../../libs/signing/src/testing';
import { Desk, ok, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';

/** Outgoing documents with reviewers, annexes, several recipients and paper, and a group to choose from. */
export async function fillOutgoing(node: TestNode): Promise<void> {
  const board = new Desk(node, staffs.provinceBoard);
  const drafter = await board.drafter;
  const reviewers = [
    { name: 'Thẩm định thể thức', personId: demoPerson('vanthu.tinhuy').id },
    { name: 'Ý kiến Phó Bí thư', personId: demoPerson('pho.tinhuy').id },
  ];
  const recipients = [
    ...['ubnd', 'dangsonthuy', 'vptu', 'ubkttu'].map((key) => ({ agencyId: demoAgency(key).id })),
    { agencyId: demoAgency('dangdongkinh').id, channel: 'kt1', copies: 2 },
  ];
  const paperRecipients = [
    {
      name: 'Hội Cựu chiến binh xã Sơn Thủy',
      address: 'Thôn Trung, xã Sơn Thủy, tỉnh Lam Giang',
      channel: 'post',
      copies: 1,
    },
  ];
  const paperReason = 'Nơi nhận chưa kết nối hệ thống hoặc cần bản giấy để lưu hồ sơ.';
  await ok(
    201,
    drafter.post('/recipient-groups', {
      name: 'Các đảng ủy xã',
      recipients: ['dangsonthuy', 'dangdongkinh'].map((key) => ({ agencyId: demoAgency(key).id })),
      paperRecipients: [],
    }),
  );
  const given = { reviewers, recipients, paperRecipients, paperReason };
  const withFiles = async (abstract: string): Promise<string> => {
    const id = await board.created({ ...given, abstract });
    for (const [role, title, pages] of [
      ['main', 'Công văn', 3],
      ['annex', 'Phụ lục I. Danh mục nhiệm vụ', 2],
      ['attachment', 'Báo cáo kết quả năm trước', 1],
    ] as const)
      await ok(
        201,
        drafter.upload(`/documents/${id}/files`, {
          bytes: await samplePdf({ pages, xref: 'table' }),
          role,
          title,
        }),
      );
    await ok(200, drafter.post(`/documents/${id}/submit`));
    return id;
  };
  await withFiles('Về việc chuẩn bị sơ kết một năm sắp xếp tổ chức bộ máy của hệ thống chính trị');
  const id = await withFiles('Về việc tăng cường gửi, nhận văn bản điện tử và sử dụng chữ ký số chuyên dùng');
  await ok(200, (await board.clerk).post(`/documents/${id}/initial`, { comment: 'Thể thức đúng quy định.' }));
  await ok(200, (await node.as('pho.tinhuy')).post(`/documents/${id}/initial`));
  await ok(200, (await board.leader).post(`/documents/${id}/approve`));
  await board.sign('personal', [id]);
  await ok(200, (await board.clerk).post(`/documents/${id}/number`));
  await board.sign('agency', [id]);
  await ok(200, (await board.clerk).post(`/documents/${id}/issue`));
}
