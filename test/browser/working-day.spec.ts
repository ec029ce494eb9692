import type { Browser, Page } from 'playwright-core';
import { demoPin } from '#directory';
import { sampleLetter } from '../../apps/launcher/src/job/sample-documents';
import type { Sitting } from '../support/browser';
import { accessibilityFaults, logIn, openBrowser, openWindow, overflows } from '../support/browser';
import { Desk, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

let node: TestNode;
let browser: Browser;
const open: Sitting[] = [];

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
}, 180_000);
afterEach(() => {
  for (const { complaints } of open) expect(complaints).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await node.close();
});

/** One person's window, logged in; each sits at the desk all day. */
async function sit(person: string): Promise<Page> {
  const sitting = await openWindow(browser, node.origin);
  open.push(sitting);
  await logIn(sitting.page, person);
  return sitting.page;
}

/** The page as it stands has no accessibility fault and fits its screen. */
async function inOrder(page: Page): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

async function sign(page: Page, count: number): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Mã PIN/).fill(demoPin);
  await inOrder(page);
  await dialog.getByRole('button', { name: `Ký ${count} văn bản` }).click();
  await dialog.getByText(`Đã ký ${count}/${count} văn bản.`).waitFor({ timeout: 180_000 });
  await inOrder(page);
  await dialog.getByRole('button', { name: 'Đóng', exact: true }).last().click();
}

/** The option of a select that names this, whatever else it says. */
async function optionWith(page: Page, text: string): Promise<string> {
  const option = page.locator('option', { hasText: text });
  return (await option.first().getAttribute('label')) ?? (await option.first().innerText());
}

const abstract = 'Về việc gửi, nhận văn bản điện tử có chữ ký số';

