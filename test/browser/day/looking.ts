import type { Step } from './day';
import { step } from './day';
import { button, dialog, gone, goTo, inDialog, link, says } from './parts';
import { subjects } from './prepare';

const recall = 'Lùi thời gian họp; có giấy mời khác thay thế.';

/** The end of the day: a recall and what the recipient sees, registers, search, the monitor, statistics. */
export const looking: readonly Step[] = [
  step('clerk', 'writes why a document is recalled', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Văn bản đi');
    await hand.press(link(page, new RegExp(subjects.recalled)));
    await hand.pick(button(page, 'Việc khác'), page.getByRole('menuitem', { name: 'Thu hồi' }));
    await hand.write(dialog(page).getByLabel('Lý do'), recall);
  }),
  step('clerk', 'recalls it everywhere', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Thu hồi'));
    await gone(dialog(page));
    await says(page, 'Đã thu hồi; mọi nơi nhận được báo.');
  }),
  step('receiver', 'sees what the sender recalled', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Văn bản đến');
    await hand.press(link(page, /^Tất cả/));
    await hand.press(link(page, new RegExp(subjects.recalled)));
    await says(page, 'Văn bản đã bị nơi gửi thu hồi, không còn giá trị');
    await says(page, new RegExp(recall));
    expect(await button(page, 'Tiếp nhận').count()).toBe(0);
  }),
  step('receiver', 'looks at the register of what arrived', async (place) => {
    const registers = place.page.getByRole('navigation', { name: 'Các sổ đăng ký' });
    await goTo(place, 'Sổ đăng ký');
    await place.hand.press(registers.getByRole('link', { name: 'Văn bản đến' }));
    await place.page.getByRole('grid', { name: 'Sổ đăng ký văn bản đến' }).waitFor();
    await says(place.page, '3 dòng');
  }),
  step('clerk', 'looks at the register of what was issued', async (place) => {
    await goTo(place, 'Sổ đăng ký');
    await place.page.getByRole('grid', { name: 'Sổ đăng ký văn bản đi' }).waitFor();
  }),
  step('clerk', 'exports it to be printed', async ({ page, hand }) => {
    const saved = page.waitForEvent('download');
    await hand.press(button(page, 'Xuất sổ ra PDF'));
    expect((await saved).suggestedFilename()).toMatch(/\.pdf$/);
    await says(page, /Đã tải về Sổ đăng ký văn bản đi/);
  }),
  step('clerk', 'looks at the volumes', async ({ page, hand }) => {
    await hand.press(link(page, 'Quyển sổ'));
    await page.getByRole('grid', { name: 'Quyển sổ' }).waitFor();
  }),
  step('clerk', 'finds "Hỏa tốc" by "hoa toc"', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Tra cứu');
    await hand.write(page.getByLabel('Từ cần tìm'), 'hoa toc');
    await link(page, new RegExp(subjects.express)).waitFor();
  }),
  step('clerk', 'watches what was refused on the monitor', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Theo dõi gửi nhận');
    await hand.press(link(page, /Bị từ chối/));
    await says(page, /Lý do từ chối: Gửi nhầm nơi nhận/);
  }),
  step('clerk', 'looks at the statistics of today', async (place) => {
    await goTo(place, 'Thống kê');
    await place.hand.press(button(place.page, 'Hôm nay'));
    await says(place.page, 'Số văn bản từng ngày');
  }),
  step('drafter', 'reads the news of the day on the bell', async ({ page, hand }) => {
    await hand.press(page.getByRole('button', { name: /^Thông báo: \d+ chưa đọc/ }));
    await says(page, 'Văn bản đã phát hành');
  }),
  step('drafter', 'marks all of it as read', async ({ page, hand }) => {
    await hand.press(button(page, 'Đánh dấu đã đọc tất cả'));
    await page.getByRole('button', { name: 'Thông báo: 0 chưa đọc' }).waitFor();
  }),
  step('drafter', 'logs out', async ({ page, hand }) => {
    await hand.pick(button(page, /^Trần Quốc Bảo/), page.getByRole('menuitem', { name: 'Đăng xuất' }));
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  }),
];
