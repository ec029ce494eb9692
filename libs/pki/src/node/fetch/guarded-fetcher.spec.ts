import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { toPem } from '../../pem';
import { countingServer } from '../../testing/counting-server';
import type { CountingServer } from '../../testing/counting-server';
import { testHolder, testRoot } from '../../testing/test-pki';
import { oids } from '../../oids';
import { PkiError } from '../../errors';
import type { FetchAnswer, FetchRequest } from '../../sources/fetcher';
import { parseFetchRule } from './fetch-rules';
import { guardedFetcher } from './guarded-fetcher';
import type { GuardedFetcherOptions } from './guarded-fetcher';

let server: CountingServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: IncomingMessage[] = [];
beforeAll(async () => {
  server = await countingServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
});

const inside = { resolve: () => Promise.resolve(['127.0.0.1']) };
const url = (path = '/a.crl'): string => `http://crl.example.vn:${server.port}${path}`;

function fetched(
  request: Partial<FetchRequest> = {},
  options: Partial<GuardedFetcherOptions> = {},
): Promise<FetchAnswer> {
  const rules = [parseFetchRule(`http://crl.example.vn:${server.port}`, { allowPrivate: true })];
  const fetch = guardedFetcher({ rules, ...inside, timeoutMs: 5000, ...options });
  return fetch({ url: url(), ...request });
}

async function codeOf(
  request: Partial<FetchRequest> = {},
  options: Partial<GuardedFetcherOptions> = {},
): Promise<string> {
  try {
    await fetched(request, options);
    return 'no error';
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return [error.code, error.detail?.['reason']].filter(Boolean).join(' ');
  }
}

const text = ({ body }: FetchAnswer): string => new TextDecoder().decode(body);

describe('the guarded fetcher', () => {
  it('asks the address it judged, in the name of the host, and brings the answer with its validators', async () => {
    answer = (_, response) => response.writeHead(200, { etag: '"1"', 'last-modified': 'now' }).end('list');
    const got = await fetched({ url: url('/a.crl?x=1#y') });
    expect([text(got), got.validators]).toEqual(['list', { etag: '"1"', lastModified: 'now' }]);
    const [{ url: path, method, headers }] = seen as [IncomingMessage];
    expect([path, method, headers.host]).toEqual(['/a.crl?x=1', 'GET', `crl.example.vn:${server.port}`]);
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  });

  it('asks for what changed alone, and says when nothing did', async () => {
    answer = (request, response) =>
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end();
    const validators = { etag: '"1"', lastModified: 'Sun, 14 Jun 2026 00:00:00 GMT' };
    expect(await fetched({ unlessStill: validators })).toEqual({ body: undefined, validators });
    expect(seen[0]?.headers['if-modified-since']).toBe(validators.lastModified);
  });

  it('does not take "nothing changed" where it did not ask for it', async () => {
    answer = (_, response) => response.writeHead(304).end();
    expect(await codeOf()).toBe('FETCH_FAILED');
  });

  it('posts a question', async () => {
    answer = (request, response) => request.pipe(response);
    const got = await fetched({
      body: new TextEncoder().encode('question'),
      contentType: 'application/ocsp-request',
    });
    expect([text(got), seen[0]?.method, seen[0]?.headers['content-type']]).toEqual([
      'question',
      'POST',
      'application/ocsp-request',
    ]);
  });

  it.each([204, 206, 400, 404, 500, 503])('takes no answer of status %i', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    expect(await codeOf()).toBe('FETCH_FAILED');
  });

  it('takes no compressed answer', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)));
    expect(await codeOf()).toBe('FETCH_FAILED');
  });

  it('tries the next address of a host when one does not answer', async () => {
    answer = (_, response) => response.end('list');
    const resolve = (): Promise<string[]> => Promise.resolve(['127.0.0.9', '127.0.0.1']);
    expect(text(await fetched({}, { resolve }))).toBe('list');
  });

  it('reports a host without address, a resolver that fails and a port where nobody listens', async () => {
    expect(await codeOf({}, { resolve: () => Promise.resolve([]) })).toBe('FETCH_FAILED');
    expect(await codeOf({}, { resolve: () => Promise.reject(new Error('ENOTFOUND')) })).toBe('FETCH_FAILED');
    expect(await codeOf({}, { resolve: () => Promise.resolve(['127.0.0.9']) })).toBe('FETCH_FAILED');
  });
});

