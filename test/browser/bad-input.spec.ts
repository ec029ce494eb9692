import type { Browser, Page } from 'playwright-core';
import { demoPassword, demoPerson, demoPin } from '#directory';
import { sampleLetter } from '../../apps/launcher/src/job/sample-documents';
import type { Sitting } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow } from '../support/browser';
import { Desk, plainPdf, staffs } from '../support/desk';
import { asTyped, today } from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

let node: TestNode;
let browser: Browser;
let board: Desk;
const open: Sitting[] = [];

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
  board = new Desk(node, staffs.provinceBoard);
}, 180_000);
afterEach(async () => {
  for (const { context } of open.splice(0)) await context.close();
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

/** An empty draft with everything chosen but its files. */
async function fillDraft(page: Page, abstract: string): Promise<void> {
  await page.goto('/draft');
  await page.getByLabel('Cơ quan ban hành').selectOption({ label: 'Ban Thường vụ' });
  await page.getByLabel('Tên loại văn bản').selectOption({ label: 'Công văn' });
  await page.getByLabel('Trích yếu nội dung').fill(abstract);
  await page.getByLabel('Chức vụ người ký').selectOption({ index: 1 });
  await page.getByLabel('Thêm cơ quan nhận').fill('uy ban nhan dan tinh');
  await page.locator('.sealpost-finder button').first().click();
}

const choose = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) });

async function countOf(abstract: string): Promise<number> {
  const [row] = await node.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM workflow.document WHERE abstract = $1',
    [abstract],
  );
  return row?.count ?? 0;
}

