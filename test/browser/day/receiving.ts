import { demoPerson } from '#directory';
import { samplePdf } from '../../../libs/signing/src/testing';
import type { Step } from './day';
import { step } from './day';
import { button, dialog, gone, goTo, inDialog, link, logsIn, says } from './parts';
import { subjects } from './prepare';

const refusal = 'Gửi nhầm nơi nhận; đề nghị gửi đến Sở Nội vụ.';
const instruction = 'Giao chuyên viên chủ trì tham mưu văn bản trả lời.';
const lead = 'Hồ Sỹ Quảng';
const support = 'Trịnh Thị Thu Huyền';

/** The other agency: verdict, acceptance, refusal, a paper, bút phê, handling. */
export const receiving: readonly Step[] = [
  logsIn('receiver'),
  step('receiver', 'reads the verdict on what arrived', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Văn bản đến');
    await hand.press(link(page, /^Chờ tiếp nhận/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await says(page, 'Kết quả kiểm tra chữ ký: Hợp lệ');
    for (const line of ['Toàn vẹn', 'Người ký', 'Thẩm quyền', 'Thời gian', 'Thu hồi']) await says(page, line);
  }),
  step('receiver', 'is asked before it is accepted', async ({ page, hand }) => {
    await hand.press(button(page, 'Tiếp nhận'));
    await dialog(page).getByText('Tiếp nhận không phải là đồng ý với nội dung.').waitFor();
  }),
  step('receiver', 'accepts it under the next số đến', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Tiếp nhận'));
    await gone(dialog(page));
    await says(page, /Đã tiếp nhận: số đến 2,/);
  }),
  step('receiver', 'chooses the leader to submit it to', async ({ page, hand }) => {
    await hand.press(button(page, 'Trình lãnh đạo'));
    await hand.press(dialog(page).getByRole('radio', { name: 'Võ Đình Thưởng' }));
    await hand.write(dialog(page).getByLabel('Ý kiến trình'), 'Kính trình đồng chí cho ý kiến chỉ đạo.');
  }),
  step('receiver', 'submits it', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Trình lãnh đạo'));
    await gone(dialog(page));
    await says(page, 'Đã trình.');
  }),
  step('receiver', 'writes why another document is refused', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Văn bản đến');
    await hand.press(link(page, /^Chờ tiếp nhận/));
    await hand.press(link(page, new RegExp(subjects.refused)));
    await says(page, 'Kết quả kiểm tra chữ ký: Hợp lệ');
    await hand.press(button(page, 'Từ chối tiếp nhận'));
    await hand.write(dialog(page).getByLabel('Lý do'), refusal);
  }),
  step('receiver', 'refuses it', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Từ chối tiếp nhận'));
    await gone(dialog(page));
    await says(page, 'Đã từ chối; nơi gửi được báo kèm lý do.');
  }),
  step('receiver', 'is told what a paper lacks', async ({ page, hand }) => {
    await hand.press(link(page, 'Vào sổ văn bản giấy'));
    await hand.press(button(page, 'Vào sổ'));
    await says(page, 'Chưa đủ để vào sổ');
  }),
  step('receiver', 'fills in what stands on the paper', async ({ page, hand }) => {
    await hand.write(page.getByLabel('Hoặc ghi tên nơi gửi'), 'Hội Cựu chiến binh xã Sơn Thủy');
    await hand.press(page.getByLabel('Bì rách, hỏng'));
    await hand.choose(page.getByLabel('Tên loại văn bản'), 'Công văn');
    await hand.write(page.getByLabel('Số, ký hiệu'), '15/CV-CCB');
    await hand.write(page.getByLabel('Ngày văn bản'), '15/1/2026');
    await hand.write(page.getByLabel('Trích yếu nội dung'), subjects.paper);
    expect(await page.getByLabel('Ngày văn bản').inputValue()).toBe('15/01/2026');
  }),
  step('receiver', 'adds its scan', async ({ page, hand }) => {
    await hand.give(button(page, 'Chọn bản quét'), {
      name: 'ban-quet.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(await samplePdf({ pages: 2, xref: 'table' })),
    });
    await says(page, 'ban-quet.pdf');
  }),
  step('receiver', 'enters the paper into the same series', async ({ page, hand }) => {
    await hand.press(button(page, 'Vào sổ'));
    await says(page, /Đã vào sổ: số đến 3,/);
    await says(page, 'Đã thêm bản quét.');
  }),
  step('receiver', 'opens the paper with its scan', async ({ page, hand }) => {
    await hand.press(link(page, 'Mở văn bản'));
    await page.getByRole('heading', { name: new RegExp(subjects.paper) }).waitFor();
    await page.locator('.sealpost-pdf canvas').waitFor();
  }),
  logsIn('chairman'),
  step('chairman', 'opens what waits for instructions', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Văn bản đến');
    await hand.press(link(page, /^Chờ bút phê/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await button(page, 'Bút phê').waitFor();
  }),
  step('chairman', 'writes the bút phê with exactly one person in the lead', async ({ page, hand }) => {
    await hand.press(button(page, 'Bút phê'));
    await hand.write(dialog(page).getByLabel('Ý kiến chỉ đạo'), instruction);
    await hand.find(dialog(page).getByLabel('Tìm người của cơ quan'), 'trinh thi thu huyen');
    await hand.find(dialog(page).getByLabel('Tìm người của cơ quan'), 'ho sy quang');
    const part = (name: string) => dialog(page).getByLabel(`Vai trò của ${name}`);
    expect(await part(support).inputValue()).toBe('lead');
    await hand.choose(part(lead), 'Chủ trì');
    // There is never a second one.
    expect(await part(support).inputValue()).toBe('support');
  }),
  step('chairman', 'gives it', async ({ page, hand, node }) => {
    await hand.press(inDialog(page, 'Bút phê'));
    await gone(dialog(page));
    await says(page, instruction);
    const leads = await node.query<{ person_id: string }>(
      `SELECT t.person_id FROM workflow.handling_task t JOIN workflow.incoming i ON i.id = t.handling_id
          WHERE i.abstract = $1 AND t.part = 'lead'`,
      [subjects.corrected],
    );
    expect(leads).toEqual([{ person_id: demoPerson('chuyenvien.ubnd').id }]);
  }),
  logsIn('officer'),
  step('officer', 'sees what is overdue', async (place) => {
    await goTo(place, 'Văn bản đến');
    await place.hand.press(link(place.page, /^Quá hạn/));
    await link(place.page, new RegExp(subjects.overdue)).waitFor();
  }),
  step('officer', 'starts on what was assigned', async ({ page, hand }) => {
    await hand.press(link(page, /^Việc của tôi \d/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Bắt đầu xử lý'));
    await says(page, 'Đã ghi bắt đầu xử lý.');
  }),
  step('officer', 'says what came of it and links the reply', async ({ page, hand }) => {
    await hand.press(button(page, 'Hoàn thành'));
    await hand.write(dialog(page).getByLabel('Kết quả xử lý'), 'Đã trả lời bằng văn bản.');
    await hand.find(dialog(page).getByLabel('Văn bản trả lời'), 'tra loi de nghi');
    await button(page, /^Bỏ \d+/).waitFor();
  }),
  step('officer', 'completes it', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Hoàn thành'));
    await gone(dialog(page));
    await says(page, 'Đã hoàn thành; nơi gửi được báo.');
    await says(page, 'Được trả lời bởi');
    await link(page, '01/QĐ-UBND').waitFor();
  }),
];
