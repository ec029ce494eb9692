import { sampleLetter } from '../../../apps/launcher/src/job/sample-documents';
import type { GivenFile } from './hand';
import type { Step } from './day';
import { step } from './day';
import { button, dialog, gone, goTo, inDialog, link, logsIn, paperShown, says } from './parts';
import { subjects } from './prepare';

const letter = async (...added: readonly string[]): Promise<GivenFile> => ({
  name: 'cong-van.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(await sampleLetter(...added)),
});
const reason = 'Ghi rõ quý thực hiện trong trích yếu.';

/** A letter is written, reviewed, returned with its reason and corrected. */
export const drafting: readonly Step[] = [
  logsIn('drafter'),
  step('drafter', 'opens an empty draft', async (place) => {
    await goTo(place, 'Soạn văn bản');
    await place.page.getByLabel('Trích yếu nội dung').waitFor();
  }),
  step('drafter', 'tries to save nothing and is told what is missing', async ({ page, hand }) => {
    await hand.press(button(page, 'Lưu dự thảo'));
    await says(page, /Hãy bổ sung:.*Trích yếu nội dung/);
  }),
  step('drafter', 'gives the letter, from which the form is filled', async ({ page, hand }) => {
    await hand.give(button(page, 'Chọn tệp'), await letter());
    await says(page, 'Đã đọc tệp và điền sẵn những phần được đánh dấu.');
    expect(await page.getByText('Đọc từ tệp, hãy kiểm tra').count()).toBeGreaterThan(1);
    expect(await page.getByLabel('Tên loại văn bản').inputValue()).not.toBe('');
  }),
  step('drafter', 'says what the file does not', async ({ page, hand }) => {
    await hand.choose(page.getByLabel('Cơ quan ban hành'), 'Ban Thường vụ');
    await hand.choose(page.getByLabel('Tên loại văn bản'), 'Công văn');
    await hand.write(page.getByLabel('Trích yếu nội dung'), subjects.letter);
    await hand.choose(page.getByLabel('Độ khẩn', { exact: true }), 'Thượng khẩn');
    await hand.choose(page.getByLabel('Chức vụ người ký'), 'Nguyễn Thị Ánh Tuyết');
    await hand.choose(page.getByLabel('Quyền hạn ký'), 'T/M BAN THƯỜNG VỤ / BÍ THƯ');
  }),
  step('drafter', 'names a reviewer', async ({ page, hand }) => {
    await hand.find(page.getByLabel('Thêm người xem xét'), 'hoang van khai');
    await page.getByLabel('Nội dung bước 1', { exact: true }).waitFor();
  }),
  step('drafter', 'takes the recipients of the last letter', async ({ page, hand }) => {
    await hand.press(button(page, 'Như lần trước'));
    await says(page, /Đã lấy nơi nhận như/);
    await page.getByLabel(/Cách gửi đến Ủy ban nhân dân tỉnh/).waitFor();
  }),
  step('drafter', 'adds a group of recipients', async ({ page, hand }) => {
    await hand.choose(page.getByLabel('Nhóm nơi nhận'), 'Các đảng ủy xã');
    await hand.press(button(page, 'Thêm nhóm'));
    await says(page, '3 nơi nhận');
  }),
  step('drafter', 'searches another recipient without accents', async ({ page, hand }) => {
    await hand.find(page.getByLabel('Thêm cơ quan nhận'), 'van phong tinh uy');
    await says(page, '4 nơi nhận');
  }),
  step('drafter', 'submits it', async ({ page, hand }) => {
    await hand.press(button(page, 'Lưu và trình'));
    await says(page, 'Đã trình dự thảo.');
    await page.getByRole('tab', { name: 'Văn bản', exact: true }).waitFor();
  }),
  logsIn('reviewer'),
  step('reviewer', 'opens the bell', async ({ page, hand }) => {
    await hand.press(page.getByRole('button', { name: /^Thông báo: \d+ chưa đọc/ }));
    await says(page, 'Dự thảo chờ bạn xem xét');
  }),
  step('reviewer', 'follows the notice to the draft', async ({ page, hand }) => {
    const notice = page.locator('.pf-v6-c-notification-drawer__list-item', { hasText: subjects.letter });
    await hand.press(notice);
    await page.waitForURL(/\/outgoing\/[0-9a-f-]{36}$/);
    await button(page, 'Ký nháy').waitFor();
  }),
  step('reviewer', 'is asked for an opinion', async ({ page, hand }) => {
    await hand.press(button(page, 'Ký nháy'));
    await hand.write(dialog(page).getByLabel(/Ý kiến/), 'Đồng ý nội dung.');
  }),
  step('reviewer', 'initials the draft', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Ký nháy'));
    await says(page, 'Đã ký nháy.');
    await gone(dialog(page));
  }),
  logsIn('leader'),
  step('leader', 'opens what waits for approval', async (place) => {
    await goTo(place, 'Việc của tôi');
    await place.hand.press(link(place.page, /^Chờ phê duyệt/));
    await place.hand.press(link(place.page, new RegExp(subjects.letter)));
    await button(place.page, 'Phê duyệt').waitFor();
    await paperShown(place.page);
  }),
  step('leader', 'writes why it goes back', async ({ page, hand }) => {
    await hand.press(button(page, 'Trả lại'));
    await dialog(page).waitFor();
    expect(await inDialog(page, 'Trả lại').isDisabled()).toBe(true);
    await hand.write(dialog(page).getByLabel('Lý do'), reason);
  }),
  step('leader', 'returns it', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Trả lại'));
    await says(page, 'Đã trả lại cho người soạn thảo');
    await gone(dialog(page));
  }),
  step('drafter', 'reads the reason at the desk', async (place) => {
    await goTo(place, 'Việc của tôi');
    await place.hand.press(link(place.page, /^Bị trả lại/));
    await place.hand.press(link(place.page, new RegExp(subjects.letter)));
    await says(place.page, reason);
  }),
  step('drafter', 'corrects it', async ({ page, hand }) => {
    await hand.press(link(page, 'Sửa dự thảo'));
    await hand.write(page.getByLabel('Trích yếu nội dung'), subjects.corrected);
    await hand.press(button(page, 'Lưu dự thảo'));
    await says(page, 'Đã lưu dự thảo.');
  }),
];
