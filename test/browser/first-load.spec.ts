import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { bytesOf, firstLoad } from '../support/first-load';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** Bytes: the page must open quickly on a slow line. */
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

describe('the first load', () => {
  it.each(['chuyenvien', 'lanhdao', 'vanthu'])(
    'takes a %s at most 300 kB, from the login to the first page, without pdf.js',
    async (post) => {
      const load = await firstLoad(browser, node.origin, `${post}.tinhuy`);
      const paths = [...load.keys()];
      for (const kind of [/\.js$/, /\.css$/, /\.woff2$/, /^\/api\//])
        expect(paths.filter((path) => kind.test(path))).not.toEqual([]);
      expect(paths.filter((path) => path.includes('pdf'))).toEqual([]);
      expect(bytesOf(load)).toBeLessThanOrEqual(limit);
    },
  );

  it('comes compressed as well as a browser can read it', async () => {
    const answer = await fetch(node.origin, { headers: { accept: 'text/html', 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
  });
});
