import { demoAgency, demoPerson } from '#directory';
import { samplePdf } from '../../libs/signing/src/testing';
import { Desk, ok, staffs } from '../support/desk';
import type { Caller } from '../support/caller';
import type { TestNode } from '../support/test-node';

interface Arrived {
  readonly items: readonly { readonly id: string; readonly abstract: string | null }[];
}

const subjects = [
  'Về việc báo cáo kết quả sắp xếp đơn vị hành chính cấp xã',
  'Về việc góp ý dự thảo Quy chế phối hợp giữa Tỉnh ủy và Ủy ban nhân dân tỉnh',
  'Về việc đề nghị bố trí kinh phí bảo trì hệ thống mạng',
  'Về việc cung cấp số liệu phục vụ hội nghị giao ban',
  'Về việc mời dự lễ khai giảng lớp bồi dưỡng lý luận chính trị',
] as const;

/** What arrived for Tỉnh ủy Lam Giang: in every stage from the verdict to the result, by message and on paper. */
export async function fillIncoming(node: TestNode): Promise<void> {
  const committee = new Desk(node, staffs.peoplesCommittee);
  const clerk = await node.as('vanthu.tinhuy');
  const leader = await node.as('lanhdao.tinhuy');
  const lead = await node.as('chuyenvien.tinhuy');
  for (const [n, abstract] of subjects.entries())
    await committee.issued({
      abstract,
      urgency: n === 3 ? 2 : 0,
      recipients: [{ agencyId: demoAgency('tinhuy').id }],
    });
  const [toRefuse, toSubmit, toInstruct, toStart, toComplete] = await arrivedOf(clerk);

  const accepted = async (id = ''): Promise<string> => {
    await ok(200, clerk.post(`/incoming/${id}/verify`));
    await ok(200, clerk.post(`/incoming/${id}/accept`));
    return id;
  };
  const submitted = async (id?: string): Promise<string> => {
    const done = await accepted(id);
    const note = 'Kính trình đồng chí cho ý kiến chỉ đạo.';
    const leaderPersonId = demoPerson('lanhdao.tinhuy').id;
    await ok(200, clerk.post(`/incoming/${done}/submit`, { leaderPersonId, note }));
    return done;
  };
  const instructed = async (id?: string): Promise<string> => {
    const done = await submitted(id);
    const instruction = {
      text: 'Giao chuyên viên chủ trì tham mưu văn bản trả lời, báo cáo Thường trực trước khi phát hành.',
      lead: { personId: demoPerson('chuyenvien.tinhuy').id },
      support: [{ personId: demoPerson('vanthu.tinhuy').id }],
      inform: [{ personId: demoPerson('pho.tinhuy').id }],
      due: inDays(2),
    };
    await ok(200, leader.post(`/incoming/${done}/instruct`, instruction));
    return done;
  };
  const reason = 'Gửi nhầm nơi nhận; đề nghị gửi đến Văn phòng Tỉnh ủy.';
  await ok(200, clerk.post(`/incoming/${toRefuse}/refuse`, { reason }));
  await accepted(toSubmit);
  await submitted(toInstruct);
  await instructed(toStart);
  const done = await instructed(toComplete);
  await ok(200, lead.post(`/incoming/${done}/start`));
  await ok(200, lead.post(`/incoming/${done}/complete`, { result: 'Đã có văn bản trả lời và lưu hồ sơ.' }));
  await fillPapers(clerk);
}

/** A paper with its scan, a secret by its envelope, and a top secret of which nothing is written. */
async function fillPapers(clerk: Caller): Promise<void> {
  const paper = {
    senderName: 'Hội Cựu chiến binh xã Sơn Thủy',
    typeCode: 'CV',
    symbol: '15/CV-CCB',
    issuedOn: inDays(-4),
    abstract: 'Về việc đề nghị hỗ trợ tổ chức đại hội nhiệm kỳ 2026–2031',
    secrecy: 'THUONG',
    urgency: 0,
    pages: 2,
    channel: 'post',
    receivedAt: `${inDays(-1)}T09:15:00+07:00`,
    envelopeMarks: [],
  };
  const { id } = await ok<{ readonly id: string }>(201, clerk.post('/incoming/paper', paper));
  const bytes = await samplePdf({ pages: 2, xref: 'table' });
  await ok(201, clerk.upload(`/incoming/${id}/files`, { bytes, role: 'main', title: 'Bản quét công văn' }));
  const secret = {
    ...paper,
    senderName: undefined,
    senderAgencyId: demoAgency('ubnd').id,
    abstract: null,
    channel: 'kt1',
    pages: null,
  };
  const envelope = { ...secret, secrecy: 'MAT', symbol: '04/BC-UBND', envelopeMarks: ['DAMAGED'] };
  await ok(201, clerk.post('/incoming/paper', envelope));
  await ok(
    201,
    clerk.post('/incoming/paper', {
      ...secret,
      secrecy: 'TUYET_MAT',
      typeCode: null,
      symbol: '02',
      envelopeMarks: ['ADDRESSEE_ONLY'],
    }),
  );
}

/** Ids in the order of `subjects`, once all of them have arrived. */
async function arrivedOf(clerk: Caller): Promise<readonly string[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { items } = await ok<Arrived>(200, clerk.get('/incoming'));
    const ids = subjects.flatMap((subject) => items.find(({ abstract }) => abstract === subject)?.id ?? []);
    if (ids.length === subjects.length) return ids;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the documents did not arrive');
}

/** A day from today, `YYYY-MM-DD`. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10);
}
