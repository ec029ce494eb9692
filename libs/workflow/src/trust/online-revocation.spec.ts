import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '#pki';
import { issueOcspResponse, parseCrl, parseOcspRequest, parseOcspResponse, PkiError, toPem } from '#pki';
import type { FetchRule } from '#pki/node';
import { guardedFetcher, parseFetchRule } from '#pki/node';
import { platformMigrations, TestClock } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { testDatabase } from '#platform/testing';

import { CreateDocuments1763740000000 } from '../migrations/1763740000000-create-documents';
import { FetchedAnswers1763922000000 } from '../migrations/1763922000000-fetched-answers';
import { FetchedAnswers } from './fetched-answers';
import { OnlineRevocation } from './online-revocation';
import type { Authority } from './testing/authority';
import { authority, crl, holder } from './testing/authority';
import { TrustService } from './trust-service';

const hour = 3_600_000;
const start = Date.now();
const after = (ms: number): Date => new Date(start + ms);

let database: TestDatabase;
let folder: string;
let server: Server;
let base: string;
let requests: string[];
let serve: (path: string, body: Uint8Array) => Promise<Uint8Array | undefined>;
let root: Authority;
let clock: TestClock;
let failures: unknown[];

const listen: RequestListener = (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    requests.push(request.url ?? '');
    void serve(request.url ?? '', Buffer.concat(parts)).then((body) => {
      response.writeHead(body ? 200 : 503).end(body);
    });
  });
};

beforeAll(async () => {
  database = await testDatabase({
    migrations: [...platformMigrations, CreateDocuments1763740000000, FetchedAnswers1763922000000],
  });
  root = await authority('Root');
  server = createServer(listen).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.drop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-online-'));
  await mkdir(join(folder, 'trust'));
  await mkdir(join(folder, 'crl'));
  await writeFile(join(folder, 'trust', 'root.pem'), toPem(root.certificate.der, 'CERTIFICATE'));
  await database.unitOfWork.bookkeeping('DELETE FROM workflow.fetched_answer');
  requests = [];
  failures = [];
  clock = new TestClock(after(0).toISOString());
  serve = (path) => (path === '/root.crl' ? list() : Promise.resolve(undefined));
});
afterEach(() => rm(folder, { recursive: true }));

const list = (revoked: readonly Certificate[] = [], from = -1000, lasting = 4 * hour): Promise<Uint8Array> =>
  crl(root, revoked, { thisUpdate: after(from), nextUpdate: after(from + lasting) });
const person = (): Promise<Certificate> => holder(root, { crlUrls: [`${base}/root.crl`] });
const ownHost = (): FetchRule[] => [parseFetchRule(base, { allowPrivate: true })];

/** A process of a node: its trust, with a cache in the database that all processes share. */
function node(rules: readonly FetchRule[] = ownHost()): TrustService {
  const onFailure = (error: unknown): void => void failures.push(error);
  const fetch = guardedFetcher({ rules, timeoutMs: 1000 });
  const online = new OnlineRevocation({ fetch, onFailure }, new FetchedAnswers(database.unitOfWork), clock);
  const options = { folder, crlUrls: [], fetch, refreshMs: 0, onFailure };
  return new TrustService(rules.length > 0 ? { ...options, online } : options, clock);
}
const fault = (trust: TrustService, certificate: Certificate): Promise<string | undefined> =>
  trust.signingFault(certificate, 'document-signing');

