import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itWith } from '../../../../../test/support/outside-programs';
import type { Certificate } from '../../certificate/certificate';
import { toPem } from '../../pem';
import { validatePath } from '../../path/validate-path';
import { memoryAnswerStore } from '../../sources/kept-answers';
import { gatherRevocation } from '../../sources/online-sources';
import type { Asking, GatheredRevocation } from '../../sources/online-sources';
import { tieToAnchor } from '../../sources/tied-path';
import { testHolder, testRoot } from '../../testing/test-pki';
import type { TestAuthority } from '../../testing/test-pki';
import { parseFetchRule } from './fetch-rules';
import { guardedFetcher } from './guarded-fetcher';

/** A responder that somebody else wrote: openssl's, with the authority's own key, over real HTTP. */
/** openssl answers by the machine's clock. */
const always = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };

let folder: string;
let root: TestAuthority;
let good: Certificate;
let revoked: Certificate;
let port: number;
let responder: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openssl-ocsp-'));
  port = await freePort();
  root = await testRoot('Test Root', 'P-256', always);
  const ocspUrls = [`http://127.0.0.1:${port}/`];
  ({ certificate: good } = await testHolder(root, { ocspUrls, ...always }));
  ({ certificate: revoked } = await testHolder(root, { ocspUrls, ...always }));
  const line = (state: string, at: string, { serialNumber }: Certificate): string =>
    [state, '491231235959Z', at, serialNumber.toUpperCase().replace(/^00/, ''), 'unknown', '/CN=x\n'].join(
      '\t',
    );
  await writeFile(
    join(folder, 'index.txt'),
    line('V', '', good) + line('R', '200301000000Z,keyCompromise', revoked),
  );
  await writeFile(join(folder, 'ca.pem'), toPem(root.certificate.der, 'CERTIFICATE'));
  await writeFile(join(folder, 'ca.key'), toPem(root.keys.pkcs8, 'PRIVATE KEY'));
});
afterAll(async () => {
  responder?.kill();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** openssl says on its standard error that it waits. */
async function started(): Promise<void> {
  const keys = ['-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key'];
  const args = ['ocsp', '-index', 'index.txt', '-port', String(port), ...keys, '-nmin', '5'];
  const child = spawn('openssl', args, { cwd: folder });
  responder = child;
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error('openssl ended'));
    });
    child.stderr.on('data', (said: Buffer) => {
      if (said.toString().includes('waiting')) resolve();
    });
    child.stdout.on('data', (said: Buffer) => {
      if (said.toString().includes('waiting')) resolve();
    });
  });
}

async function ask(certificate: Certificate, nonce: Asking['nonce']): Promise<GatheredRevocation> {
  const now = new Date();
  const input = { certificate, anchors: [root.certificate], intermediates: [], at: now } as const;
  const path = await tieToAnchor({ ...input, purpose: 'document-signing' });
  const fetch = guardedFetcher({
    rules: [parseFetchRule(`http://127.0.0.1:${port}`, { allowPrivate: true })],
  });
  const asking = {
    fetch,
    store: memoryAnswerStore(),
    now,
    renewal: 'when-ended',
    crls: [],
    ocsps: [],
  } as const;
  return gatherRevocation(path!, { ...asking, nonce });
}

itWith('openssl')(
  'openssl answers by POST with our nonce and by GET without, and we believe it',
  async () => {
    await started();
    for (const nonce of ['required', 'none'] as const) {
      for (const [certificate, status] of [
        [good, 'valid'],
        [revoked, 'invalid'],
      ] as const) {
        const gathered = await ask(certificate, nonce);
        expect(gathered.failures).toEqual([]);
        expect(gathered.ocsps[0]?.nonce === undefined).toBe(nonce === 'none');
        const result = await validatePath({
          certificate,
          anchors: [root.certificate],
          intermediates: [],
          ...gathered,
          at: new Date(),
          purpose: 'document-signing',
          revocation: 'required',
        });
        expect([result.status, result.failures.map(({ code }) => code)]).toEqual([
          status,
          status === 'valid' ? [] : ['CERTIFICATE_REVOKED'],
        ]);
      }
    }
  },
);
