import type { Browser, Page } from 'playwright-core';
import type { Screen, Sitting, Theme } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow } from '../support/browser';
import { Desk, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

let node: TestNode;
let browser: Browser;
let sitting: Sitting | undefined;

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
  const desk = new Desk(node, staffs.provinceBoard);
  for (const n of ['một', 'hai', 'ba']) await desk.inReview({ abstract: `Về việc thứ ${n}` });
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

async function sit(loginName: string, look: readonly [Screen, Theme] = ['desk', 'light']): Promise<Page> {
  const [screen, theme] = look;
  sitting = await openWindow(browser, node.origin, { screen, theme });
  await logIn(sitting.page, loginName);
  return sitting.page;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Phím tắt' });

describe('keys of one character', () => {
  it.each(looks)('are listed without fault on a %s in %s', async (screen, theme) => {
    const page = await sit('lanhdao.tinhuy', [screen, theme]);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('?');
    await dialog(page).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(sitting?.complaints).toEqual([]);
  });

  it('lead to pages, to the search field and through a list, but not while somebody types', async () => {
    const page = await sit('lanhdao.tinhuy');
    await page.getByText('Về việc thứ ba').waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent.match(/thứ (một|hai|ba)/)?.[1] ?? '');
    await page.keyboard.press('j');
    const first = await focused();
    await page.keyboard.press('j');
    const second = await focused();
    expect([first, second].every((name) => name !== '') && first !== second).toBe(true);
    await page.keyboard.press('k');
    expect(await focused()).toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/work\/to-approve\/[0-9a-f-]{36}$/);

    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL(/\/outgoing$/);
    const search = page.getByRole('textbox', { name: /^Tìm văn bản/ });
    await search.waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('g?j/');
    expect(await search.inputValue()).toBe('g?j/');
    expect(await dialog(page).count()).toBe(0);
  });

  it('are turned off for good by whoever does not want them', async () => {
    const page = await sit('pho.tinhuy');
    await page.keyboard.press('?');
    await dialog(page).getByRole('checkbox', { name: 'Dùng phím tắt một ký tự' }).click();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('?');
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    expect(await dialog(page).count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/work');
    // The list, and the way back, are still in the menu of the account.
    await page.locator('.sealpost-account').click();
    await page.getByRole('menuitem', { name: 'Phím tắt' }).click();
    await dialog(page).waitFor();
  });
});

describe('the tour', () => {
  it.each(looks)('has no fault and is ended by keyboard on a %s in %s', async (screen, theme) => {
    await node.query('UPDATE access.preference SET tour_seen = false');
    sitting = await openWindow(browser, node.origin, { screen, theme });
    const { page } = sitting;
    await logIn(page, 'vanthu.tinhuy', { tour: 'leave' });
    const tour = page.getByRole('region', { name: 'Giới thiệu Sealpost' });
    await tour.getByText('Màn hình của bạn').waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const on = tour.getByRole('button', { name: 'Phần sau' });
    await on.focus();
    for (let step = 0; step < 8 && (await on.count()) > 0; step += 1) await page.keyboard.press('Enter');
    await tour.getByText('Nhấn ? để xem các phím tắt').waitFor();
    await tour.getByRole('button', { name: 'Kết thúc giới thiệu' }).focus();
    // What is kept late would end the tour of the next window.
    const kept = page.waitForResponse((response) => response.url().endsWith('/session/preferences'));
    await page.keyboard.press('Enter');
    await tour.waitFor({ state: 'detached' });
    await kept;
  });

  it('does not come back, on another computer either, until it is asked for', async () => {
    const page = await sit('vanthu.tinhuy');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('region', { name: 'Giới thiệu Sealpost' }).count()).toBe(0);
    await page.locator('.sealpost-account').click();
    await page.getByRole('menuitem', { name: 'Giới thiệu Sealpost' }).click();
    await page.getByRole('region', { name: 'Giới thiệu Sealpost' }).waitFor();
  });
});

describe('a saved view', () => {
  it.each(looks)('stands in the menu until it is removed, on a %s in %s', async (screen, theme) => {
    await node.query(`UPDATE access.preference SET views = '[]'`);
    const page = await sit('vanthu.tinhuy', [screen, theme]);
    const openMenu = async (): Promise<void> => {
      if (screen === 'phone') await page.getByRole('button', { name: 'Trình đơn', exact: true }).click();
    };
    await page.goto('/outgoing?state=ISSUED');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await openMenu();
    await page.getByRole('button', { name: 'Lưu trang đang lọc' }).click();
    await page.getByLabel('Tên trong trình đơn').fill('Đã phát hành của tôi');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/work');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await openMenu();
    await page.getByRole('link', { name: 'Đã phát hành của tôi' }).click();
    await page.waitForURL(/\/outgoing\?state=ISSUED$/);
    await openMenu();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Xóa trang đã lưu này' }).click();
    await page.getByRole('link', { name: 'Đã phát hành của tôi' }).waitFor({ state: 'detached' });
  });
});

describe('hints', () => {
  it('are shown below fields until they are turned off', async () => {
    const page = await sit('chuyenvien.tinhuy');
    await page.goto('/outgoing?state=DRAFT');
    const hint = page.getByText('Chỉ lưu điều kiện lọc');
    await page.getByRole('button', { name: 'Lưu trang đang lọc' }).click();
    await hint.waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.sealpost-account').click();
    await page.getByRole('menuitem', { name: 'Hiện gợi ý' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Lưu trang đang lọc' }).click();
    await page.getByLabel('Tên trong trình đơn').waitFor();
    expect(await hint.count()).toBe(0);
  });
});