describe('revocation status from the network', () => {
  it('is fetched where nothing at hand speaks about a certificate, and kept for all processes of the node', async () => {
    const certificate = await person();
    expect(await fault(node(), certificate)).toBeUndefined();
    expect(requests).toEqual(['/root.crl']);
    serve = () => Promise.resolve(undefined);
    expect(await fault(node(), certificate)).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('tells a revoked certificate', async () => {
    const certificate = await person();
    serve = () => list([certificate]);
    expect(await fault(node(), certificate)).toBe('CERTIFICATE_REVOKED');
  });

  it('is not asked for where a configured list speaks', async () => {
    await writeFile(join(folder, 'crl', 'root.crl'), await list());
    expect(await fault(node(), await person())).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('is not asked for offline', async () => {
    expect(await fault(node([]), await person())).toBe('REVOCATION_UNKNOWN');
    expect(requests).toEqual([]);
  });

  it('is not asked of a host that is not configured, which is told', async () => {
    const others = [parseFetchRule('http://crl.example.vn', { allowPrivate: false })];
    expect(await fault(node(others), await person())).toBe('REVOCATION_UNKNOWN');
    expect(requests).toEqual([]);
    const [{ cause }] = failures as [Error];
    expect([cause instanceof PkiError && cause.code, failures.length]).toEqual(['FETCH_REFUSED', 1]);
  });

  it('is not asked for a certificate that no anchor stands above', async () => {
    const stranger = await authority('Root');
    const certificate = await holder(stranger, { crlUrls: [`${base}/root.crl`], ocspUrls: [`${base}/ocsp`] });
    expect(await fault(node(), certificate)).toBe('CERTIFICATE_NOT_TRUSTED');
    expect(requests).toEqual([]);
  });

  it('is asked for once by many at the same time', async () => {
    const certificate = await person();
    const trust = node();
    const { findRevocation } = await trust.material();
    const question = { certificate, intermediates: [], purpose: 'document-signing' } as const;
    if (!findRevocation) throw new Error('offline');
    await Promise.all(Array.from({ length: 10 }, () => findRevocation(question)));
    expect(requests).toHaveLength(1);
  });

  it('is not asked again of a server that is down for half a minute', async () => {
    const certificate = await person();
    const trust = node();
    serve = () => Promise.resolve(undefined);
    for (const seconds of [0, 11, 29]) {
      clock.set(after(seconds * 1000));
      expect(await fault(trust, certificate)).toBe('REVOCATION_UNKNOWN');
    }
    expect(requests).toHaveLength(1);
    serve = () => list();
    clock.set(after(31_000));
    expect(await fault(trust, certificate)).toBeUndefined();
  });

  it('is waited for once, whatever the number of certificates, when a host does not answer', async () => {
    const trust = node();
    serve = () => new Promise(() => undefined);
    const begun = performance.now();
    for (let count = 0; count < 5; count += 1)
      expect(await fault(trust, await person())).toBe('REVOCATION_UNKNOWN');
    expect(requests).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(5000);
    serve = () => list();
    clock.set(after(31_000));
    expect(await fault(trust, await person())).toBeUndefined();
  });

  it('goes into the document security store: the list, or the answer of a responder', async () => {
    const byList = await node().evidenceFor([{ certificate: await person(), purpose: 'document-signing' }]);
    expect([byList.certificates.length, byList.crls.length, byList.ocsps.length]).toEqual([2, 1, 0]);
    const certificate = await holder(root, { ocspUrls: [`${base}/ocsp`] });
    serve = async (_, body) => {
      const { ids, nonce } = parseOcspRequest(body);
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;
      return issueOcspResponse({
        responder: { ...root, chain: [], algorithm },
        producedAt: after(0),
        responses: ids.map(({ der }) => ({
          id: der,
          status: 'good',
          thisUpdate: after(0),
          nextUpdate: after(hour),
        })),
        ...(nonce && { nonce }),
      });
    };
    await database.unitOfWork.bookkeeping('DELETE FROM workflow.fetched_answer');
    const trust = node();
    for (const evidence of [
      await trust.evidenceFor([{ certificate, purpose: 'document-signing' }]),
      await node().evidenceFor([{ certificate, purpose: 'document-signing' }]),
    ]) {
      const [answer] = evidence.ocsps.map((der) => parseOcspResponse(der));
      expect(answer?.responses[0]?.id.serialNumber).toBe(certificate.serialNumber);
      expect([evidence.crls.length, evidence.ocsps.length]).toEqual([0, 1]);
    }
    expect(requests).toEqual(['/root.crl', '/ocsp']);
  });
});

describe('a worker', () => {
  const numbers = (): Promise<{ this_update: Date }[]> =>
    database.unitOfWork.bookkeeping('SELECT this_update FROM workflow.fetched_answer');

  it('fetches the next list before the one at hand ends', async () => {
    const trust = node();
    await fault(trust, await person());
    clock.set(after(3 * hour - 2000));
    expect([await trust.renew(), requests.length]).toEqual([0, 1]);
    clock.set(after(3 * hour));
    serve = () => list([], 3 * hour);
    expect([await trust.renew(), requests.length]).toEqual([1, 2]);
    expect(await numbers()).toEqual([
      { this_update: new Date(Math.floor(after(3 * hour).getTime() / 1000) * 1000) },
    ]);
    expect([await trust.renew(), requests.length]).toEqual([0, 2]);
  });

  it('tries a server that is down again after a minute, and keeps what it has', async () => {
    const trust = node();
    const certificate = await person();
    await fault(trust, certificate);
    serve = () => Promise.resolve(undefined);
    clock.set(after(3.5 * hour));
    expect([await trust.renew(), await trust.renew(), requests.length]).toEqual([1, 0, 2]);
    clock.set(after(3.5 * hour + 60_000));
    expect([await trust.renew(), requests.length]).toEqual([1, 3]);
    expect(await fault(trust, certificate)).toBeUndefined();
  });

  it('does not let an older list take the place of a newer one', async () => {
    const trust = node();
    const certificate = await person();
    serve = () => list([certificate]);
    await fault(trust, certificate);
    serve = () => list([], -hour, 10 * hour);
    clock.set(after(3.5 * hour));
    expect([await trust.renew(), requests.length]).toEqual([1, 2]);
    expect(await fault(node(), certificate)).toBe('CERTIFICATE_REVOKED');
  });

  it('forgets what belongs to an authority that is trusted no more', async () => {
    const trust = node();
    await fault(trust, await person());
    await rm(join(folder, 'trust', 'root.pem'));
    clock.set(after(3 * hour));
    expect([await trust.renew(), requests.length, (await numbers()).length]).toEqual([1, 1, 0]);
  });

  it('renews nothing that nobody wanted for a week, and drops what has long ended', async () => {
    const trust = node();
    serve = () => list([], -1000, 30 * 24 * hour);
    await fault(trust, await holder(root, { crlUrls: [`${base}/root.crl`] }));
    clock.set(after(25 * 24 * hour));
    expect([await trust.renew(), requests.length, (await numbers()).length]).toEqual([0, 1, 1]);
    clock.set(after(32 * 24 * hour));
    expect([await trust.renew(), (await numbers()).length]).toEqual([0, 0]);
  });
});

describe('the table of fetched answers', () => {
  it('may hold what this version does not read: it counts as absent', async () => {
    await fault(node(), await person());
    await database.unitOfWork.bookkeeping(
      `UPDATE workflow.fetched_answer SET der = '', sha256 = repeat('1', 64)`,
    );
    const { crls, anchors } = await node().material();
    expect([crls.length, anchors.length, failures]).toEqual([0, 1, []]);
  });

  it('takes no entry beyond its bounds', async () => {
    const { der } = parseCrl(await list());
    const insert = (kind: string, bytes: Uint8Array): Promise<unknown> =>
      database.unitOfWork.bookkeeping(
        `INSERT INTO workflow.fetched_answer (key, kind, url, der, sha256, fetched_at, this_update, next_update,
           renew_at, wanted_at, certificate, issuer)
         VALUES (repeat('0', 64), $1, 'http://x', $2, repeat('0', 64), now(), now(), now() + interval '1 h', now(), now(), '', '')`,
        [kind, Buffer.from(bytes)],
      );
    await expect(insert('ocsp', new Uint8Array(1_048_577))).rejects.toThrow('answer_is_bounded');
    await expect(insert('page', der)).rejects.toThrow('kind_check');
    await insert('crl', der);
  });
});
