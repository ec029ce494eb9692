import type { Browser } from 'playwright-core';
import type { Screen, Sitting, Theme } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow } from '../support/browser';
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

const looks: readonly (readonly [string, Screen, Theme])[] = [
  ['chuyenvien', 'desk', 'light'],
  ['vanthu', 'desk', 'dark'],
  ['chuyenvien', 'phone', 'dark'],
  ['vanthu', 'phone', 'light'],
];

describe('groups of recipients', () => {
  it.each(looks)('are opened, renamed and deleted by a %s on a %s in %s', async (post, screen, theme) => {
    sitting = await openWindow(browser, node.origin, { screen, theme });
    const { page } = sitting;
    await logIn(page, `${post}.tinhuy`);
    await page.goto('/groups');
    await page.getByText('Chưa có nhóm nào').waitFor();
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole('button', { name: 'Lập nhóm mới' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tên nhóm').fill('Đảng ủy các xã');
    await dialog.getByRole('textbox', { name: 'Thêm cơ quan nhận' }).fill('son thuy');
    await dialog.getByText('Tìm thấy').waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('list', { name: 'Nơi nhận trong nhóm' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Sửa nhóm Đảng ủy các xã' }).click();
    await dialog.getByLabel('Tên nhóm').fill('Các đảng ủy xã');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Xóa nhóm Các đảng ủy xã' }).click();
    await dialog.getByRole('button', { name: 'Xóa' }).click();
    await page.getByText('Chưa có nhóm nào').waitFor();
    expect(sitting.complaints).toEqual([]);
  });

  it('changed by somebody else meanwhile are not overwritten: the person is told, and goes on from there', async () => {
    sitting = await openWindow(browser, node.origin);
    const { page } = sitting;
    const colleague = await node.as('vanthu.tinhuy');
    const given = {
      name: 'Ngoài hệ thống',
      recipients: [],
      paperRecipients: [{ name: 'Công ty in', channel: 'post', copies: 1 }],
    };
    const { id } = (await colleague.post('/recipient-groups', given)).body as { readonly id: string };
    await logIn(page, 'chuyenvien.tinhuy');
    await page.goto('/groups');
    await page.getByRole('button', { name: 'Sửa nhóm Ngoài hệ thống' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tên nhóm').fill('Nhóm của tôi');
    await colleague.call('PUT', `/recipient-groups/${id}`, { json: { ...given, name: 'Nhóm của văn thư' } });
    await page.keyboard.press('Enter');
    await dialog.getByText('Nhóm vừa được người khác sửa').waitFor();
    await dialog.getByRole('button', { name: 'Lấy bản hiện có' }).click();
    expect(await dialog.getByLabel('Tên nhóm').inputValue()).toBe('Nhóm của văn thư');
    await dialog.getByLabel('Tên nhóm').fill('Nhóm của cả hai');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sửa nhóm Nhóm của cả hai' }).waitFor();
  });
});