/** As the server does after the idle time; other sessions of the person go on. */
async function endLastSession(loginName: string): Promise<void> {
  await node.query(
    `UPDATE access.session SET closed_at = now() WHERE id = (
       SELECT s.id FROM access.session s JOIN access.account a USING (person_id)
        WHERE a.login_name = $1 ORDER BY s.opened_at DESC LIMIT 1)`,
    [loginName],
  );
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

describe('a draft', () => {
  it('that was changed elsewhere meanwhile is not overwritten, and the page says what to do', async () => {
    const id = await board.draft({ abstract: 'Về việc hai người cùng sửa' });
    const [first, second] = [await sit('chuyenvien.tinhuy'), await sit('chuyenvien.tinhuy')];
    for (const page of [first, second]) {
      await page.goto(`/outgoing/${id}/edit`);
      await page.getByLabel('Trích yếu nội dung').waitFor();
    }
    await first.getByLabel('Trích yếu nội dung').fill('Về việc người thứ nhất đã sửa');
    await press(first, 'Lưu dự thảo');
    await first.getByText('Đã lưu dự thảo.').waitFor();

    const abstract = second.getByLabel('Trích yếu nội dung');
    await abstract.fill('Về việc người thứ hai đã sửa');
    for (let times = 0; times < 2; times += 1) {
      await press(second, 'Lưu dự thảo');
      await second.getByText('Văn bản đã được người khác thay đổi.').waitFor();
      await second.getByRole('button', { name: 'Lưu dự thảo' }).isEnabled();
    }
    expect(await faultsOf(second)).toEqual([]);
    expect(await abstract.inputValue()).toBe('Về việc người thứ hai đã sửa');
    expect(await countOf('Về việc người thứ nhất đã sửa')).toBe(1);

    await press(second, 'Lấy bản mới nhất');
    await second.waitForFunction(
      () => document.querySelector('textarea')?.value === 'Về việc người thứ nhất đã sửa',
    );
    await abstract.fill('Về việc người thứ hai đã sửa');
    await press(second, 'Lưu dự thảo');
    await second.getByText('Đã lưu dự thảo.').waitFor();
    expect(await countOf('Về việc người thứ hai đã sửa')).toBe(1);
  }, 120_000);

  it('is still there, half filled, after a session that ended and a new login', async () => {
    const abstract = 'Về việc phiên làm việc kết thúc giữa chừng';
    const page = await sit('chuyenvien.tinhuy');
    await fillDraft(page, abstract);
    await choose(page, 'cong-van.pdf', await plainPdf());
    await page.getByText('Tải lên khi lưu').waitFor();
    await endLastSession('chuyenvien.tinhuy');
    await press(page, 'Lưu và trình');
    await page.getByText('Phiên làm việc đã kết thúc. Đăng nhập lại để tiếp tục.').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.getByText('cong-van.pdf').isVisible()).toBe(false);

    await page.getByLabel('Tên đăng nhập').fill('chuyenvien.tinhuy');
    await page.getByLabel('Mật khẩu').fill(demoPassword);
    await press(page, 'Đăng nhập');
    await page.getByText('cong-van.pdf').waitFor();
    expect(await page.getByLabel('Trích yếu nội dung').inputValue()).toBe(abstract);
    await press(page, 'Lưu và trình');
    await page.getByText('Đã trình dự thảo.').waitFor();
    expect(await countOf(abstract)).toBe(1);
  }, 120_000);

  it('of one person is not shown to the next who logs in at the same window', async () => {
    const page = await sit('chuyenvien.tinhuy');
    await fillDraft(page, 'Về việc chỉ người soạn thảo biết');
    await endLastSession('chuyenvien.tinhuy');
    await press(page, 'Lưu dự thảo');
    await page.getByText('Phiên làm việc đã kết thúc.').waitFor();
    await page.getByLabel('Tên đăng nhập').fill('chuyenvien.ubnd');
    await page.getByLabel('Mật khẩu').fill(demoPassword);
    await press(page, 'Đăng nhập');
    await page.getByText('Hồ Sỹ Quảng').waitFor();
    expect(await page.content()).not.toContain('Về việc chỉ người soạn thảo biết');
  }, 120_000);

  it('is submitted once, also for whoever goes back and forth afterwards', async () => {
    const abstract = 'Về việc nút quay lại của trình duyệt';
    const page = await sit('chuyenvien.tinhuy');
    await fillDraft(page, abstract);
    await choose(page, 'cong-van.pdf', await plainPdf());
    await page.getByRole('button', { name: 'Lưu và trình' }).dblclick();
    await page.getByText('Đã trình dự thảo.').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Soạn văn bản', level: 1 }).waitFor();
    expect(await page.getByLabel('Trích yếu nội dung').inputValue()).toBe('');
    await page.goForward();
    await page.getByText('Đang xem xét').first().waitFor();
    expect(await countOf(abstract)).toBe(1);
  }, 120_000);

  it('takes of a huge paste what fits, and searches for no more than a name', async () => {
    const page = await sit('chuyenvien.tinhuy');
    await fillDraft(page, '');
    const paste = async (label: string, text: string): Promise<string> => {
      const field = page.getByLabel(label).first();
      await field.focus();
      await page.keyboard.insertText(text);
      return field.inputValue();
    };
    expect(await paste('Trích yếu nội dung', 'Về việc dán rất dài '.repeat(50_000))).toHaveLength(500);
    expect(await paste('Thêm cơ quan nhận', 'không có cơ quan này '.repeat(50_000))).toHaveLength(100);
    await page.getByText('Không tìm thấy.').waitFor();
    await press(page, 'Lưu dự thảo');
    await page.getByText('Đã lưu dự thảo.').waitFor();
  }, 120_000);

  it('shows a name that deceives as it is, says why it is refused, and can be saved without that file', async () => {
    const page = await sit('chuyenvien.tinhuy');
    await fillDraft(page, 'Về việc tên tệp có dấu đổi chiều');
    await choose(page, 'cong-van-\u202efdp.exe.pdf', await plainPdf());
    await page.getByText('cong-van-\ufffdfdp.exe.pdf').waitFor();
    await press(page, 'Lưu dự thảo');
    await page.getByText(/Tên tệp chứa ký tự không được phép/).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: /^Bỏ cong-van-/ }).click();
    await press(page, 'Lưu dự thảo');
    await page.getByText('Đã lưu dự thảo.').waitFor();
    expect(await countOf('Về việc tên tệp có dấu đổi chiều')).toBe(1);
  }, 120_000);
});

