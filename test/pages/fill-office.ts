import { demoAgency, demoBody } from '#directory';
import { fillIncoming } from './fill-incoming';
import { fillInspection } from './fill-inspection';
import { fillOutgoing } from './fill-outgoing';
import { fillRegisters } from './fill-registers';
import { sampleLetter } from '../../apps/launcher/src/job/sample-documents';
import { Desk, newDocument, ok, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';

const abstracts = [
  'Về việc triển khai Đề án chuyển đổi số trong các cơ quan đảng giai đoạn 2026–2030',
  'Về việc báo cáo tình hình tiếp nhận và xử lý văn bản điện tử quý III năm 2026',
  'Về việc cử cán bộ tham dự lớp bồi dưỡng nghiệp vụ văn thư, lưu trữ',
  'Về việc chuẩn bị nội dung Hội nghị Ban Chấp hành lần thứ chín',
  'Về việc rà soát danh mục thủ tục hành chính nội bộ',
  'Về việc phối hợp tổ chức tiếp xúc cử tri trước kỳ họp cuối năm',
] as const;

/**
 * An office in the middle of its morning: documents in every state of the outgoing procedure, and others that
 * arrived, so that every page has something to show. Everything through the HTTP API, as people would do it.
 */
export async function fillOffice(node: TestNode): Promise<void> {
  const letter = { bytes: await sampleLetter(), name: 'cong-van.pdf' };
  const board = new Desk(node, staffs.provinceBoard);
  const committee = new Desk(node, staffs.peoplesCommittee);
  const abstract = (n: number): { readonly abstract: string } => ({
    abstract: abstracts[n % abstracts.length] ?? abstracts[0],
  });
  const toCommittee = [{ agencyId: demoAgency('ubnd').id }];
  const toBoard = [{ agencyId: demoAgency('tinhuy').id }];

  await board.draft(abstract(0), letter);
  await board.inReview({ ...abstract(1), urgency: 1 }, letter);
  await board.inReview(abstract(2), letter);
  await board.approved({ ...abstract(3), urgency: 3 }, letter);
  await board.approved(abstract(4), letter);
  await board.personSigned(abstract(5), letter);
  await board.numbered(abstract(0), letter);
  await board.agencySigned({ ...abstract(1), urgency: 2 }, letter);
  await board.issued({ ...abstract(2), recipients: toCommittee }, letter);
  for (const n of [0, 1, 2, 3, 4, 5])
    await committee.issued({ ...abstract(n), urgency: n === 1 ? 3 : 0, recipients: toBoard }, letter);

  const drafter = await board.drafter;
  const returned = await board.inReview(abstract(4), letter);
  await ok(
    200,
    (await board.leader).post(`/documents/${returned}/return`, {
      reason: 'Bổ sung số liệu của các xã miền núi.',
    }),
  );
  await answeredReturn(board);
  await ok(
    201,
    drafter.post('/documents', newDocument(board.by, { ...abstract(5), bodyId: demoBody(board.by.body).id })),
  );
  await fillOutgoing(node);
  await fillRegisters(node);
  await fillIncoming(node);
  await fillInspection(node);
}

/** A draft that came back once and waits again, so that its leader can see what is different. */
async function answeredReturn(board: Desk): Promise<void> {
  const drafter = await board.drafter;
  const drawn = async (...added: readonly string[]): Promise<{ bytes: Uint8Array; name: string }> => ({
    bytes: await sampleLetter(...added),
    name: 'cong-van.pdf',
  });
  const id = await board.inReview(
    { abstract: 'Về việc lập danh mục dữ liệu dùng chung của các cơ quan đảng' },
    await drawn('Các cơ quan lập danh mục dữ liệu trong quý I năm 2027.'),
  );
  await ok(
    200,
    (await board.leader).post(`/documents/${id}/return`, { reason: 'Nêu rõ thời hạn và đầu mối liên hệ.' }),
  );
  await ok(
    200,
    drafter.call('PATCH', `/documents/${id}`, {
      json: {
        abstract: 'Về việc lập và cập nhật danh mục dữ liệu dùng chung của các cơ quan đảng',
        urgency: 1,
      },
    }),
  );
  const { bytes } = await drawn(
    'Các cơ quan lập danh mục dữ liệu trước ngày 31 tháng 01 năm 2027.',
    'Đầu mối liên hệ: Phòng Cơ yếu – Công nghệ thông tin.',
  );
  await ok(201, drafter.upload(`/documents/${id}/files`, { bytes, role: 'main', title: 'Công văn' }));
  await ok(200, drafter.post(`/documents/${id}/submit`));
}
