import type { Browser, Page } from 'playwright-core';
import { demoAgency, demoPin } from '#directory';
import { sampleLetter } from '../../apps/launcher/src/job/sample-documents';
import type { Sitting } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow } from '../support/browser';
import { Desk, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

let node: TestNode;
let browser: Browser;
/** A decision that the province's People's Committee has issued. */
let decision: string;
const open: Sitting[] = [];

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
  decision = await new Desk(node, staffs.peoplesCommittee).issued(
    { recipients: [{ agencyId: demoAgency('bkhcn').id }] },
    { bytes: await sampleLetter() },
  );
}, 180_000);
afterEach(() => {
  for (const { complaints } of open) expect(complaints).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await node.close();
});

async function sit(person: string): Promise<Page> {
  const sitting = await openWindow(browser, node.origin);
  open.push(sitting);
  await logIn(sitting.page, person);
  return sitting.page;
}

async function inOrder(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
}

describe('copies on the page', () => {
  it('are made of an issued document, numbered, signed, issued, and known as copies where they arrive', async () => {
    const clerk = await sit('vanthu.ubnd');
    await clerk.goto(`/outgoing/${decision}`);
    await clerk.getByRole('button', { name: 'Sao văn bản' }).click();
    const dialog = clerk.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Bản sao y/ }).waitFor();
    await dialog.getByRole('radio', { name: /Bản trích sao/ }).check();
    await dialog.getByLabel('Các trang cần trích').fill('1');
    await inOrder(clerk);
    await dialog.getByRole('radio', { name: /Bản sao y/ }).check();
    await dialog.getByLabel('Thêm cơ quan nhận').fill('so noi vu');
    await dialog
      .getByRole('button', { name: /Sở Nội vụ/ })
      .first()
      .click();
    await inOrder(clerk);
    await dialog.getByRole('button', { name: 'Lập bản sao' }).click();

    await clerk.getByRole('heading', { level: 1, name: 'Bản sao y' }).waitFor();
    await clerk.getByText('Chờ văn thư cấp số').waitFor();
    const source = clerk.getByRole('link', { name: /^Quyết định số 01\/QĐ-UBND/ });
    expect(await source.getAttribute('href')).toBe(`/outgoing/${decision}`);
    await inOrder(clerk);
    await clerk.getByRole('button', { name: 'Cấp số', exact: true }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Cấp số', exact: true }).click();
    await clerk.getByRole('heading', { level: 1, name: 'Bản sao y 01/SY-UBND' }).waitFor();
    await clerk.getByRole('button', { name: 'Ký số của cơ quan' }).click();
    await clerk
      .getByRole('dialog')
      .getByLabel(/Mã PIN/)
      .fill(demoPin);
    await clerk.getByRole('dialog').getByRole('button', { name: 'Ký 1 văn bản' }).click();
    await clerk.getByRole('dialog').getByText('Đã ký 1/1 văn bản.').waitFor();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Đóng', exact: true }).last().click();
    await clerk.getByRole('button', { name: 'Phát hành', exact: true }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Phát hành', exact: true }).click();
    await clerk.getByText('Đã phát hành', { exact: true }).first().waitFor();
    await inOrder(clerk);

    const recipient = await sit('vanthu.sonoivu');
    await recipient.setViewportSize({ width: 390, height: 844 });
    await recipient.emulateMedia({ colorScheme: 'dark' });
    await recipient.goto('/incoming?view=to-accept');
    await recipient.getByRole('link', { name: /Quyết định số 01\/QĐ-UBND/ }).click();
    await recipient.getByText(/^Đây là bản sao y của: Quyết định số 01\/QĐ-UBND/).waitFor();
    // Offered once the verdict is there.
    await recipient.getByRole('button', { name: 'Tiếp nhận', exact: true }).waitFor();
    await inOrder(recipient);
    await recipient.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await recipient.getByRole('dialog').getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await recipient.getByRole('button', { name: 'Sao văn bản' }).click();
    await recipient
      .getByRole('dialog')
      .getByRole('radio', { name: /Bản sao lục/ })
      .waitFor();
    expect(await recipient.getByRole('dialog').getByRole('radio').count()).toBe(1);
    await inOrder(recipient);
  });
});