describe('redirects', () => {
  it('are followed to allowed places, a few times', async () => {
    answer = ({ url: path }, response) => {
      const step = Number(path?.slice(2));
      if (step === 3) response.end('list');
      else response.writeHead(302, { location: `/r${step + 1}` }).end();
    };
    expect(text(await fetched({ url: url('/r0') }))).toBe('list');
    expect(await codeOf({ url: url('/r0') }, { maxRedirects: 2 })).toBe('FETCH_REFUSED redirect');
  });

  it('are not followed for ever', async () => {
    answer = (_, response) => response.writeHead(307, { location: '/again' }).end();
    expect(await codeOf()).toBe('FETCH_REFUSED redirect');
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['https://crl.example.vn/', 'FETCH_REFUSED host'],
    ['http://other.example.vn/', 'FETCH_REFUSED host'],
    ['file:///etc/passwd', 'FETCH_REFUSED scheme'],
    ['http://[', 'FETCH_REFUSED redirect'],
  ])('to %s are refused', async (location, code) => {
    answer = (_, response) => response.writeHead(301, { location }).end();
    expect(await codeOf()).toBe(code);
  });

  it('of a question are refused', async () => {
    answer = (_, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await codeOf({ body: new Uint8Array(1) })).toBe('FETCH_REFUSED redirect');
    expect(seen).toHaveLength(1);
  });
});

describe('an answer', () => {
  const endless = (_: IncomingMessage, response: ServerResponse): void => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };

  it('without end is cut off at the limit', async () => {
    answer = endless;
    expect(await codeOf({}, { maxBytes: 1_000_000 })).toBe('FETCH_TOO_LARGE');
    expect(await codeOf({ maxBytes: 1000 })).toBe('FETCH_TOO_LARGE');
  });

  it('that announces too much is not read at all', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100000000000' }).write('x');
    };
    expect(await codeOf()).toBe('FETCH_TOO_LARGE');
  });

  it('that ends before what it announced is a failure', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('12345', () => response.destroy());
    };
    expect(await codeOf()).toBe('FETCH_FAILED');
  });

  it('just at the limit is taken', async () => {
    answer = (_, response) => response.end(Buffer.alloc(1000));
    expect((await fetched({ maxBytes: 1000 })).body).toHaveLength(1000);
    expect(await codeOf({ maxBytes: 999 })).toBe('FETCH_TOO_LARGE');
  });

  it.each([
    ['never begins', (): void => undefined],
    [
      'drips',
      (_: IncomingMessage, response: ServerResponse): void => {
        const timer = setInterval(() => response.write('x'), 20);
        response.once('close', () => {
          clearInterval(timer);
        });
      },
    ],
    [
      'drips early hints',
      (_: IncomingMessage, response: ServerResponse): void => {
        const timer = setInterval(() => {
          response.writeProcessing();
        }, 20);
        response.once('close', () => {
          clearInterval(timer);
        });
      },
    ],
  ] as const)('that %s is cut off in time', async (_, slow) => {
    answer = slow;
    const begun = performance.now();
    expect(await codeOf({}, { timeoutMs: 200 })).toBe('FETCH_TIMED_OUT');
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('is not waited for when the resolver hangs', async () => {
    expect(await codeOf({}, { timeoutMs: 100, resolve: () => new Promise(() => undefined) })).toBe(
      'FETCH_TIMED_OUT',
    );
  });

  it('that switches protocols is a failure', async () => {
    answer = ({ socket }) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    };
    expect(await codeOf()).toBe('FETCH_FAILED');
  });
});

/** TLS goes by the machine's clock. */
const always = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };

describe('https', () => {
  it('asks for the certificate of the name, at the address that was judged', async () => {
    const root = await testRoot('TLS root', 'P-256', always);
    const names: (string | boolean)[] = [];
    const { certificate, keys } = await testHolder(root, {
      ...always,
      subject: [[oids.commonName, 'crl.example.vn']],
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.1'] },
      extensions: [{ oid: oids.subjectAltName, value: subjectAltName('crl.example.vn') }],
    });
    const tls = await countingServer((_, response) => response.end('list'), {
      tls: {
        cert: toPem(certificate.der, 'CERTIFICATE'),
        key: toPem(keys.pkcs8, 'PRIVATE KEY'),
        SNICallback: (name, done) => {
          names.push(name);
          done(null);
        },
      },
    });
    try {
      const rules = ['crl.example.vn', 'ocsp.example.vn'].map((host) =>
        parseFetchRule(`https://${host}:${tls.port}`, { allowPrivate: true }),
      );
      const options = { rules, tlsAuthorities: [toPem(root.certificate.der, 'CERTIFICATE')] };
      const at = (host: string): Partial<FetchRequest> => ({ url: `https://${host}:${tls.port}/` });
      expect(text(await fetched(at('crl.example.vn'), options))).toBe('list');
      expect(text(await fetched(at('crl.example.vn.'), options))).toBe('list');
      expect(await codeOf(at('ocsp.example.vn'), options)).toBe('FETCH_FAILED');
      expect(await codeOf(at('crl.example.vn'), { rules })).toBe('FETCH_FAILED');
      expect(names).toEqual(['crl.example.vn', 'crl.example.vn', 'ocsp.example.vn', 'crl.example.vn']);
    } finally {
      await tls.close();
    }
  });
});

/** SubjectAltName with one dNSName, DER (RFC 5280 §4.2.1.6). */
function subjectAltName(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  return Uint8Array.of(0x30, bytes.length + 2, 0x82, bytes.length, ...bytes);
}
