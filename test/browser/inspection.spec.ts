import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { demoAgency } from '#directory';
import type { Sitting } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow } from '../support/browser';
import { Desk, staffs } from '../support/desk';
import { asTyped, today } from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** The inspector's day at the page: a decision, a search under it, a document's life, and what is taken away. */

let node: TestNode;
let browser: Browser;
let documentId: string;
let symbol: string;
/** One window for each person, all day. */
const open = new Map<string, Sitting>();

beforeAll(async () => {
  node = await startTestNode();
  documentId = await new Desk(node, staffs.provinceBoard).issued({
    abstract: 'Nội dung mà đoàn kiểm tra không được thấy',
    recipients: [{ agencyId: demoAgency('dangsonthuy').id }],
  });
  const [row] = await node.query<{ symbol: string }>('SELECT symbol FROM workflow.document WHERE id = $1', [
    documentId,
  ]);
  symbol = row!.symbol;
  browser = await openBrowser();
}, 300_000);
afterEach(() => {
  for (const { complaints } of open.values()) expect(complaints).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await node.close();
});

async function sit(person: string): Promise<Page> {
  const known = open.get(person);
  if (known) return known.page;
  const sitting = await openWindow(browser, node.origin);
  open.set(person, sitting);
  await logIn(sitting.page, person);
  return sitting.page;
}

const looks = [
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'light' },
] as const;

/** Once the page has taken the theme over: its colours change over a few frames. */
async function settled(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.waitForFunction(
    (dark) => document.documentElement.classList.contains('pf-v6-theme-dark') === dark,
    theme === 'dark',
  );
  await page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames += 1)
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** The page as it stands has no accessibility fault and fits its screen, large and small, by day and by night. */
async function inOrder(page: Page): Promise<void> {
  for (const { colorScheme, ...size } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await settled(page, colorScheme);
    expect(await faultsOf(page)).toEqual([]);
  }
}

/** How many entries are said to be found, once the search has answered. */
async function found(page: Page): Promise<number> {
  const line = page.getByText(/^\d+ mục/);
  await line.waitFor();
  return Number.parseInt(await line.innerText(), 10);
}

/** The one mandate in force: the option after the invitation to choose. */
async function underMandate(page: Page): Promise<void> {
  await page.locator('option', { hasText: '45-QĐ/UBKTTU' }).waitFor({ state: 'attached' });
  await page.getByLabel('Tìm theo quyết định').selectOption({ index: 1 });
}

