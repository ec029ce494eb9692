import type { Locator, Page } from 'playwright-core';
import type { Step } from './day';
import { step } from './day';
import { button, dialog, gone, goTo, inDialog, link, logsIn, paperShown, says, signs } from './parts';
import { batchSize, subjects } from './prepare';

const box = (page: Page): Locator => page.locator('.sealpost-box', { hasText: 'Số, ký hiệu' });
/** Where the number stands, as it is read out. */
const place = (page: Page): Locator => page.getByText(/^Trang 1, cách trái/).first();
const millimetres = (words: string): readonly number[] =>
  [...words.matchAll(/(\d+) mm/g)].map(([, digits]) => Number(digits));

/** The corrected draft is placed, reviewed again, approved and signed; then a batch. */
export const signing: readonly Step[] = [
  step('drafter', 'opens the page where things are placed', async ({ page, hand }) => {
    await hand.pick(
      button(page, 'Việc khác'),
      page.getByRole('menuitem', { name: 'Đặt vị trí số và chữ ký' }),
    );
    await button(page, 'Đặt theo mẫu: Số, ký hiệu').waitFor();
    await paperShown(page);
  }),
  step('drafter', 'moves the number on the page', async ({ page, hand }) => {
    await hand.press(button(page, 'Đặt theo mẫu: Số, ký hiệu'));
    await box(page).waitFor();
    const before = await place(page).innerText();
    await hand.move(box(page), { right: 9, up: -6 });
    await gone(page.getByText(before, { exact: true }));
    const [left = 0, bottom = 0] = millimetres(before);
    const [nowLeft = 0, nowBottom = 0] = millimetres(await place(page).innerText());
    expect(nowLeft).toBeGreaterThan(left);
    expect(nowBottom).toBeLessThan(bottom);
  }),
  step('drafter', 'keeps that place', async ({ page, hand }) => {
    await hand.press(button(page, 'Lưu'));
    await says(page, 'Đã lưu vị trí.');
  }),
  step('drafter', 'is asked before the draft goes up again', async ({ page, hand }) => {
    await hand.press(link(page, 'Quay lại'));
    await hand.press(button(page, 'Trình duyệt'));
    await dialog(page).getByText('Dự thảo được giữ nguyên').waitFor();
    await gone(dialog(page).getByText('Đang kiểm tra thể thức…'));
  }),
  step('drafter', 'submits the corrected draft', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Trình duyệt'));
    await says(page, 'Đã trình.');
    await gone(dialog(page));
  }),
  step('reviewer', 'initials it from the desk', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Việc của tôi');
    await hand.press(link(page, /^Chờ ký nháy/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Ký nháy'));
    await says(page, 'Đã ký nháy');
    await says(page, 'Không có dự thảo nào chờ bạn ký nháy.');
  }),
  step('leader', 'sees what changed since the return', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Việc của tôi');
    await hand.press(link(page, /^Chờ phê duyệt/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Thay đổi từ lần trả lại trước'));
    await page.getByText('Trích yếu', { exact: true }).first().waitFor();
    await paperShown(page);
  }),
  step('leader', 'approves it', async ({ page, hand }) => {
    await hand.press(button(page, 'Phê duyệt'));
    await says(page, 'Đã phê duyệt');
  }),
  step('leader', 'opens it to sign and sees what the consent covers', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Việc của tôi');
    await hand.press(link(page, /^Chờ ký số/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Ký số'));
    await dialog(page).getByText('SHA-256').first().waitFor();
  }),
  step('leader', 'signs it', async (place) => {
    await signs(place, 1);
    await dialog(place.page).getByText('Đã ký 1/1 văn bản.').waitFor({ timeout: 120_000 });
  }),
  step('leader', 'chooses the batch', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Đóng').last());
    await gone(dialog(page));
    await hand.press(page.getByLabel('Chọn tất cả văn bản đang hiện'));
    await button(page, `Ký số ${batchSize} văn bản`).waitFor();
  }),
  step('leader', 'enters a wrong PIN, and nothing is signed', async (place) => {
    await place.hand.press(button(place.page, `Ký số ${batchSize} văn bản`));
    await signs(place, batchSize, '000000');
    await dialog(place.page).getByText('PIN_WRONG').waitFor();
    expect(await signedOfBatch(place)).toBe(0);
  }),
  step('leader', 'signs the batch with the right one', async (place) => {
    await signs(place, batchSize);
    await dialog(place.page)
      .getByText(`Đã ký ${batchSize}/${batchSize} văn bản.`)
      .waitFor({ timeout: 170_000 });
    expect(await signedOfBatch(place)).toBe(batchSize);
  }),
  step('leader', 'has nothing left to sign', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Đóng').last());
    await says(page, 'Không có văn bản nào chờ bạn ký số.');
  }),
];

async function signedOfBatch({ node }: Parameters<Step['act']>[0]): Promise<number> {
  const [row] = await node.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM workflow.document WHERE abstract LIKE $1 AND state = 'PERSON_SIGNED'`,
    [`${subjects.batch}%`],
  );
  return row?.count ?? 0;
}

/** The number, the agency's signature, the issue. */
export const issuing: readonly Step[] = [
  logsIn('clerk'),
  step('clerk', 'numbers the letter', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Việc của tôi');
    await hand.press(link(page, /^Chờ cấp số/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Cấp số'));
    await says(page, 'Đã cấp số và vào sổ');
  }),
  step('clerk', 'opens it for the signature of the agency', async ({ page, hand }) => {
    await hand.press(link(page, /^Chờ ký số cơ quan/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Ký số'));
    await dialog(page).getByText('SHA-256').first().waitFor();
  }),
  step('clerk', 'applies the signature of the agency', async (place) => {
    await signs(place, 1);
    await dialog(place.page).getByText('Đã ký 1/1 văn bản.').waitFor({ timeout: 120_000 });
  }),
  step('clerk', 'issues it', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Đóng').last());
    await hand.press(link(page, /^Chờ phát hành/));
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(button(page, 'Phát hành'));
    await says(page, 'Đã phát hành');
  }),
  step('clerk', 'finds it among what was issued', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Văn bản đi');
    await hand.choose(page.getByLabel('Trạng thái', { exact: true }), 'Đã phát hành');
    await link(page, new RegExp(subjects.corrected)).waitFor();
  }),
  step('clerk', 'follows where it has arrived', async ({ page, hand }) => {
    await hand.press(link(page, new RegExp(subjects.corrected)));
    await hand.press(page.getByRole('tab', { name: 'Nơi nhận' }));
    await page.getByRole('grid', { name: 'Gửi điện tử' }).waitFor();
  }),
  step('clerk', 'reads its history', async ({ page, hand }) => {
    await hand.press(page.getByRole('tab', { name: 'Lịch sử xử lý' }));
    await says(page, 'Bắt đầu soạn thảo');
  }),
];
