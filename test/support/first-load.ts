import type { Browser, CDPSession } from 'playwright-core';
import { logIn, openWindow } from './browser';

/**
 * What a browser that was never here receives from the login to the first page, in bytes by path: compressed bodies
 * with their headers, as they go over the wire.
 */
export async function firstLoad(
  browser: Browser,
  origin: string,
  loginName: string,
): Promise<ReadonlyMap<string, number>> {
  const { context, page } = await openWindow(browser, origin);
  const bytes = await countBytes(await context.newCDPSession(page));
  await logIn(page, loginName);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await context.close();
  return bytes;
}

/** The sum over all paths. */
export function bytesOf(load: ReadonlyMap<string, number>): number {
  return [...load.values()].reduce((sum, size) => sum + size, 0);
}

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
