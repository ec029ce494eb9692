import { demoAgency, demoPerson } from '#directory';
import { Desk, ok, staffs } from '../../support/desk';
import type { TestNode } from '../../support/test-node';

/** By what the papers of the day are recognised. */
export const subjects = {
  letter: 'Về việc gửi, nhận văn bản điện tử có chữ ký số',
  corrected: 'Về việc gửi, nhận văn bản điện tử có chữ ký số trong quý IV',
  batch: 'Về việc kiện toàn Ban Chỉ đạo chuyển đổi số, lô',
  refused: 'Về việc bàn giao tài sản của Sở Nội vụ',
  recalled: 'Về việc mời họp giao ban tháng 12',
  overdue: 'Về việc báo cáo kết quả sắp xếp đơn vị hành chính cấp xã',
  express: 'Hỏa tốc: ứng phó với bão số 13',
  reply: 'Về việc trả lời đề nghị gửi, nhận văn bản điện tử',
  paper: 'Về việc mượn hội trường tổ chức đại hội',
} as const;

/** Twenty with the letter itself would be twenty-one: the letter is signed before, alone. */
export const batchSize = 20;

/** What lay on the desks the evening before; everything through the API, as people would have done it. */
export async function prepareDay(node: TestNode): Promise<void> {
  const board = new Desk(node, staffs.provinceBoard);
  const committee = new Desk(node, staffs.peoplesCommittee);
  const toCommittee = { recipients: [{ agencyId: demoAgency('ubnd').id }] };
  await ok(
    201,
    (await board.drafter).post('/recipient-groups', {
      name: 'Các đảng ủy xã',
      recipients: ['dangsonthuy', 'dangdongkinh'].map((key) => ({ agencyId: demoAgency(key).id })),
      paperRecipients: [],
    }),
  );
  await board.issued({ abstract: subjects.overdue, ...toCommittee });
  await board.issued({ abstract: subjects.refused, ...toCommittee });
  await board.issued({ abstract: subjects.express, urgency: 3, ...toCommittee });
  await board.issued({ abstract: subjects.recalled, ...toCommittee });
  await committee.issued({
    abstract: subjects.reply,
    recipients: [{ agencyId: demoAgency('tinhuy').id }],
  });
  for (let n = 1; n <= batchSize; n += 1) await board.approved({ abstract: `${subjects.batch} ${n}` });
  await handOverLate(node);
}

/** Somebody has had a document on the desk since before yesterday, when it was due. */
async function handOverLate(node: TestNode): Promise<void> {
  const clerk = await node.as('vanthu.ubnd');
  const id = await arrived(node, subjects.overdue);
  await ok(200, clerk.post(`/incoming/${id}/verify`));
  await ok(200, clerk.post(`/incoming/${id}/accept`));
  const leaderPersonId = demoPerson('lanhdao.ubnd').id;
  await ok(200, clerk.post(`/incoming/${id}/submit`, { leaderPersonId }));
  await ok(
    200,
    (await node.as('lanhdao.ubnd')).post(`/incoming/${id}/instruct`, {
      text: 'Giao chuyên viên tham mưu văn bản trả lời.',
      lead: { personId: demoPerson('chuyenvien.ubnd').id },
      support: [],
      inform: [],
      due: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    }),
  );
  for (const [table, key] of [
    ['handling', 'id'],
    ['handling_task', 'handling_id'],
  ] as const)
    await node.database.ownerDataSource.query(
      `UPDATE workflow.${table} SET due_on = current_date - 2 WHERE ${key} = $1`,
      [id],
    );
}

/** The id of what came to the people's committee, once all of it is there. */
async function arrived(node: TestNode, abstract: string): Promise<string> {
  const wanted: readonly string[] = [subjects.overdue, subjects.refused, subjects.express, subjects.recalled];
  for (let tries = 0; tries < 150; tries += 1) {
    const rows = await node.query<{ id: string; abstract: string }>(
      'SELECT id, abstract FROM workflow.incoming WHERE abstract = ANY($1)',
      [wanted],
    );
    const found = rows.find((row) => row.abstract === abstract);
    if (found && rows.length === wanted.length) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the documents did not arrive');
}
