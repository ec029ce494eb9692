import type { Place, Step } from './day';
import { step } from './day';
import { button, dialog, gone, goTo, inDialog, link, logsIn, says } from './parts';
import { subjects } from './prepare';

const decision = '45-QĐ/UBKTTU';
const underDecision = 'Tìm theo quyết định';
/** How many entries a search has found. */
const found = /^\d+ mục, mới nhất ở trên/;

/** An inspector is never told what a document is about, and asks for it by its symbol. */
async function recalledSymbol({ node }: Place): Promise<string> {
  const [row] = await node.query<{ symbol: string }>(
    'SELECT symbol FROM workflow.document WHERE abstract = $1',
    [subjects.recalled],
  );
  return row!.symbol;
}

/** An inspection: one leader decides, another confirms; then the trail of the day is read, and taken away. */
export const inspecting: readonly Step[] = [
  step('leader', 'writes down a decision to inspect', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Quyết định kiểm tra');
    await hand.press(button(page, 'Nhập quyết định'));
    await hand.write(dialog(page).getByLabel('Số, ký hiệu quyết định'), decision);
    await hand.write(dialog(page).getByLabel('Nội dung kiểm tra'), 'Kiểm tra việc gửi, nhận văn bản điện tử');
    await hand.find(dialog(page).getByLabel('Thêm cơ quan'), 'dang uy xa son thuy');
    await hand.press(dialog(page).getByLabel('Bùi Đức Nghĩa'));
  }),
  step('leader', 'leaves it to another leader to confirm', async ({ page, hand }) => {
    await hand.press(inDialog(page, 'Nhập quyết định'));
    await gone(dialog(page));
    await says(page, 'Chờ lãnh đạo khác xác nhận');
  }),
  step('reviewer', 'confirms the decision', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Quyết định kiểm tra');
    await hand.press(button(page, `Xác nhận quyết định ${decision}`));
    await hand.press(inDialog(page, 'Xác nhận'));
    await says(page, 'Đang hiệu lực');
  }),
  logsIn('inspector'),
  step('inspector', 'searches under the decision in force', async ({ page, hand }) => {
    await says(page, 'Chọn quyết định kiểm tra để bắt đầu');
    await hand.choose(page.getByLabel(underDecision), decision);
    await says(page, found);
    const entries = page.getByRole('grid', { name: 'Các mục nhật ký' });
    await entries.getByText('Văn bản đến nơi nhận').first().waitFor();
  }),
  step('inspector', 'looks for a document of the own agency by its symbol', async (place) => {
    const { page, hand } = place;
    const symbol = await recalledSymbol(place);
    await hand.choose(page.getByLabel(underDecision), 'Nhật ký của cơ quan mình');
    await hand.find(page.getByLabel('Văn bản', { exact: true }), symbol);
    await button(page, `Bỏ điều kiện: Văn bản ${symbol}`).waitFor();
    await says(page, found);
  }),
  step('inspector', 'follows it from the draft to the recall', async (place) => {
    const { page, hand } = place;
    await hand.press(link(page, /^Diễn biến của văn bản ở mục/));
    await page
      .getByRole('heading', { name: `Diễn biến của văn bản ${await recalledSymbol(place)}` })
      .waitFor();
    for (const words of ['Bắt đầu soạn thảo', 'Ký ban hành', 'Thu hồi']) await says(page, words);
    expect(await page.content()).not.toContain(subjects.recalled);
  }),
  step('inspector', 'sees who opened it', async ({ page, hand }) => {
    await hand.press(link(page, 'Ai đã mở'));
    await page.getByRole('grid', { name: 'Ai đã mở' }).getByText('Phạm Thị Ngọc Diệp').waitFor();
  }),
  step('inspector', 'sees who could have', async ({ page, hand }) => {
    await hand.press(link(page, 'Ai có thể mở'));
    await page.getByRole('grid', { name: 'Ai có thể mở' }).getByText('Hoàng Văn Khải').waitFor();
  }),
  step('inspector', 'looks at what the rules noticed', async (place) => {
    await goTo(place, 'Dấu hiệu cần xem lại');
    await place.hand.choose(place.page.getByLabel(underDecision), 'Nhật ký của cơ quan mình');
    await says(place.page, /dấu hiệu/);
  }),
  step('inspector', 'takes the signed trail of the inspection away', async (place) => {
    const { page, hand } = place;
    await goTo(place, 'Nhật ký truy cập');
    await hand.choose(page.getByLabel(underDecision), decision);
    await says(page, found);
    const saved = page.waitForEvent('download');
    await hand.press(button(page, 'Xuất kết quả: Dữ liệu có ký số'));
    expect((await saved).suggestedFilename()).toMatch(/^nhat-ky-[\d-]+\.jsonl$/);
    await says(page, 'Đã tải về Nhật ký có ký số');
  }),
  step('inspector', 'logs out', async ({ page, hand }) => {
    await hand.pick(button(page, /^Bùi Đức Nghĩa/), page.getByRole('menuitem', { name: 'Đăng xuất' }));
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  }),
];
