import http from 'node:http';
import type { Certificate } from '../../certificate/certificate';
import { memoryAnswerStore } from '../../sources/kept-answers';
import { gatherIssuers, gatherRevocation } from '../../sources/online-sources';
import type { Asking } from '../../sources/online-sources';
import { tieToAnchor } from '../../sources/tied-path';
import type { TiedPath } from '../../sources/tied-path';
import { countingServer } from '../../testing/counting-server';
import type { CountingServer } from '../../testing/counting-server';
import { asyncErrorCodeOf } from '../../testing/error-code';
import { testHolder, testRoot, times } from '../../testing/test-pki';
import type { TestAuthority } from '../../testing/test-pki';
import { parseFetchRule } from './fetch-rules';
import { guardedFetcher } from './guarded-fetcher';
import type { GuardedFetcherOptions } from './guarded-fetcher';

/**
 * A server on loopback that no rule allows is never contacted. Counted at its socket: even a connection without a
 * request would tell an attacker which ports are open.
 */
let victim: CountingServer;
let victim6: CountingServer | undefined;
let allowed: CountingServer;
let redirectTo = '';
let root: TestAuthority;

beforeAll(async () => {
  victim = await countingServer((_, response) => response.end('secret'));
  victim6 = await countingServer((_, response) => response.end('secret'), { host: '::1' }).catch(
    () => undefined,
  );
  allowed = await countingServer((_, response) => {
    // Bytes of UTF-8, as a hostile server would send them.
    response.writeHead(302, { location: Buffer.from(redirectTo).toString('latin1') }).end();
  });
  root = await testRoot();
});
afterAll(async () => {
  for (const server of [victim, victim6, allowed]) await server?.close();
});
afterEach(() => {
  expect([victim.connections, victim6?.connections ?? 0]).toEqual([0, 0]);
});

/** Allows the other server on this machine, and names outside at the victim's port. */
const options = (more: Partial<GuardedFetcherOptions> = {}): GuardedFetcherOptions => ({
  rules: [
    parseFetchRule(`http://127.0.0.1:${allowed.port}`, { allowPrivate: true }),
    parseFetchRule(`http://*.example.vn:${victim.port}`, { allowPrivate: false }),
    parseFetchRule(`http://*.inner.vn:${victim.port}`, { allowPrivate: true }),
  ],
  timeoutMs: 2000,
  ...more,
});

const fetched = (url: string, more: Partial<GuardedFetcherOptions> = {}): Promise<string> =>
  asyncErrorCodeOf(() => guardedFetcher(options(more))({ url }));

/** Every way of writing this machine that resolvers, URL parsers or kernels have been known to take. */
const hosts = (): string[] => [
  'localhost',
  'localhost.',
  'LOCALHOST',
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '017700000001',
  '2130706433',
  '0',
  '0.0.0.0',
  '127.0.0.2',
  '１２７.０.０.１',
  '127。0。0。1',
  'ⓛocalhost',
  '%31%32%37.0.0.1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:7f00:1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1%25lo]',
  'user@127.0.0.1',
  'a.example.vn@127.0.0.1',
];

const addresses = [
  '127.0.0.1',
  '127.0.0.2',
  '0.0.0.0',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'localhost',
];

