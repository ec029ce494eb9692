import type { Locator, Page } from 'playwright-core';
import { demoPassword, demoPin } from '#directory';
import type { Place, Step } from './day';
import { people, step } from './day';

/** Names what is on a page as a person sees it. */
export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });
export const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name }).first();
export const dialog = (page: Page): Locator => page.getByRole('dialog');
export const inDialog = (page: Page, name: string): Locator =>
  dialog(page).getByRole('button', { name, exact: true });

/** Waits until a page says this. */
export const says = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByText(words).first().waitFor();

/** Waits until the first page of the paper is drawn. */
export const paperShown = (page: Page): Promise<void> =>
  page.locator('.sealpost-pdf__text span').first().waitFor({ state: 'attached' });

export const gone = (target: Locator): Promise<void> => target.waitFor({ state: 'detached' });

/** Follows an entry of the main menu, which has to be opened first on a narrow screen. */
export async function goTo({ page, hand }: Place, entry: string): Promise<void> {
  await hand.press(
    page.getByRole('navigation', { name: 'Trình đơn chính' }).getByRole('link', { name: entry }),
  );
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** The first step of everybody. */
export const logsIn = (who: Step['who']): Step =>
  step(who, 'logs in', async ({ page, hand }) => {
    await page.goto('/');
    await hand.write(page.getByLabel('Tên đăng nhập'), people[who]);
    await hand.write(page.getByLabel('Mật khẩu'), demoPassword);
    await hand.press(button(page, 'Đăng nhập'));
    await page.getByRole('navigation', { name: 'Trình đơn chính' }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

/** Enters a PIN and lets everything on the list be signed. */
export async function signs({ page, hand }: Place, count: number, pin = demoPin): Promise<void> {
  await hand.write(dialog(page).getByLabel(/Mã PIN/), pin);
  await hand.press(inDialog(page, `Ký ${count} văn bản`));
}
