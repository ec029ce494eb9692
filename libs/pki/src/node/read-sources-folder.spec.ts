import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '../pem';
import { testCrl, testRoot } from '../testing/test-pki';
import { readSourcesFolder } from './read-sources-folder';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('reads every certificate and list of a folder, and names what it could not read', async () => {
  const root = await testRoot();
  await writeFile(join(folder, 'root.cer'), root.certificate.der);
  await writeFile(join(folder, 'root.PEM'), toPem(root.certificate.der, 'CERTIFICATE'));
  await writeFile(join(folder, 'root.crl'), (await testCrl(root)).der);
  await writeFile(join(folder, 'a-cut.cer'), root.certificate.der.subarray(0, 100));
  await writeFile(join(folder, 'key.pem'), toPem(root.keys.pkcs8, 'PRIVATE KEY'));
  await writeFile(join(folder, 'README'), 'not looked at');
  await mkdir(join(folder, 'below.pem'));
  const { certificates, crls, unreadable } = await readSourcesFolder(folder);
  expect([certificates.length, crls.length]).toEqual([2, 1]);
  expect(unreadable.map(({ name, code }) => [name, code])).toEqual([
    ['a-cut.cer', 'SOURCE_UNRECOGNISED'],
    ['key.pem', 'SOURCE_UNRECOGNISED'],
  ]);
});

it('waits for no pipe or device that stands in a folder', async () => {
  await symlink('/dev/zero', join(folder, 'endless.cer'));
  execFileSync('mkfifo', [join(folder, 'pipe.pem')]);
  const { unreadable } = await readSourcesFolder(folder);
  expect(unreadable.map(({ name, code }) => [name, code])).toEqual([
    ['endless.cer', 'SOURCE_UNRECOGNISED'],
    ['pipe.pem', 'SOURCE_UNRECOGNISED'],
  ]);
});

it('finds nothing in a folder that is not there', async () => {
  const content = await readSourcesFolder(join(folder, 'none'));
  expect(content).toEqual({ certificates: [], crls: [], ocsps: [], unreadable: [] });
});