describe('a working day at the desks', () => {
  it('carries a document from the drafter to the recipients, everything by the page', async () => {
    const drafter = await sit('chuyenvien.tinhuy');
    await drafter.goto('/draft');
    await drafter.getByRole('heading', { name: 'Soạn văn bản', level: 1 }).waitFor();
    await drafter
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'cong-van.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from(await sampleLetter()),
      });
    await drafter.getByLabel('Cơ quan ban hành').selectOption({ label: 'Ban Thường vụ' });
    await drafter.getByLabel('Tên loại văn bản').selectOption({ label: 'Công văn' });
    await drafter.getByLabel('Trích yếu nội dung').fill(abstract);
    await drafter
      .getByLabel('Chức vụ người ký')
      .selectOption({ label: await optionWith(drafter, 'Nguyễn Thị Ánh Tuyết') });
    await drafter.getByLabel('Quyền hạn ký').selectOption({ label: 'T/M BAN THƯỜNG VỤ / BÍ THƯ' });
    await drafter.getByLabel('Thêm cơ quan nhận').fill('uy ban nhan dan tinh');
    await drafter
      .getByRole('button', { name: /Ủy ban nhân dân tỉnh/ })
      .first()
      .click();
    await inOrder(drafter);
    await drafter.getByRole('button', { name: 'Lưu và trình' }).click();
    await drafter.getByText('Đã trình dự thảo.').waitFor();
    await inOrder(drafter);

    const leader = await sit('lanhdao.tinhuy');
    await leader.goto('/work/to-approve');
    await leader.getByRole('link', { name: new RegExp(abstract) }).click();
    await leader.getByRole('button', { name: 'Phê duyệt' }).waitFor();
    await inOrder(leader);
    await leader.getByRole('button', { name: 'Phê duyệt' }).click();
    await leader.getByText('Đã phê duyệt').waitFor();
    await leader.goto('/work/to-sign');
    await leader.getByRole('link', { name: new RegExp(abstract) }).click();
    await leader.getByRole('button', { name: 'Ký số', exact: true }).click();
    await sign(leader, 1);

    const clerk = await sit('vanthu.tinhuy');
    await clerk.goto('/work/to-number');
    await clerk.getByRole('link', { name: new RegExp(abstract) }).click();
    await clerk.getByRole('button', { name: 'Cấp số' }).click();
    await clerk.getByText('Đã cấp số và vào sổ').waitFor();
    await clerk.goto('/work/to-agency-sign');
    await clerk.getByRole('link', { name: new RegExp(abstract) }).click();
    await clerk.getByRole('button', { name: 'Ký số', exact: true }).click();
    await sign(clerk, 1);
    await clerk.goto('/work/to-issue');
    await clerk.getByRole('link', { name: new RegExp(abstract) }).click();
    await clerk.getByRole('button', { name: 'Phát hành' }).click();
    await clerk.getByText('Đã phát hành').first().waitFor();
    await clerk.goto('/outgoing');
    await clerk
      .getByRole('link', { name: new RegExp(abstract) })
      .first()
      .click();
    await clerk.getByRole('heading', { level: 1 }).waitFor();
    await inOrder(clerk);

    const recipient = await sit('vanthu.ubnd');
    await recipient.goto('/incoming');
    await recipient.getByRole('link', { name: new RegExp(abstract) }).click();
    await recipient.getByText('Kết quả kiểm tra chữ ký: Hợp lệ').waitFor();
    await inOrder(recipient);
    // The dialog asks, and Enter says yes.
    await recipient.getByRole('button', { name: 'Tiếp nhận', exact: true }).press('Enter');
    await recipient.getByRole('dialog').waitFor();
    await inOrder(recipient);
    await recipient.keyboard.press('Enter');
    await recipient.getByRole('dialog').waitFor({ state: 'detached' });
    await recipient.getByText('Đã tiếp nhận').first().waitFor();
    const [register] = await node.query<{ number: number }>(
      `SELECT r.number FROM workflow.arrival_register r JOIN workflow.incoming i ON i.id = r.incoming_id WHERE i.abstract = $1`,
      [abstract],
    );
    expect(register).toEqual({ number: 1 });
    await inOrder(recipient);
  }, 300_000);

  it('returns a draft with its reason, which the drafter then reads at the desk', async () => {
    await new Desk(node, staffs.provinceBoard).inReview({ abstract: 'Về việc sẽ bị trả lại' });
    const leader = await sit('lanhdao.tinhuy');
    await leader.goto('/work/to-approve');
    await leader.getByRole('link', { name: /sẽ bị trả lại/ }).click();
    await leader.getByRole('button', { name: 'Trả lại' }).click();
    const dialog = leader.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Trả lại' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Lý do').fill('Bổ sung số liệu của các xã miền núi.');
    await inOrder(leader);
    await dialog.getByRole('button', { name: 'Trả lại' }).click();
    await leader.getByText('Đã trả lại cho người soạn thảo').waitFor();
    const drafter = await sit('chuyenvien.tinhuy');
    await drafter.goto('/work/returned');
    await drafter.getByRole('link', { name: /sẽ bị trả lại/ }).click();
    await drafter.getByText('Bổ sung số liệu của các xã miền núi.').waitFor();
    await inOrder(drafter);
  }, 120_000);

  it('signs a batch of twenty under one PIN, and nothing of it with a wrong one', async () => {
    const board = new Desk(node, staffs.provinceBoard);
    for (let n = 1; n <= 20; n += 1) await board.approved({ abstract: `Về việc thứ ${n} trong lô` });
    const leader = await sit('lanhdao.tinhuy');
    await leader.goto('/work/to-sign');
    await leader.getByLabel('Chọn tất cả văn bản đang hiện').click();
    await leader.getByRole('button', { name: 'Ký số 20 văn bản' }).click();
    const dialog = leader.getByRole('dialog');
    await dialog.getByLabel(/Mã PIN/).fill('000000');
    await dialog.getByRole('button', { name: 'Ký 20 văn bản' }).click();
    await dialog.getByText('PIN_WRONG').waitFor();
    const signed = await node.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM workflow.document WHERE abstract LIKE '%trong lô' AND state = 'PERSON_SIGNED'`,
    );
    expect(signed[0]?.count).toBe(0);
    await sign(leader, 20);
    await leader.getByText('Không có văn bản nào chờ bạn ký số.').waitFor();
  }, 300_000);
});
