import type { Browser, CDPSession } from 'playwright-core';
import { logIn, openBrowser, openWindow } from '../support/browser';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** Bytes on the wire, headers with them: the page must open quickly on a slow line. */
const limit = 300_000;

let node: TestNode;
let browser: Browser;

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await node.close();
});

/** What the browser received, by path: compressed bodies and headers as the server sends them. */
async function countBytes(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    paths.set(requestId, new URL(request.url).pathname);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? '';
    bytes.set(path, (bytes.get(path) ?? 0) + encodedDataLength);
  });
  await session.send('Network.enable');
  return bytes;
}

describe('the first load', () => {
  it.each(['chuyenvien', 'lanhdao', 'vanthu'])(
    'takes a %s at most 300 kB, from the login to the first page, without pdf.js',
    async (post) => {
      const { context, page } = await openWindow(browser, node.origin);
      const bytes = await countBytes(await context.newCDPSession(page));
      await logIn(page, `${post}.tinhuy`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await context.close();
      const paths = [...bytes.keys()];
      for (const kind of [/\.js$/, /\.css$/, /\.woff2$/, /^\/api\//])
        expect(paths.filter((path) => kind.test(path))).not.toEqual([]);
      expect(paths.filter((path) => path.includes('pdf'))).toEqual([]);
      expect([...bytes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limit);
    },
  );

  it('comes compressed as well as a browser can read it', async () => {
    const answer = await fetch(node.origin, { headers: { accept: 'text/html', 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
  });
});
