import type { Browser } from 'playwright-core';
import type { Screen, Sitting, Theme } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow, overflows } from '../support/browser';
import { Desk, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

let node: TestNode;
let browser: Browser;
let sitting: Sitting | undefined;

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
}, 180_000);
afterEach(async () => {
  await sitting?.context.close();
  sitting = undefined;
});
afterAll(async () => {
  await browser.close();
  await node.close();
});

const looks: readonly (readonly [Screen, Theme])[] = [
  ['desk', 'light'],
  ['desk', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
];

describe('the door', () => {
  it.each(looks)('has no accessibility fault and no overflow on a %s in %s', async (screen, theme) => {
    sitting = await openWindow(browser, node.origin, { screen, theme });
    const { page } = sitting;
    await page.goto('/');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(sitting.complaints).toEqual([]);
  });

  it('says in words what was wrong with a login, and lets the person try again', async () => {
    sitting = await openWindow(browser, node.origin);
    const { page } = sitting;
    await page.goto('/');
    await page.getByLabel('Tên đăng nhập').fill('vanthu.tinhuy');
    await page.getByLabel('Mật khẩu').fill('không phải mật khẩu này');
    await page.keyboard.press('Enter');
    await page.getByText('LOGIN_REFUSED').waitFor();
    expect(await page.getByText('Tên đăng nhập hoặc mật khẩu không đúng').count()).toBe(1);
    await logIn(page, 'vanthu.tinhuy');
  });

  it('sends whoever was logged out on the server back to the login', async () => {
    sitting = await openWindow(browser, node.origin);
    const { page } = sitting;
    await logIn(page, 'vanthu.bkhcn');
    await node.query(
      `UPDATE access.session SET closed_at = now()
        WHERE person_id = (SELECT person_id FROM access.account WHERE login_name = $1)`,
      ['vanthu.bkhcn'],
    );
    await page.goto('/outgoing');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });
});

describe('the frame', () => {
  it('speaks English when asked and remembers it', async () => {
    sitting = await openWindow(browser, node.origin);
    const { page } = sitting;
    await logIn(page, 'vanthu.tinhuy');
    await page.getByRole('button', { name: 'Phạm Thị Ngọc Diệp' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.reload();
    await page.getByRole('link', { name: 'Outgoing documents' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('leads to a page from its menu, on a phone too', async () => {
    sitting = await openWindow(browser, node.origin, { screen: 'phone' });
    const { page } = sitting;
    await logIn(page, 'vanthu.tinhuy');
    await page.getByRole('button', { name: 'Trình đơn', exact: true }).click();
    await page.getByRole('link', { name: 'Văn bản đi', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Văn bản đi' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/outgoing');
  });

  it.each(['/registers', '/work', '/outgoing'])(
    'prints %s whole and alone, under its secrecy',
    async (path) => {
      sitting = await openWindow(browser, node.origin);
      const { page } = sitting;
      await logIn(page, 'vanthu.tinhuy');
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      // As tall as a long list makes it.
      await page.evaluate(() => {
        const tall = document.createElement('div');
        tall.style.blockSize = '4000px';
        document.getElementById('content')?.append(tall);
      });
      await page.emulateMedia({ media: 'print' });
      expect(
        await page.locator('.pf-v6-c-masthead, .pf-v6-c-page__sidebar').filter({ visible: true }).count(),
      ).toBe(0);
      expect(await page.getByText('Độ mật cao nhất trên màn hình').isVisible()).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(4000);
      expect(await overflows(page)).toBe(false);
    },
  );

  it('shows an administrator no document, neither in the menu nor by its address', async () => {
    sitting = await openWindow(browser, node.origin);
    const { page } = sitting;
    await logIn(page, 'quantri.tinhuy');
    expect(await page.getByRole('link', { name: 'Văn bản đi' }).count()).toBe(0);
    await page.goto('/outgoing');
    await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
  });

  it('tells the leader of a new draft while the page is open, and leads to it', async () => {
    sitting = await openWindow(browser, node.origin);
    const { page } = sitting;
    await logIn(page, 'lanhdao.tinhuy');
    const bell = page.getByRole('button', { name: /^Thông báo: \d+ chưa đọc/ });
    await bell.waitFor();
    const before = await bell.getAttribute('aria-label');
    await new Desk(node, staffs.provinceBoard).inReview({ abstract: 'Về việc thử chuông thông báo' });
    await page.waitForFunction(
      (label) => document.querySelector('[aria-label^="Thông báo:"]')?.getAttribute('aria-label') !== label,
      before,
      { timeout: 10_000 },
    );
    await bell.click();
    await page.locator('.pf-v6-c-notification-drawer').getByText('Về việc thử chuông thông báo').click();
    await page.waitForURL(/\/outgoing\/[0-9a-f-]{36}$/);
    expect(sitting.complaints).toEqual([]);
  });

  it('serves the page with a policy that lets no foreign script run', async () => {
    const answer = await fetch(`${node.origin}/outgoing`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const unknown = await fetch(`${node.origin}/api/v1/no-such-thing`, { headers: { accept: 'text/html' } });
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('content-type')).toContain('application/problem+json');
  });
});
