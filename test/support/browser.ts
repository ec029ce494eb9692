import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { demoPassword } from '#directory';
import { withLock } from '#platform/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Screens that every page is made for. */
const screens = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

export type Screen = keyof typeof screens;
export type Theme = 'light' | 'dark';

/** As what a page is looked at. */
export interface Look {
  readonly screen: Screen;
  readonly theme: Theme;
}

/** A Chromium: the system's, or else the one that npm brought, with the libraries it brings where they are missing. */
export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--font-render-hinting=none'];
  const system = systemChromium();
  if (system !== undefined) return chromium.launch({ executablePath: system, args });
  const folder = resolve('var', 'test', 'chromium');
  mkdirSync(folder, { recursive: true });
  await withLock(join(folder, 'unpacking'), () => {
    unpack(folder);
    return Promise.resolve();
  });
  const executablePath = join(folder, 'chromium');
  try {
    return await chromium.launch({ executablePath, args });
  } catch {
    const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
    return chromium.launch({ executablePath, args, env });
  }
}

function systemChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** The package unpacks into the folder for temporary files, and its libraries only where it takes itself for Lambda. */
function unpack(folder: string): void {
  if (existsSync(join(folder, 'chromium')) && existsSync(join(folder, 'al2023'))) return;
  const program = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
  execFileSync(process.execPath, ['-e', program], {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', NODE_OPTIONS: '' },
  });
}

export interface Sitting {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: script errors, refused loads. Refusals of the API are not among them. */
  readonly complaints: string[];
}

/** A browser window of one person, before the login. */
export async function openWindow(
  browser: Browser,
  origin: string,
  { screen = 'desk', theme = 'light' }: Partial<Look> = {},
): Promise<Sitting> {
  const context = await browser.newContext({
    viewport: screens[screen],
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'vi-VN',
    baseURL: origin,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource: the server responded');
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Shows a page that is open already on another screen or in another theme, and waits until it is laid out anew. */
export async function showAs(page: Page, { screen, theme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize(screens[screen]);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve();
          });
        });
      }),
  );
}

/** Logs in as people do; lands on the person's first page. The tour of a first login is ended unless it is wanted. */
export async function logIn(
  page: Page,
  loginName: string,
  { tour = 'end' }: { readonly tour?: 'end' | 'leave' } = {},
): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(loginName);
  await page.getByLabel('Mật khẩu').fill(demoPassword);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  // By its class: on a phone the menu is closed, and what is hidden has no role.
  await page.locator('.pf-v6-c-nav').first().waitFor({ state: 'attached' });
  const end = page.getByRole('button', { name: 'Kết thúc giới thiệu' });
  if (tour === 'end' && (await end.isVisible())) await end.click();
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What is wrong with the page as it stands, one line a fault: WCAG 2.2 A and AA by axe, dates, and its width. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  return [
    ...(await accessibilityFaults(page)),
    ...(await dateFaults(page)),
    ...((await overflows(page)) ? ['the page is wider than the screen'] : []),
  ];
}

async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (tags) =>
      (
        globalThis as unknown as { axe: { run(target: unknown, options: object): Promise<AxeResults> } }
      ).axe.run(document, { runOnly: tags, resultTypes: ['violations'] }),
    standard,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help} — ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Dates that are not written as in Viet Nam, two digits each, and times of a day that do not say of which zone. */
async function dateFaults(page: Page): Promise<readonly string[]> {
  const text = await page.evaluate(() => document.body.innerText);
  const otherwise = /\b(?:\d{4}-\d{1,2}-\d{1,2}|\d\/\d{1,2}\/\d{4}|\d{2}\/\d\/\d{4})\b/g;
  const zoneless = /\b\d{2}\/\d{2}\/\d{4} \d{1,2}:\d{2}(?! \(\+07:00\))/g;
  return [otherwise, zoneless]
    .flatMap((pattern) => text.match(pattern) ?? [])
    .map((found) => `date: ${found}`);
}

/** Whether something is wider than the screen, so that the whole page has to be moved sideways. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    // The frame of all pages scrolls by itself.
    [document.documentElement, document.querySelector('main')].some(
      (whole) => whole !== null && whole.scrollWidth > whole.clientWidth + 1,
    ),
  );
}
