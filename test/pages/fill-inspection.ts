import { demoAgency, demoPerson } from '#directory';
import { today } from '../support/fixtures';
import { ok } from '../support/desk';
import type { TestNode } from '../support/test-node';

interface Made {
  readonly id: string;
}

/** Inspection decisions of Tỉnh ủy Lam Giang in every state, and somebody who tried too much. */
export async function fillInspection(node: TestNode): Promise<void> {
  const leader = await node.as('lanhdao.tinhuy');
  const deputy = await node.as('pho.tinhuy');
  const enter = async (decision: string, subject: string, more: object = {}): Promise<string> => {
    const given = {
      ...{ decision, subject, team: [demoPerson('kiemtra.tinhuy').id] },
      agencyIds: ['dangsonthuy', 'dangdongkinh'].map((key) => demoAgency(key).id),
      ...{ periodFrom: today(-90), periodTo: today(), opensOn: today(), expiresOn: today(29) },
      ...more,
    };
    return (await ok<Made>(201, leader.post('/mandates', given))).id;
  };
  const confirm = (id: string): Promise<unknown> => ok(200, deputy.post(`/mandates/${id}/confirm`));
  const over = await enter('31-QĐ/UBKTTU', 'Kiểm tra việc lập hồ sơ công việc');
  await confirm(over);
  await ok(200, leader.post(`/mandates/${over}/close`, { reason: 'Đã có thông báo kết luận.' }));
  await confirm(await enter('45-QĐ/UBKTTU', 'Kiểm tra việc gửi, nhận và xử lý văn bản điện tử'));
  await confirm(
    await enter('52-QĐ/UBKTTU', 'Giám sát việc bảo vệ bí mật nhà nước', {
      opensOn: today(7),
      expiresOn: today(60),
    }),
  );
  await enter('58-QĐ/UBKTTU', 'Kiểm tra việc quản lý, sử dụng chữ ký số');
  const drafter = await node.as('chuyenvien.tinhuy');
  for (let tries = 0; tries < 6; tries += 1) await drafter.get('/dead-letters');
}
