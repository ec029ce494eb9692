import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomSerial } from '../issuing/issue-certificate';
import { issueTimestampToken, timestampGranted, timestampRejected } from '../issuing/issue-timestamp';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { toPem } from '../pem';
import { asyncErrorCodeOf, errorCodeOf } from '../testing/error-code';
import { testAuthority, testHolder, testRoot, testTsa, times } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import { digest } from '../crypto/engine';
import { webCryptoSigner } from '../crypto/signer';
import { buildTimestampRequest, newNonce, nonceHex, parseTimestampRequest } from './request';
import { parseTimestampResponse, tokenInResponse } from './response';
import { httpTimestampSource } from './source';
import { parseTimestampToken } from './token';
import { verifyTimestampToken } from './verify-token';

const policy = '1.3.6.1.4.1.99999.1';
const data = new TextEncoder().encode('Dấu thời gian');

describe('time-stamps', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let tsa: TestHolder;
  let imprint: Uint8Array;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    tsa = await testTsa(issuing);
    imprint = await digest('SHA-256', data);
  });

  function answer(request: Uint8Array, signer = tsa.signer): Promise<Uint8Array> {
    return issueTimestampToken({
      request: parseTimestampRequest(request),
      signer,
      genTime: times.now,
      policy,
      serialNumber: randomSerial(),
      accuracyMs: 1500,
    });
  }

  it('carry what was asked: imprint, nonce, time, accuracy', async () => {
    const nonce = newNonce();
    const request = buildTimestampRequest({ digest: imprint, hash: 'SHA-256', nonce, certReq: true });
    const expected = { digest: imprint, hash: 'SHA-256' as const, nonce: nonceHex(nonce) };
    const token = await parseTimestampResponse(timestampGranted(await answer(request)), expected);
    expect(token).toMatchObject({ genTime: times.now, accuracy: 1_500_000, policy, nonce: nonceHex(nonce) });
    const verification = await verifyTimestampToken(token.der, { imprintOf: data });
    expect(verification).toMatchObject({ ok: true, failures: [] });
  });

  it('are refused when they answer another digest or another nonce', async () => {
    const nonce = newNonce();
    const request = buildTimestampRequest({ digest: imprint, hash: 'SHA-256', nonce, certReq: true });
    const response = timestampGranted(await answer(request));
    const otherDigest = { digest: imprint.toReversed(), hash: 'SHA-256' as const, nonce: nonceHex(nonce) };
    const otherNonce = { digest: imprint, hash: 'SHA-256' as const, nonce: nonceHex(newNonce()) };
    expect(await asyncErrorCodeOf(() => parseTimestampResponse(response, otherDigest))).toBe('TSA_BAD_TOKEN');
    expect(await asyncErrorCodeOf(() => parseTimestampResponse(response, otherNonce))).toBe('TSA_BAD_TOKEN');
  });

  it('are refused from a certificate that may sign documents only', async () => {
    const holder = await testHolder(issuing);
    const request = buildTimestampRequest({ digest: imprint, hash: 'SHA-256' });
    const verification = await verifyTimestampToken(await answer(request, holder.signer), {
      imprintOf: data,
    });
    expect(verification.failures).toEqual([{ code: 'TST_SIGNER_USAGE' }]);
  });

  it('name the reason when the authority refuses', () => {
    expect(errorCodeOf(() => tokenInResponse(timestampRejected('timeNotAvailable', 'clock')))).toBe(
      'TSA_REJECTED',
    );
    expect(() => tokenInResponse(timestampRejected('timeNotAvailable', 'clock'))).toThrow(/timeNotAvailable/);
  });

  // openssl ts cannot verify RSASSA-PSS (it still uses PKCS#7 routines), so an RSA authority signs by PKCS#1 v1.5.
  itWith('openssl').each(['P-256', 'RSA-2048'] as const)(
    'by a %s key are accepted by openssl ts -verify',
    async (kind) => {
      const authority = await testTsa(issuing, kind);
      const signer =
        kind === 'P-256'
          ? authority.signer
          : await webCryptoSigner({
              pkcs8: authority.keys.pkcs8,
              certificate: authority.certificate,
              chain: [],
              algorithm: { name: 'RSA-PKCS1', hash: 'SHA-256' },
            });
      const request = buildTimestampRequest({
        digest: imprint,
        hash: 'SHA-256',
        nonce: newNonce(),
        certReq: true,
      });
      const run = runOn(
        'openssl',
        [
          'ts',
          '-verify',
          '-queryfile',
          'q.tsq',
          '-in',
          'r.tsr',
          '-CAfile',
          'root.pem',
          '-untrusted',
          'ca.pem',
        ],
        {
          'q.tsq': request,
          'r.tsr': timestampGranted(await answer(request, signer)),
          'root.pem': toPem(root.certificate.der, 'CERTIFICATE'),
          'ca.pem': toPem(issuing.certificate.der, 'CERTIFICATE'),
        },
      );
      expect(run.output).toContain('Verification: OK');
      expect(run.status).toBe(0);
    },
  );

  itWith('openssl')('requests are read by openssl ts -query', () => {
    const request = buildTimestampRequest({
      digest: imprint,
      hash: 'SHA-256',
      nonce: newNonce(),
      certReq: true,
    });
    const run = runOn('openssl', ['ts', '-query', '-in', 'q.tsq', '-text'], { 'q.tsq': request });
    expect(run).toMatchObject({ status: 0 });
    expect(run.output).toContain('Certificate required: yes');
  });

  describe('fetched over HTTP', () => {
    let server: Server;
    let url: string;
    let reply: (request: Uint8Array, response: ServerResponse) => Promise<void> | void;

    beforeAll(async () => {
      const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        await reply(new Uint8Array(Buffer.concat(chunks)), response);
      };
      server = createServer((request, response) => void handle(request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
    });

    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    const fetchToken = (options: { timeoutMs?: number; maxBytes?: number } = {}): Promise<Uint8Array> =>
      httpTimestampSource({ url, ...options }).timestamp(imprint, 'SHA-256');

    it('come back verified', async () => {
      reply = async (request, response) => void response.end(timestampGranted(await answer(request)));
      expect(parseTimestampToken(await fetchToken()).genTime).toEqual(times.now);
    });

    it('are TSA_UNAVAILABLE when the server fails, is slow, redirects or is gone', async () => {
      reply = (_, response) => void response.writeHead(503).end();
      expect(await asyncErrorCodeOf(() => fetchToken())).toBe('TSA_UNAVAILABLE');
      reply = (_, response) => void response.writeHead(302, { location: `${url}/elsewhere` }).end();
      expect(await asyncErrorCodeOf(() => fetchToken())).toBe('TSA_UNAVAILABLE');
      reply = () => undefined;
      expect(await asyncErrorCodeOf(() => fetchToken({ timeoutMs: 100 }))).toBe('TSA_UNAVAILABLE');
      const gone = httpTimestampSource({ url: 'http://127.0.0.1:9/tsa', timeoutMs: 2000 });
      expect(await asyncErrorCodeOf(() => gone.timestamp(imprint, 'SHA-256'))).toBe('TSA_UNAVAILABLE');
    });

    it('are TSA_BAD_TOKEN when the answer is garbage, too long, or a replay', async () => {
      reply = (_, response) => void response.end('<html>');
      expect(await asyncErrorCodeOf(() => fetchToken())).toBe('TSA_BAD_TOKEN');
      reply = (_, response) => void response.end(Buffer.alloc(100_000));
      expect(await asyncErrorCodeOf(() => fetchToken({ maxBytes: 50_000 }))).toBe('TSA_BAD_TOKEN');
      const old = timestampGranted(
        await answer(buildTimestampRequest({ digest: imprint, hash: 'SHA-256', nonce: newNonce() })),
      );
      reply = (_, response) => void response.end(old);
      expect(await asyncErrorCodeOf(() => fetchToken())).toBe('TSA_BAD_TOKEN');
    });

    it('are TSA_REJECTED when the authority refuses', async () => {
      reply = (_, response) => void response.end(timestampRejected('badAlg', 'no'));
      expect(await asyncErrorCodeOf(() => fetchToken())).toBe('TSA_REJECTED');
    });
  });
});