/** Moves the focus to it by the Tab key alone, as whoever has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the Tab key does not reach it');
}

describe('an inspection', () => {
  it('begins with a decision that one leader enters and another confirms', async () => {
    const inspector = await sit('kiemtra.tinhuy');
    await inspector.getByText('Bạn chưa có quyết định kiểm tra nào đang hiệu lực').waitFor();
    await inOrder(inspector);
    await inspector.getByRole('link', { name: 'Xem các quyết định kiểm tra' }).click();
    await inspector.getByText('Chưa có gì ở đây').waitFor();
    expect(await inspector.getByRole('button', { name: 'Nhập quyết định' }).count()).toBe(0);

    const leader = await sit('lanhdao.tinhuy');
    await leader.getByRole('link', { name: 'Quyết định kiểm tra' }).waitFor();
    await leader.goto('/mandates');
    await leader.getByRole('button', { name: 'Nhập quyết định' }).click();
    const dialog = leader.getByRole('dialog');
    await dialog.getByLabel('Số, ký hiệu quyết định').fill('45-QĐ/UBKTTU');
    await dialog.getByLabel('Nội dung kiểm tra').fill('Kiểm tra việc gửi, nhận văn bản điện tử');
    await dialog.getByLabel('Thêm cơ quan').fill('dang uy xa son thuy');
    await dialog.getByRole('button', { name: /Đảng ủy xã Sơn Thủy/ }).click();
    await dialog.getByLabel('Thêm cơ quan').fill('dang uy phuong dong kinh');
    await dialog.getByRole('button', { name: /Đảng ủy phường Đông Kinh/ }).click();
    await dialog.getByLabel('Bùi Đức Nghĩa').check();
    await inOrder(leader);
    await dialog.getByRole('button', { name: 'Nhập quyết định' }).click();
    await leader.getByText('Đã nhập quyết định').first().waitFor();
    await leader.getByText('Chờ lãnh đạo khác xác nhận', { exact: true }).waitFor();
    expect(await leader.getByRole('button', { name: /^Xác nhận/ }).count()).toBe(0);

    const deputy = await sit('pho.tinhuy');
    await deputy.goto('/mandates');
    // By keyboard: the dialog asks, and Enter says yes.
    await deputy.getByRole('button', { name: 'Xác nhận quyết định 45-QĐ/UBKTTU' }).press('Enter');
    await deputy.getByRole('dialog').waitFor();
    await inOrder(deputy);
    await deputy.keyboard.press('Enter');
    await deputy.getByText('Đang hiệu lực', { exact: true }).waitFor();

    await inspector.reload();
    await inspector.getByText('Đang hiệu lực', { exact: true }).waitFor();
    await inOrder(inspector);
    await inspector.getByRole('link', { name: /Tìm trong nhật ký theo quyết định/ }).click();
    await inspector.getByRole('heading', { name: 'Nhật ký truy cập' }).waitFor();
    expect(await found(inspector)).toBeGreaterThan(0);
  }, 300_000);

  it('searches by agency, document, person, action and time, and the address keeps it', async () => {
    await (await node.as('vanthu.dangsonthuy')).get('/incoming');
    const page = await sit('kiemtra.tinhuy');
    await page.goto('/trail');
    await underMandate(page);
    const all = await found(page);
    expect(all).toBeGreaterThan(1);
    await inOrder(page);

    const agency = page.getByLabel('Cơ quan được kiểm tra');
    await agency.selectOption({ label: 'Đảng ủy phường Đông Kinh' });
    await page.getByText('Không có mục nào').waitFor();
    await inOrder(page);
    await agency.selectOption({ label: 'Đảng ủy xã Sơn Thủy' });

    await page.getByLabel('Văn bản', { exact: true }).fill(symbol.toLowerCase());
    await page.getByRole('button', { name: new RegExp(symbol) }).click();
    await page.waitForURL(new RegExp(`document=${documentId}`));
    await page.reload();
    const drop = page.getByRole('button', { name: `Bỏ điều kiện: Văn bản ${symbol}` });
    await drop.waitFor();
    expect(await found(page)).toBeLessThan(all);
    await page.getByText('Văn bản đến nơi nhận').last().waitFor();
    await drop.click();

    await page.getByLabel('Việc', { exact: true }).selectOption({ label: 'Mở văn bản đến' });
    await page.waitForURL(/action=delivery\.read/);
    await page.getByLabel('Người thực hiện', { exact: true }).fill('lo thi');
    await page.getByRole('button', { name: /Lò Thị Pành/ }).click();
    await page.waitForURL(/person=/);
    await page.getByRole('button', { name: 'Bỏ điều kiện: Người thực hiện Lò Thị Pành' }).waitFor();
    await page.getByText('1 mục, mới nhất ở trên').waitFor();
    await page.getByRole('button', { name: /^Chi tiết mục/ }).click();
    await page.getByText('Mã băm của mục').waitFor();
    await inOrder(page);

    await page.getByLabel('Trước lúc').fill(`${asTyped(today())} 00:00`);
    await page.getByText('Không có mục nào').waitFor();
    await page.getByRole('button', { name: 'Bỏ mọi điều kiện' }).click();
    await page.waitForURL((url) => !/person|action|to=/.test(url.search));
    await page.getByText('Văn bản đến nơi nhận').last().waitFor();
  }, 300_000);

  it('follows one document to who opened it and who could have, by keyboard alone', async () => {
    await (await node.as('vanthu.tinhuy')).get(`/documents/${documentId}`);
    const page = await sit('kiemtra.tinhuy');
    await page.goto('/trail?mandate=own&action=document.issued');
    await tabTo(page, page.getByRole('link', { name: /^Diễn biến của văn bản ở mục/ }).first());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Diễn biến của văn bản ${symbol}` }).waitFor();
    await page.getByText('Bắt đầu soạn thảo').waitFor();
    const story = await page.getByRole('main').getByRole('listitem').allInnerTexts();
    const steps = ['Bắt đầu soạn thảo', 'Phê duyệt', 'Ký ban hành', 'Cấp số', 'Phát hành'];
    const places = steps.map((step) => story.findIndex((line) => line.includes(`\n${step}`)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    await inOrder(page);

    await tabTo(page, page.getByRole('link', { name: 'Ai đã mở' }));
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Ai đã mở' }).getByText('Phạm Thị Ngọc Diệp').waitFor();
    await inOrder(page);
    await tabTo(page, page.getByRole('link', { name: 'Ai có thể mở' }));
    await page.keyboard.press('Enter');
    const able = page.getByRole('grid', { name: 'Ai có thể mở' });
    await able.getByText('Hoàng Văn Khải').waitFor();
    expect(await able.getByText('Bùi Đức Nghĩa').count()).toBe(0);
    await inOrder(page);
    expect(await page.content()).not.toContain('Nội dung mà đoàn kiểm tra');
  }, 300_000);

  it('shows whom a rule noticed, and the entries behind it', async () => {
    const drafter = await node.as('chuyenvien.tinhuy');
    for (let tries = 0; tries < 5; tries += 1) await drafter.get('/dead-letters');
    const page = await sit('kiemtra.tinhuy');
    await page.goto('/flags?mandate=own');
    await page.getByRole('heading', { name: 'Bị từ chối nhiều lần liên tiếp (1)' }).waitFor();
    await page.getByText('Từ 5 lần trở lên của một người trong 10 phút').waitFor();
    await inOrder(page);
    await page.getByRole('link', { name: 'Xem các mục của Trần Quốc Bảo' }).click();
    await page.getByText('5 mục, mới nhất ở trên').waitFor();
    expect(await page.getByText('Truy cập bị từ chối').count()).toBe(6);
  }, 120_000);

  it('takes away what was found, and says why not once the decision is closed', async () => {
    const page = await sit('kiemtra.tinhuy');
    await page.goto('/trail');
    await underMandate(page);
    const count = await found(page);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Xuất kết quả: Dữ liệu có ký số' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^nhat-ky-[\d-]+\.jsonl$/);
    const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(count + 2);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      type: 'digest',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      signature: expect.any(String) as string,
    });
    await page.getByText('Đã tải về Nhật ký có ký số').waitFor();

    const leader = await sit('lanhdao.tinhuy');
    await leader.goto('/mandates');
    await leader.getByRole('button', { name: 'Đóng quyết định 45-QĐ/UBKTTU' }).click();
    const dialog = leader.getByRole('dialog');
    await dialog.getByLabel('Lý do').fill('Đã có thông báo kết luận kiểm tra.');
    await inOrder(leader);
    await dialog.getByRole('button', { name: 'Đóng', exact: true }).last().click();
    await leader.getByText('Đã đóng quyết định').first().waitFor();
    await inOrder(leader);

    await page.getByRole('button', { name: 'Xuất kết quả: Bản để in' }).click();
    await page.getByText('MANDATE_NOT_OPEN').waitFor();
    await inOrder(page);
  }, 300_000);

  it.each(['quantri.tinhuy', 'chuyenvien.tinhuy'])(
    'is not for %s',
    async (person) => {
      const page = await sit(person);
      for (const name of ['Nhật ký truy cập', 'Dấu hiệu cần xem lại', 'Quyết định kiểm tra'])
        expect(await page.getByRole('link', { name }).count()).toBe(0);
      for (const address of ['/trail', `/trail/documents/${documentId}`, '/flags', '/mandates']) {
        await page.goto(address);
        await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
      }
    },
    120_000,
  );
});