describe('a connection that is lost', () => {
  it('in the middle of an upload leaves the form, and the next try sends the file once', async () => {
    const abstract = 'Về việc mất mạng khi đang tải lên';
    const page = await sit('chuyenvien.tinhuy');
    await fillDraft(page, abstract);
    await choose(page, 'cong-van.pdf', await sampleLetter());
    await page.getByText('Tải lên khi lưu').waitFor();
    await page.getByText('Đang đọc tệp…').waitFor({ state: 'detached' });
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    const speed = (bytesPerSecond: number, offline: boolean): Promise<unknown> =>
      wire.send('Network.emulateNetworkConditions', {
        offline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: bytesPerSecond,
      });
    await speed(4_000, false);
    await press(page, 'Lưu và trình');
    await page.getByText(/Đang tải [1-9]/).waitFor();
    await speed(-1, true);
    await page.getByText('OFFLINE').first().waitFor();
    expect(await page.getByLabel('Trích yếu nội dung').inputValue()).toBe(abstract);

    await speed(-1, false);
    await press(page, 'Lưu và trình');
    await page.getByText('Đã trình dự thảo.').waitFor();
    const files = await node.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM workflow.document_file f
         JOIN workflow.document d ON d.id = f.document_id WHERE d.abstract = $1 GROUP BY d.id`,
      [abstract],
    );
    expect(files).toEqual([{ count: 1 }]);
  }, 120_000);

  it('after a batch was confirmed signs nothing twice', async () => {
    const ids: string[] = [];
    for (let n = 1; n <= 3; n += 1)
      ids.push(await board.approved({ abstract: `Về việc ký khi mất mạng ${n}` }));
    const page = await sit('lanhdao.tinhuy');
    await page.goto('/work/to-sign');
    await page.getByLabel('Chọn tất cả văn bản đang hiện').click();
    await press(page, 'Ký số 3 văn bản');
    // The server signs, and its answer never comes.
    await page.route('**/confirm', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    const dialog = page.getByRole('dialog');
    const enter = async (): Promise<void> => {
      await dialog.getByLabel(/Mã PIN/).fill(demoPin);
      await dialog.getByRole('button', { name: 'Ký 3 văn bản' }).click();
    };
    await enter();
    await dialog.getByText('OFFLINE').waitFor({ timeout: 60_000 });
    await page.unroute('**/confirm');
    await enter();
    await dialog.getByText('OPERATION_USED').waitFor();
    await dialog.getByRole('button', { name: 'Lập lại danh sách' }).click();
    await dialog.getByText('Không có văn bản nào ký được lúc này.').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Thôi' }).click();
    await page.getByText('Không có văn bản nào chờ bạn ký số.').waitFor();
    const signatures = await node.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM workflow.signature WHERE document_id = ANY($1) GROUP BY document_id',
      [ids],
    );
    expect(signatures).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }]);
  }, 180_000);
});

describe('a day that the calendar does not have', () => {
  it('is refused by a list, and never taken for no day at all', async () => {
    const page = await sit('vanthu.tinhuy');
    await page.goto('/registers/outgoing');
    const from = page.getByLabel('Từ ngày');
    await from.fill('31/11/2026');
    await from.press('Enter');
    await page.getByText('Ghi ngày/tháng/năm, ví dụ 02/09/2026').waitFor();
    await page.getByText('VALIDATION_FAILED').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await from.fill('1-11-2026');
    await from.press('Tab');
    expect(await from.inputValue()).toBe('01/11/2026');
    await page.getByText('VALIDATION_FAILED').waitFor({ state: 'detached' });
    await page.goto('/registers/outgoing?from=garbage');
    await page.getByText('VALIDATION_FAILED').waitFor();
    expect(await from.inputValue()).toBe('garbage');
  }, 120_000);

  it('does not move the button that is pressed next, and gives way to what that sets', async () => {
    const page = await sit('vanthu.tinhuy');
    await page.goto('/statistics');
    await page.getByLabel('Từ ngày').fill('31/11/2026');
    await page.getByRole('button', { name: 'Hôm nay' }).click({ delay: 80 });
    await page.waitForURL(/from=\d{4}-\d{2}-\d{2}/);
    expect(await page.getByLabel('Từ ngày').inputValue()).toBe(asTyped(today()));
  }, 120_000);

  it('does not enter a paper as one without a day', async () => {
    const page = await sit('vanthu.tinhuy');
    await page.goto('/incoming/paper');
    await page.getByLabel('Hoặc ghi tên nơi gửi').fill('Hội Cựu chiến binh tỉnh');
    await page.getByRole('combobox', { name: 'Độ mật' }).selectOption({ label: 'Mật' });
    await page.getByLabel('Ngày văn bản').fill('15/11/26');
    await press(page, 'Vào sổ');
    await page.locator('.sealpost-toasts').getByText('VALIDATION_FAILED').waitFor();
    expect(await node.query(`SELECT FROM workflow.incoming WHERE source = 'paper'`)).toHaveLength(0);
  }, 120_000);
});

describe('a name that a colleague corrected meanwhile', () => {
  it('is not overwritten, however often the form is sent', async () => {
    const { id } = demoPerson('chuyenvien.tinhuy');
    const [first, second] = [await sit('quantri.tinhuy'), await sit('quantri.tinhuy')];
    for (const page of [first, second]) {
      await page.goto(`/administration/people/${id}`);
      await press(page, 'Sửa họ tên');
    }
    await second.getByLabel('Họ và tên').fill('Trần Quốc Bảo Long');
    await press(second, 'Lưu');
    await second.getByRole('heading', { name: 'Trần Quốc Bảo Long' }).waitFor();
    await first.getByLabel('Họ và tên').fill('Trần Quốc Bảo Lâm');
    for (let times = 1; times <= 2; times += 1) {
      await first.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
      await first
        .locator('.sealpost-toasts .pf-m-danger')
        .nth(times - 1)
        .waitFor();
    }
    const [person] = await node.query<{ full_name: string }>(
      'SELECT full_name FROM directory.person WHERE id = $1',
      [id],
    );
    expect(person?.full_name).toBe('Trần Quốc Bảo Long');
  }, 120_000);
});
