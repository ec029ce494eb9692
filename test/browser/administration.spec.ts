import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiHolder } from '#directory';
import { demoAgency, demoPerson } from '#directory';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Screen, Sitting, Theme } from '../support/browser';
import { faultsOf, logIn, openBrowser, openWindow } from '../support/browser';
import { asTyped, today } from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** The pages of whoever keeps the directory, the certificates and the node; never content. */

let node: TestNode;
let browser: Browser;
let open: Sitting[] = [];

beforeAll(async () => {
  node = await startTestNode();
  browser = await openBrowser();
}, 180_000);
afterEach(async () => {
  for (const { complaints, context } of open) {
    expect(complaints).toEqual([]);
    await context.close();
  }
  open = [];
});
afterAll(async () => {
  await browser.close();
  await node.close();
});

interface Look {
  readonly screen: Screen;
  readonly theme: Theme;
}

async function window(look?: Look): Promise<Page> {
  const sitting = await openWindow(browser, node.origin, look);
  open.push(sitting);
  return sitting.page;
}

async function sit(person: string, look?: Look): Promise<Page> {
  const page = await window(look);
  await logIn(page, person);
  return page;
}

/** The page as it stands has no accessibility fault and fits its screen. */
async function inOrder(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog');

/** As `press`; the dialog closes because the server has done it. */
async function finish(page: Page, name: string): Promise<void> {
  await press(page, name);
  await dialogOf(page).waitFor({ state: 'detached' });
}

/** Presses a button of the dialog. */
async function press(page: Page, name: string): Promise<void> {
  await dialogOf(page).getByRole('button', { name, exact: true }).click();
}

/** Takes away what was told of a refusal, which stays until somebody has read it. */
const closeRefusal = (page: Page): Promise<void> =>
  page.locator('.pf-v6-c-alert-group .pf-m-danger .pf-v6-c-alert__action button').click();

/** Says in words that something was refused; the dialog stays, to be corrected. */
async function refused(page: Page, words: string, code: string): Promise<void> {
  await page.getByText(words).first().waitFor();
  await page.getByText(code).first().waitFor();
  expect(await dialogOf(page).count()).toBe(1);
}

const password = 'Một câu dài dễ nhớ 2026';

describe('an administrator', () => {
  it('enters a body, a post and a person, who sets an own password before anything else', async () => {
    const page = await sit('quantri.tinhuy');
    await page.getByRole('link', { name: 'Tỉnh ủy Lam Giang', exact: true }).click();
    await page.getByRole('button', { name: 'Thêm cơ quan ban hành' }).click();
    await dialogOf(page).getByLabel('Tên ghi trên văn bản').fill('Ban Chỉ đạo chuyển đổi số');
    await dialogOf(page).getByLabel('Ký hiệu').fill('BCĐ/1');
    await dialogOf(page).getByLabel('Thông báo', { exact: true }).check();
    await press(page, 'Thêm');
    await refused(page, 'Dữ liệu gửi lên', 'VALIDATION_FAILED');
    await dialogOf(page).getByLabel('Ký hiệu').fill('BCĐ');
    await inOrder(page);
    await finish(page, 'Thêm');
    await page.getByRole('gridcell', { name: 'Ban Chỉ đạo chuyển đổi số', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Thêm chức vụ' }).click();
    await dialogOf(page).getByLabel('Tên chức vụ').fill('THƯ KÝ BAN CHỈ ĐẠO');
    await dialogOf(page)
      .getByRole('group', { name: 'Thuộc cơ quan ban hành' })
      .getByLabel('Ban Chỉ đạo chuyển đổi số')
      .check();
    await finish(page, 'Thêm');
    await page.getByRole('row', { name: /THƯ KÝ BAN CHỈ ĐẠO.*Chưa có ai giữ/ }).waitFor();

    await closeRefusal(page);
    await page.getByRole('link', { name: 'Con người' }).click();
    await page.getByRole('button', { name: 'Thêm người' }).click();
    await dialogOf(page).getByLabel('Họ và tên').fill('Lưu Thị Thử Việc');
    await dialogOf(page).getByLabel('Chức vụ').selectOption({ label: 'THƯ KÝ BAN CHỈ ĐẠO' });
    await dialogOf(page).getByLabel('Chuyên viên (soạn thảo)').check();
    await inOrder(page);
    await dialogOf(page).getByRole('button', { name: 'Thêm', exact: true }).last().click();
    await page.getByRole('heading', { name: 'Lưu Thị Thử Việc', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await dialogOf(page).getByLabel('Tên đăng nhập').fill('vanthu.tinhuy');
    await press(page, 'Tạo tài khoản');
    await refused(page, 'Tên đăng nhập này đã có người dùng', 'LOGIN_NAME_TAKEN');
    await dialogOf(page).getByLabel('Tên đăng nhập').fill('thu.viec');
    await dialogOf(page).getByRole('button', { name: 'Tạo tài khoản' }).click();
    const given = dialogOf(page).getByLabel('Mật khẩu dùng một lần');
    const initial = await given.inputValue();
    await inOrder(page);
    await finish(page, 'Đã ghi lại, ẩn đi');
    expect(await page.content()).not.toContain(initial);
    await page.getByText('Chờ đặt mật khẩu riêng').waitFor();
    await inOrder(page);

    const newcomer = await window();
    await newcomer.goto('/');
    await newcomer.getByLabel('Tên đăng nhập').fill('thu.viec');
    await newcomer.getByLabel('Mật khẩu').fill(initial);
    await newcomer.getByRole('button', { name: 'Đăng nhập' }).click();
    await newcomer.getByRole('heading', { name: 'Đặt mật khẩu của bạn' }).waitFor();
    await inOrder(newcomer);
    // Nothing else is to be had, also not by its address.
    await newcomer.goto('/draft');
    await newcomer.getByLabel('Mật khẩu được cấp').fill('không phải mật khẩu này');
    await newcomer.getByLabel(/^Mật khẩu mới/).fill(password);
    await newcomer.getByLabel('Nhập lại mật khẩu mới').fill(password);
    await newcomer.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await newcomer.getByText('PASSWORD_WRONG').waitFor();
    await inOrder(newcomer);
    await newcomer.getByLabel('Mật khẩu được cấp').fill(initial);
    await newcomer.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await newcomer.getByRole('heading', { name: 'Soạn văn bản', level: 1 }).waitFor();
  }, 180_000);

  it('changes roles, ends an appointment and locks a login, each with its reason', async () => {
    const page = await sit('quantri.tinhuy');
    await page.goto('/administration/people');
    await page.getByLabel('Tìm người theo tên').fill('pham thi ngoc d');
    await page.getByRole('link', { name: 'Phạm Thị Ngọc Diệp' }).click();
    await page.getByRole('button', { name: 'Sửa VĂN THƯ' }).click();
    await dialogOf(page).getByLabel('Kiểm tra, thanh tra').check();
    await press(page, 'Lưu');
    await refused(page, 'không được đồng thời giữ vai trò khác', 'INSPECTOR_ALONE');
    await dialogOf(page).getByLabel('Kiểm tra, thanh tra').uncheck();
    await dialogOf(page).getByLabel('Chuyên viên (soạn thảo)').check();
    await finish(page, 'Lưu');
    await page.getByRole('gridcell', { name: 'Văn thư, Chuyên viên (soạn thảo)' }).waitFor();
    await page.getByRole('button', { name: 'Khóa tài khoản' }).click();
    await dialogOf(page).getByLabel('Lý do').fill('Nghỉ dài ngày');
    await finish(page, 'Khóa tài khoản');
    await page.getByText('Đã khóa', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Mở khóa tài khoản' }).click();
    await dialogOf(page).getByLabel('Lý do').fill('Đã đi làm lại');
    await finish(page, 'Mở khóa tài khoản');
    await page.getByRole('button', { name: 'Kết thúc VĂN THƯ' }).click();
    await dialogOf(page)
      .getByLabel('Kết thúc từ ngày')
      .fill(asTyped(today(-3)));
    await dialogOf(page).getByLabel('Lý do').fill('Quyết định số 15-QĐ/TU');
    await press(page, 'Kết thúc');
    await refused(page, 'những gì đã qua không được sửa lại', 'VALIDITY_IN_PAST');
    await dialogOf(page)
      .getByLabel('Kết thúc từ ngày')
      .fill(asTyped(today(40)));
    await finish(page, 'Kết thúc');
    await page.getByText(/thôi từ/).waitFor();
    await inOrder(page);
  }, 120_000);

  it('does it by keyboard alone: founds an agency, and ends another with a successor', async () => {
    const page = await sit('quantri.tinhuy');
    await page.getByRole('link', { name: 'Tỉnh ủy Lam Giang', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Thêm cơ quan trực thuộc' }).press('Enter');
    await dialogOf(page).waitFor();
    // The first field has the focus, and Tab goes through the rest in the order in which they stand.
    for (const text of ['Ban Quản lý khu thử nghiệm', 'BQL thử nghiệm', 'BQL', 'Lam Giang']) {
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Tab');
    await page.keyboard.type('000.99.00.A92');
    await inOrder(page);
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Cơ quan', exact: true }).press('Enter');
    await page.getByRole('link', { name: 'Ban Quản lý khu thử nghiệm' }).waitFor();
    await page.getByLabel('Tìm cơ quan theo tên hoặc mã').press('End');
    await page.keyboard.type('dong kinh');
    await page.getByRole('link', { name: 'Đảng ủy phường Đông Kinh' }).press('Enter');
    await page.getByRole('button', { name: 'Kết thúc', exact: true }).press('Enter');
    await dialogOf(page).getByLabel('Cơ quan kế thừa').press('End');
    await page.keyboard.type('van phong tinh uy');
    await dialogOf(page)
      .getByRole('button', { name: /Văn phòng Tỉnh ủy Lam Giang/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await dialogOf(page).getByLabel('Lý do').press('End');
    await page.keyboard.type('Quyết định số 16-QĐ/TU');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.getByText('Đã kết thúc').first().waitFor();
    await page.getByText('Văn phòng Tỉnh ủy Lam Giang').waitFor();
    await inOrder(page);
  }, 120_000);
});

function holderOf(key: string): PkiHolder {
  const holder = node.pki.index.holders.find(({ owner, use }) => owner.key === key && use === 'signing');
  if (!holder) throw new Error(`${key} holds no certificate`);
  return holder;
}

/** As if nothing of this holder had ever been entered: only a test can. */
async function forget({ thumbprint }: PkiHolder): Promise<void> {
  for (const table of ['directory.certificate', 'access.stored_key'])
    await node.database.ownerDataSource.query(`DELETE FROM ${table} WHERE thumbprint = $1`, [thumbprint]);
}

const read = (path: string): Promise<Buffer> => readFile(join(node.pki.folder, path));

/** Whose it is, found in the dialog by a few letters. */
async function choose(page: Page, typed: string, name: string): Promise<void> {
  await dialogOf(page).getByPlaceholder(/^Gõ/).fill(typed);
  await dialogOf(page)
    .getByRole('button', { name: new RegExp(name) })
    .click();
}

describe('certificates and keys', () => {
  it('are forecast in a sentence, imported from a file, and withdrawn for a reason', async () => {
    const holder = holderOf('lanhdao.vptu');
    await forget(holder);
    const page = await sit('quantri.tinhuy');
    await page.goto('/administration/certificates');
    const sentence = page.getByRole('heading', { name: /1 lãnh đạo.* hiện không ký được/ });
    await sentence.waitFor();
    const names = page.getByRole('button', { name: /Xem từng tên/ }).first();
    await names.click();
    await page.getByText('chưa có chứng thư').first().waitFor();
    await inOrder(page);

    const pem = (await read(holder.certificate)).toString('utf8');
    const [, base64 = ''] = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem) ?? [];
    await page.getByRole('button', { name: 'Nhập chứng thư' }).click();
    await choose(page, 'nguyen thi anh tuyet', 'Nguyễn Thị Ánh Tuyết');
    const file = dialogOf(page).getByLabel('Tệp chứng thư');
    await file.setInputFiles({
      name: 'chung-thu.der',
      mimeType: 'application/pkix-cert',
      buffer: Buffer.from(base64, 'base64'),
    });
    await inOrder(page);
    await press(page, 'Nhập chứng thư');
    await refused(page, 'không trùng với họ tên', 'CERTIFICATE_OF_ANOTHER_PERSON');
    await dialogOf(page).getByRole('button', { name: 'Chọn lại' }).click();
    await choose(page, nameOf(holder), nameOf(holder));
    await finish(page, 'Nhập chứng thư');
    await page.getByText('Đã nhập chứng thư.').waitFor();
    await sentence.waitFor({ state: 'detached' });

    const title = `Ngừng dùng chứng thư của ${nameOf(holder)}`;
    await page.getByRole('button', { name: title }).click();
    await dialogOf(page).getByLabel('Lý do').fill('Mất thiết bị');
    await inOrder(page);
    await finish(page, 'Ngừng dùng');
    await page.getByText('Đã ngừng dùng', { exact: true }).first().waitFor();
    await sentence.waitFor();
    await page.getByRole('link', { name: 'Hết hạn trong 30 ngày' }).click();
    await page.getByText('Không có chứng thư nào như vậy.').waitFor();
    await inOrder(page);
  }, 120_000);

  it('come with their key under a new PIN, and password and PIN stay nowhere on the page', async () => {
    const holder = holderOf('pho.tinhuy');
    await forget(holder);
    const page = await sit('quantri.tinhuy');
    await page.goto('/administration/keys');
    await page.getByRole('button', { name: 'Nhập khóa' }).click();
    await choose(page, nameOf(holder), nameOf(holder));
    const buffer = await read(holder.pkcs12 ?? '');
    await dialogOf(page)
      .getByLabel('Tệp khóa')
      .setInputFiles({ name: 'khoa.p12', mimeType: 'application/x-pkcs12', buffer });
    const [secret, pin] = [
      dialogOf(page).getByLabel('Mật khẩu của tệp'),
      dialogOf(page).getByLabel('Mã PIN mới'),
    ];
    await secret.fill('sai');
    await pin.fill('135790');
    await press(page, 'Nhập khóa');
    await refused(page, 'Mật khẩu của tệp khóa (PKCS#12) không đúng', 'PKCS12_WRONG_PASSWORD');
    expect([await secret.inputValue(), await pin.inputValue()]).toEqual(['', '']);
    expect(await secret.getAttribute('autocomplete')).toBe('off');
    await inOrder(page);
    await secret.fill(holder.pkcs12Password ?? '');
    await pin.fill('135790');
    await finish(page, 'Nhập khóa');
    await page.getByText('Đã nhập khóa và chứng thư.').waitFor();
    await page.getByRole('row', { name: new RegExp(nameOf(holder)) }).waitFor();
    await inOrder(page);
  }, 120_000);
});

/** The holder's name, as its certificate bears it. */
function nameOf({ owner }: PkiHolder): string {
  return demoPerson(owner.key).fullName;
}

describe('a leader', () => {
  it('lets somebody approve for a time, which an administrator ends', async () => {
    const leader = await sit('lanhdao.tinhuy');
    await leader.goto('/delegations');
    await leader.getByRole('button', { name: 'Ủy quyền', exact: true }).click();
    await choose(leader, demoPerson('vanthu.tinhuy').fullName, demoPerson('vanthu.tinhuy').fullName);
    await dialogOf(leader)
      .getByLabel('Hết từ ngày')
      .fill(asTyped(today(400)));
    await dialogOf(leader).getByLabel('Đến độ mật').selectOption({ label: 'Mật' });
    await dialogOf(leader).getByLabel('Lý do').fill('Giấy ủy quyền số 3');
    await press(leader, 'Ủy quyền');
    await refused(leader, 'một năm', 'DELEGATION_DAYS');
    await inOrder(leader);
    await dialogOf(leader)
      .getByLabel('Hết từ ngày')
      .fill(asTyped(today(20)));
    await finish(leader, 'Ủy quyền');
    await leader.getByText('Đang có hiệu lực').waitFor();

    const administrator = await sit('quantri.tinhuy');
    await administrator.goto('/delegations');
    expect(await administrator.getByRole('button', { name: 'Ủy quyền', exact: true }).count()).toBe(0);
    await administrator.getByRole('button', { name: /^Chấm dứt ủy quyền/ }).click();
    await dialogOf(administrator).getByLabel('Lý do').fill('Lãnh đạo đã về');
    await finish(administrator, 'Chấm dứt');
    await administrator.getByText('Đã hết').waitFor();
    await inOrder(administrator);
  }, 120_000);
});

const looks: readonly Look[] = [
  { screen: 'desk', theme: 'light' },
  { screen: 'desk', theme: 'dark' },
  { screen: 'phone', theme: 'light' },
  { screen: 'phone', theme: 'dark' },
];

/** Each page by its address, and what it shows once it has read. */
const pages: readonly (readonly [path: string, shown: string])[] = [
  ['/administration/agencies', 'Đảng ủy xã Sơn Thủy'],
  ['/administration/agencies/own', 'Chức vụ'],
  ['/administration/people', 'Chuyên viên (soạn thảo)'],
  ['/administration/certificates', 'Dùng được'],
  ['/administration/keys', 'Còn 5 lần thử'],
  ['/delegations', 'Ủy quyền xử lý'],
  ['/node', 'Danh sách thu hồi chứng thư'],
];

describe('every page of the administration', () => {
  it.each(looks)(
    'has no fault and no overflow on a $screen in $theme',
    async (look) => {
      const page = await sit('quantri.tinhuy', look);
      for (const [path, shown] of pages) {
        await page.goto(path.replace('own', demoAgency('tinhuy').id));
        await page.getByText(shown).first().waitFor();
        await page.waitForLoadState('networkidle');
        await inOrder(page);
      }
    },
    120_000,
  );

  it('is not there for a clerk, neither in the menu nor by its address', async () => {
    const page = await sit('vanthu.vptu');
    expect(await page.getByRole('link', { name: 'Quản trị' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Tình trạng hệ thống' }).count()).toBe(0);
    for (const [path] of pages.filter(([address]) => address !== '/delegations')) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
    }
  }, 60_000);
});