describe('a server on loopback that no rule allows', () => {
  it.each(hosts())('is not contacted as %s', async (host) => {
    for (const { port } of [victim, ...(victim6 ? [victim6] : [])])
      for (const scheme of ['http', 'https'])
        expect(await fetched(`${scheme}://${host}:${port}/`)).toBe('FETCH_REFUSED');
  });

  it.each(hosts())('is not contacted by a redirect of an allowed server to %s', async (host) => {
    redirectTo = `http://${host}:${victim.port}/`;
    const before = allowed.connections;
    expect(await fetched(`http://127.0.0.1:${allowed.port}/`)).toBe('FETCH_REFUSED');
    expect(allowed.connections).toBe(before + 1);
  });

  it('is not contacted by a relative redirect', async () => {
    redirectTo = `//127.0.0.1:${victim.port}/`;
    expect(await fetched(`http://127.0.0.1:${allowed.port}/`)).toBe('FETCH_REFUSED');
  });

  it.each(addresses)('is not contacted by an allowed name that resolves to %s', async (address) => {
    const url = `http://crl.example.vn:${victim.port}/`;
    expect(await fetched(url, { resolve: () => Promise.resolve([address]) })).toBe('FETCH_REFUSED');
  });

  it('is not contacted by a name of which one address of several lies inside', async () => {
    const resolve = (): Promise<string[]> => Promise.resolve(['203.162.0.1', '127.0.0.1']);
    expect(await fetched(`http://crl.example.vn:${victim.port}/`, { resolve })).toBe('FETCH_REFUSED');
  });

  it('is not contacted by a name that answers differently when it is asked again', async () => {
    let asked = 0;
    const resolve = (): Promise<string[]> => {
      asked += 1;
      // An address of a documentation net would be refused: this one is public, and nobody listens here.
      return Promise.resolve([asked === 1 ? '240f::1' : '127.0.0.1']);
    };
    const code = await fetched(`http://crl.example.vn:${victim.port}/`, { resolve, timeoutMs: 300 });
    expect([code === 'FETCH_FAILED' || code === 'FETCH_TIMED_OUT', asked]).toEqual([true, 1]);
  });

  it.each(['0.0.0.0', '169.254.169.254', '::', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'fe80::1%lo'])(
    'is not contacted as %s even where inner networks are allowed',
    async (address) => {
      const url = `http://crl.inner.vn:${victim.port}/`;
      expect(await fetched(url, { resolve: () => Promise.resolve([address]) })).toBe('FETCH_REFUSED');
    },
  );

  it('is not contacted offline, nor is anything resolved', async () => {
    const resolve = (): Promise<string[]> => Promise.reject(new Error('must not be asked'));
    for (const url of [`http://127.0.0.1:${victim.port}/`, `http://crl.example.vn:${victim.port}/`])
      expect(await fetched(url, { rules: [], resolve })).toBe('FETCH_REFUSED');
  });

  it('is not contacted as the proxy that the environment names', async () => {
    const own = http.globalAgent;
    http.globalAgent = new http.Agent({ proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${victim.port}` } });
    try {
      redirectTo = 'ftp://nowhere/';
      expect(await fetched(`http://127.0.0.1:${allowed.port}/`)).toBe('FETCH_REFUSED');
    } finally {
      http.globalAgent = own;
    }
  });
});

describe('addresses in a certificate', () => {
  const asking = (): Asking => ({
    fetch: guardedFetcher(options()),
    store: memoryAnswerStore(),
    now: times.now,
    renewal: 'when-ended',
    nonce: 'asked',
    crls: [],
    ocsps: [],
  });

  async function tied(issuer: TestAuthority, holder: Certificate): Promise<TiedPath | undefined> {
    const anchors = [root.certificate];
    const intermediates = [issuer.certificate];
    return tieToAnchor({
      certificate: holder,
      anchors,
      intermediates,
      at: times.now,
      purpose: 'document-signing',
    });
  }

  it.each([
    ['CRL', 'crlUrls'],
    ['OCSP', 'ocspUrls'],
    ['AIA', 'caIssuerUrls'],
  ] as const)('of a tied certificate: %s leads to no server that is not allowed', async (_, field) => {
    for (const host of hosts().filter((name) => /^[\x20-\x7e]+$/.test(name))) {
      const urls = [`http://${host}:${victim.port}/a`];
      const { certificate } = await testHolder(root, { [field]: urls });
      const path = (await tied(root, certificate))!;
      const { failures } =
        field === 'caIssuerUrls'
          ? await gatherIssuers(path, asking())
          : await gatherRevocation(path, asking());
      expect(failures.map(({ error }) => error.code)).toEqual(['FETCH_REFUSED']);
    }
  });

  it.each(['crlUrls', 'ocspUrls', 'caIssuerUrls'] as const)(
    'of a tied certificate: %s of an allowed server that redirects inside',
    async (field) => {
      redirectTo = `http://127.0.0.1:${victim.port}/`;
      const { certificate } = await testHolder(root, { [field]: [`http://127.0.0.1:${allowed.port}/a`] });
      const path = (await tied(root, certificate))!;
      const { failures } =
        field === 'caIssuerUrls'
          ? await gatherIssuers(path, asking())
          : await gatherRevocation(path, asking());
      expect(failures.map(({ error }) => error.code)).toEqual(['FETCH_REFUSED']);
    },
  );

  it('of a certificate that nothing ties to an anchor are not asked, even at an allowed server', async () => {
    const urls = [`http://127.0.0.1:${allowed.port}/a`];
    const stranger = await testRoot('Test Root');
    const { certificate } = await testHolder(stranger, { crlUrls: urls, ocspUrls: urls, caIssuerUrls: urls });
    expect(await tied(stranger, certificate)).toBeUndefined();
    const before = allowed.connections;
    const forged: TiedPath = { certificates: [certificate, root.certificate] };
    expect(await asyncErrorCodeOf(() => gatherRevocation(forged, asking()))).toBe('FETCH_REFUSED');
    expect(await asyncErrorCodeOf(() => gatherIssuers(forged, asking()))).toBe('FETCH_REFUSED');
    expect(allowed.connections).toBe(before);
  });

  it('of a certificate that an end-entity of ours issued are not asked', async () => {
    const person = await testHolder(root, { keyUsage: ['digitalSignature', 'keyCertSign'] });
    const issuer = { ...root, certificate: person.certificate, keys: person.keys };
    const signing = {
      algorithm: person.signer.algorithm,
      sign: (data: Uint8Array) => person.signer.sign(data),
    };
    const { certificate } = await testHolder(
      { ...issuer, key: signing },
      {
        crlUrls: [`http://127.0.0.1:${allowed.port}/a`],
      },
    );
    expect(await tied(issuer, certificate)).toBeUndefined();
  });
});
