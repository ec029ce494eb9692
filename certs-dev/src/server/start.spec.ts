import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PkiIndex } from '#directory';
import {
  buildOcspRequest,
  buildTimestampRequest,
  httpTimestampSource,
  newNonce,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  parsePem,
  parseTimestampToken,
  validatePath,
  verifyOcspResponse,
} from '#pki';
import type { Certificate, CertificateList, PathResult, Purpose } from '#pki';
import { openPkcs12 } from '#pki/node';
import { ensureDevelopmentPki, startDevelopmentPki } from '..';
import type { DevelopmentServer } from '..';
import { itWith } from '../../../test/support/outside-programs';
import { openssl } from '../testing/openssl';

let parent: string;
let dir: string;
let index: PkiIndex;
let server: DevelopmentServer;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pki-server-'));
  dir = join(parent, 'pki');
  ({ index } = await ensureDevelopmentPki({ out: dir }));
  server = await startDevelopmentPki({ pkiDir: dir, port: 0 });
});

afterAll(async () => {
  await server.close();
  await rm(parent, { recursive: true });
});

const certificate = async (path: string): Promise<Certificate> => {
  const [der] = parsePem(await readFile(join(dir, path), 'utf8'));
  return parseCertificate(der!);
};

const post = async (path: string, body: Uint8Array): Promise<Uint8Array> => {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', body: Buffer.from(body) });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};

const holderOf = (owner: string, use = 'signing'): PkiIndex['holders'][number] =>
  index.holders.find((holder) => holder.owner.key === owner && holder.use === use)!;
const caseOf = (name: string, kind: string): PkiIndex['cases'][number] =>
  index.cases.find((holder) => holder.case === name && holder.owner.kind === kind)!;

describe('time-stamps', () => {
  const digest = createHash('sha256').update('một văn bản').digest();

  it('are what a client of ours accepts', async () => {
    const source = httpTimestampSource({ url: `${server.url}/tsa`, timeoutMs: 5000, maxBytes: 100_000 });
    const token = parseTimestampToken(await source.timestamp(digest, 'SHA-256'));
    expect(Math.abs(token.genTime.getTime() - Date.now())).toBeLessThan(5000);
    expect(token.accuracy).toBe(1_000_000);
  });

  it('bear the certificate only when it is asked for', async () => {
    const request = (certReq: boolean): Uint8Array =>
      buildTimestampRequest({ digest, hash: 'SHA-256', certReq });
    const { length: without } = await post('/tsa', request(false));
    const { length: withCertificate } = await post('/tsa', request(true));
    const tsa = index.authorities.find(({ id }) => id === 'tsa')!;
    expect(withCertificate - without).toBeGreaterThan((await certificate(tsa.certificate)).der.length - 10);
  });

  it('are refused under another policy, for SHA-1 and for bytes that are no request', async () => {
    const statusOf = async (body: Uint8Array): Promise<string> =>
      Buffer.from(await post('/tsa', body)).toString('hex');
    const rejected = /^30[0-9a-f]{2}30[0-9a-f]{2}020102/;
    expect(await statusOf(buildTimestampRequest({ digest, hash: 'SHA-256', policy: '1.2.3' }))).toMatch(
      rejected,
    );
    expect(await statusOf(Buffer.from('no request'))).toMatch(rejected);
    const cut = buildTimestampRequest({ digest, hash: 'SHA-256' }).subarray(0, -1);
    expect(await statusOf(cut)).toMatch(rejected);
    const sha1 = '3024020101301f300706052b0e03021a0414' + '00'.repeat(20);
    expect(await statusOf(Buffer.from(sha1, 'hex'))).toMatch(rejected);
  });

  it('are each of their own when two hundred are asked for at once', async () => {
    const source = httpTimestampSource({ url: `${server.url}/tsa`, timeoutMs: 60_000, maxBytes: 100_000 });
    const ask = (): Promise<Uint8Array> => source.timestamp(digest, 'SHA-256');
    const tokens = (await Promise.all(Array.from({ length: 200 }, ask))).map(parseTimestampToken);
    expect(new Set(tokens.map(({ nonce }) => nonce)).size).toBe(200);
  });

  for (const hash of ['sha256', 'sha384', 'sha512'] as const)
    itWith('openssl')(`over ${hash} verify with openssl`, async () => {
      await writeFile(join(parent, 'document'), 'Nghị quyết');
      const files = ['document', `${hash}.tsq`, `${hash}.tsr`].map((name) => join(parent, name));
      const [document, query, reply] = files as [string, string, string];
      await openssl(dir, 'ts', '-query', '-data', document, `-${hash}`, '-cert', '-out', query);
      await writeFile(reply, await post('/tsa', await readFile(query)));
      const args = ['ts', '-verify', '-in', reply, '-queryfile', query, '-CAfile', 'trust/root.pem'];
      expect(await openssl(dir, ...args)).toContain('Verification: OK');
    });
});

describe('OCSP', () => {
  const ask = async (holder: { certificate: string; chain: readonly string[] }): Promise<string> => {
    const own = await certificate(holder.certificate);
    const issuer = await certificate(holder.chain[0]!);
    const response = parseOcspResponse(
      await post('/ocsp', await buildOcspRequest(own, issuer, { nonce: newNonce() })),
    );
    expect(response.nonce).toBeDefined();
    return response.responses[0]!.status;
  };

  it('tells good, revoked, suspended and unknown certificates apart', async () => {
    expect(await ask(holderOf('tinhuy'))).toBe('good');
    expect(await ask(holderOf('lanhdao.ubnd'))).toBe('good');
    const tsa = { certificate: 'authorities/tsa.pem', chain: ['authorities/root.pem'] };
    expect(await ask(tsa)).toBe('good');
    expect(await ask(caseOf('revoked', 'person'))).toBe('revoked');
    expect(await ask(caseOf('suspended', 'agency'))).toBe('revoked');
    const stranger = { ...caseOf('untrusted', 'person'), chain: [`authorities/state-ca.pem`] };
    expect(await ask(stranger)).toBe('unknown');
  });

  it('is signed by a responder that the issuer has delegated', async () => {
    const holder = holderOf('ubnd');
    const [own, issuer] = [await certificate(holder.certificate), await certificate(holder.chain[0]!)];
    const response = parseOcspResponse(await post('/ocsp', await buildOcspRequest(own, issuer)));
    expect(await verifyOcspResponse(response, issuer, { at: new Date(), crls: [] })).toBe(true);
  });

  it('refuses issuers it does not know and bytes that are no request', async () => {
    const impostor = caseOf('untrusted', 'person');
    const [own, issuer] = [await certificate(impostor.certificate), await certificate(impostor.chain[0]!)];
    const unauthorized = await post('/ocsp', await buildOcspRequest(own, issuer));
    expect(Buffer.from(unauthorized).toString('hex')).toBe('30030a0106');
    expect(Buffer.from(await post('/ocsp', Buffer.from('x'))).toString('hex')).toBe('30030a0101');
  });

  it('answers GET as well', async () => {
    const holder = holderOf('tinhuy');
    const request = await buildOcspRequest(
      await certificate(holder.certificate),
      await certificate(holder.chain[0]!),
    );
    const path = encodeURIComponent(Buffer.from(request).toString('base64'));
    const response = await fetch(`${server.url}/ocsp/${path}`);
    const parsed = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
    expect(parsed.responses[0]!.status).toBe('good');
  });

  itWith('openssl')('satisfies openssl for both algorithms of issuers', async () => {
    for (const [holder, wanted] of [
      [holderOf('tinhuy'), 'good'],
      [holderOf('ubnd'), 'good'],
      [caseOf('revoked', 'agency'), 'revoked'],
    ] as const) {
      const { certificate: own, chain } = holder;
      const output = await openssl(
        dir,
        'ocsp',
        '-issuer',
        chain[0]!,
        '-cert',
        own,
        '-url',
        `${server.url}/ocsp`,
        '-CAfile',
        'trust/root.pem',
        '-verify_other',
        chain[0]!,
      );
      expect(output).toContain('Response verify OK');
      expect(output).toContain(`${own}: ${wanted}`);
    }
  });
});

describe('CRLs and certificates', () => {
  it('are served by name and nothing else is', async () => {
    for (const id of ['root', 'party-ca', 'state-ca']) {
      const crl = await fetch(`${server.url}/crl/${id}.crl`);
      expect(parseCrl(new Uint8Array(await crl.arrayBuffer())).nextUpdate!.getTime()).toBeGreaterThan(
        Date.now(),
      );
      const issuer = await fetch(`${server.url}/ca/${id}.cer`);
      expect(parseCertificate(new Uint8Array(await issuer.arrayBuffer())).isCa).toBe(true);
    }
    for (const path of ['/crl/..%2findex.json', '/crl/tsa.crl', '/ca/x.cer', '/', '/index.json'])
      expect((await fetch(`${server.url}${path}`)).status).toBe(404);
  });

  it('say where they are to be found on the port that was asked for', async () => {
    const own = await certificate(holderOf('tinhuy').certificate);
    expect(own.crlUrls).toEqual(['http://127.0.0.1:7318/crl/party-ca.crl']);
    expect(own.ocspUrls).toEqual(['http://127.0.0.1:7318/ocsp']);
    expect(own.caIssuerUrls).toEqual(['http://127.0.0.1:7318/ca/party-ca.cer']);
  });

  itWith('openssl')('verify with openssl, and the revoked ones do not', async () => {
    const verify = (path: string, ca: string): Promise<string> =>
      openssl(
        dir,
        'verify',
        '-CAfile',
        'trust/root.pem',
        '-untrusted',
        `trust/${ca}.pem`,
        '-crl_check_all',
        '-CRLfile',
        'crl/root.crl',
        '-CRLfile',
        `crl/${ca}.crl`,
        path,
      );
    for (const owner of ['tinhuy', 'vptu', 'lanhdao.tinhuy'])
      expect(await verify(holderOf(owner).certificate, 'party-ca')).toContain('OK');
    for (const owner of ['ubnd', 'lanhdao.ubnd', 'bkhcn'])
      expect(await verify(holderOf(owner).certificate, 'state-ca')).toContain('OK');
    for (const [holder, reason] of [
      [caseOf('revoked', 'person'), 'certificate revoked'],
      [caseOf('suspended', 'agency'), 'certificate revoked'],
      [caseOf('expired', 'agency'), 'expired'],
      [caseOf('not-yet-valid', 'agency'), 'not yet valid'],
      [caseOf('untrusted', 'agency'), 'unable to get local issuer'],
    ] as const)
      await expect(verify(holder.certificate, 'state-ca')).rejects.toThrow(reason);
  });
});

describe('path validation by libs/pki', () => {
  const judge = async (path: string, purpose: Purpose): Promise<PathResult> => {
    const all = (paths: readonly string[]): Promise<Certificate[]> => Promise.all(paths.map(certificate));
    const crls = await Promise.all(
      index.trust.crls.map(async (crl): Promise<CertificateList> => parseCrl(await readFile(join(dir, crl)))),
    );
    return validatePath({
      certificate: await certificate(path),
      anchors: await all(index.trust.anchors),
      intermediates: await all(index.trust.intermediates),
      at: new Date(),
      purpose,
      crls,
      ocsps: [],
      revocation: 'required',
    });
  };

  it('accepts every holder for its use', async () => {
    for (const holder of index.holders) {
      const purposes = {
        signing: holder.owner.kind === 'agency' ? 'agency-signing' : 'document-signing',
        evidence: 'evidence',
        encryption: 'encryption',
      } as const;
      const result = await judge(holder.certificate, purposes[holder.use]);
      expect([holder.certificate, result.status, result.failures]).toEqual([holder.certificate, 'valid', []]);
    }
  });

  it('takes no evidence certificate for a signature, and no signing certificate for evidence', async () => {
    const codesFor = async (holder: { certificate: string }, purpose: Purpose): Promise<string[]> =>
      (await judge(holder.certificate, purpose)).failures.map(({ code }) => code);
    for (const agency of ['tinhuy', 'ubnd'])
      for (const purpose of ['document-signing', 'agency-signing'] as const)
        expect(await codesFor(holderOf(agency, 'evidence'), purpose)).toEqual(['CERTIFICATE_WRONG_USAGE']);
    for (const owner of ['tinhuy', 'ubnd', 'lanhdao.ubnd'])
      expect(await codesFor(holderOf(owner), 'evidence')).toEqual(['CERTIFICATE_WRONG_USAGE']);
  });

  it('refuses each case for its own reason', async () => {
    const reasons = {
      expired: 'CERTIFICATE_EXPIRED',
      'not-yet-valid': 'CERTIFICATE_NOT_YET_VALID',
      revoked: 'CERTIFICATE_REVOKED',
      suspended: 'CERTIFICATE_SUSPENDED',
      'wrong-usage': 'CERTIFICATE_WRONG_USAGE',
    } as const;
    for (const holder of index.cases) {
      const { status, failures } = await judge(holder.certificate, 'document-signing');
      expect([holder.case, status]).not.toEqual([holder.case, 'valid']);
      if (holder.case !== 'untrusted')
        expect(failures.map(({ code }) => code)).toEqual([reasons[holder.case]]);
    }
  });
});

describe('PKCS #12 files', () => {
  const args = (file: string, password: string): string[] => [
    'pkcs12',
    '-in',
    file,
    '-passin',
    `pass:${password}`,
    '-nodes',
  ];

  it('open with libs/pki, new ciphers and old, to the key and the chain', async () => {
    for (const { pkcs12, pkcs12Old, pkcs12Password, certificate: own } of [
      ...index.holders,
      ...index.cases,
    ]) {
      for (const file of [pkcs12, pkcs12Old]) {
        if (file === undefined) continue;
        const opened = openPkcs12(await readFile(join(dir, file)), pkcs12Password!);
        expect(opened.certificate.der).toEqual((await certificate(own)).der);
      }
    }
  });

  itWith('openssl')('open with openssl, new ciphers and old', async () => {
    for (const owner of ['tinhuy', 'ubnd', 'lanhdao.tinhuy', 'lanhdao.ubnd']) {
      const { pkcs12, pkcs12Old, pkcs12Password } = holderOf(owner);
      const opened = await openssl(dir, ...args(pkcs12!, pkcs12Password!));
      expect(opened).toContain('BEGIN PRIVATE KEY');
      expect(opened.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
      await expect(openssl(dir, ...args(pkcs12!, 'sai'))).rejects.toThrow('invalid password');
      if (pkcs12Old === undefined) continue;
      const old = await openssl(dir, ...args(pkcs12Old, pkcs12Password!), '-legacy', '-info');
      expect(old).toContain('pbeWithSHA1And40BitRC2-CBC');
      expect(old).toContain('pbeWithSHA1And3-KeyTripleDES-CBC');
      expect(old).toContain('BEGIN PRIVATE KEY');
    }
  });
});

describe('the development server', () => {
  it('listens on loopback only', async () => {
    const everywhere = { pkiDir: dir, port: 0, host: '0.0.0.0' as '127.0.0.1' };
    await expect(startDevelopmentPki(everywhere)).rejects.toThrow('loopback');
  });

  it('is refused in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(startDevelopmentPki({ pkiDir: dir, port: 0 })).rejects.toThrow('production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});
