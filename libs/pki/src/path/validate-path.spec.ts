import { derInteger, derNull, derSequence, derUtf8String } from '../der/writer';
import { issueOcspResponse } from '../issuing/issue-ocsp-response';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { oids } from '../oids';
import { toPem } from '../pem';
import { parseCrl } from '../revocation/crl';
import type { CertificateList } from '../revocation/crl';
import { buildOcspRequest, certificateIdDer, parseOcspRequest } from '../revocation/ocsp-request';
import { parseOcspResponse } from '../revocation/ocsp';
import type { OcspResponse } from '../revocation/ocsp';
import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import {
  testAuthority,
  testCrl,
  testHolder,
  testResponder,
  testRoot,
  testTsa,
  times,
} from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import type { OcspStatusInput } from '../issuing/issue-ocsp-response';
import { pathFailureMessages } from './messages';
import { validatePath } from './validate-path';
import type { PathInput } from './validate-path';
import type { PathResult } from './result';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

describe('path validation', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let holder: TestHolder;
  let rootCrl: CertificateList;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    holder = await testHolder(issuing);
    rootCrl = await testCrl(root);
  });

  const validate = (overrides: Partial<PathInput> = {}): Promise<PathResult> =>
    validatePath({
      certificate: holder.certificate,
      intermediates: [issuing.certificate],
      anchors: [root.certificate],
      at: times.now,
      purpose: 'document-signing',
      crls: [],
      ocsps: [],
      revocation: 'if-available',
      ...overrides,
    });

  const codes = (result: PathResult): string[] => result.failures.map((failure) => failure.code);

  it('judges a certificate anew each time, also one whose signature it has verified before', async () => {
    expect((await validate()).status).toBe('valid');
    expect(codes(await validate({ at: day('2090-01-01') }))).toContain('CERTIFICATE_EXPIRED');
    expect(codes(await validate({ crls: [await revokedCrl(), rootCrl] }))).toContain('CERTIFICATE_REVOKED');
    expect(codes(await validate({ anchors: [] }))).toContain('NO_PATH_TO_ANCHOR');
  });

  it('finds nothing valid at a time that is none', async () => {
    expect(codes(await validate({ at: new Date(Number.NaN) }))).toContain('CERTIFICATE_NOT_YET_VALID');
  });

  it('takes no forgery for the certificate that it has seen before', async () => {
    const bytes = new Uint8Array(holder.certificate.der);
    const genuine = parseCertificate(bytes);
    expect((await validate({ certificate: genuine })).status).toBe('valid');
    // The last byte is of the signature; changed in the very bytes that were read before.
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    const forged = parseCertificate(bytes);
    expect(codes(await validate({ certificate: forged }))).toContain('CERTIFICATE_SIGNATURE_INVALID');
    expect((await validate({ certificate: genuine })).status).toBe('valid');
  });

  const revokedCrl = (overrides: Parameters<typeof testCrl>[1] = {}): Promise<CertificateList> =>
    testCrl(issuing, {
      entries: [
        {
          serialNumber: holder.certificate.serialNumber,
          revocationDate: day('2026-06-01'),
          reason: 'keyCompromise',
        },
      ],
      ...overrides,
    });

  const answer = async (
    responder: TestHolder,
    status: OcspStatusInput,
    period: { thisUpdate?: Date; nextUpdate?: Date } = {},
  ): Promise<OcspResponse> =>
    parseOcspResponse(
      await issueOcspResponse({
        responder: responder.signer,
        producedAt: period.thisUpdate ?? times.now,
        responses: [
          {
            id: await certificateIdDer(holder.certificate, issuing.certificate, 'SHA-1'),
            thisUpdate: times.now,
            nextUpdate: day('2026-06-16'),
            ...period,
            ...status,
          },
        ],
      }),
    );

  it('finds the path to the anchor and says valid', async () => {
    const result = await validate();
    expect(result.status).toBe('valid');
    expect(result.path.map((found) => found.subject.commonName)).toEqual([
      'Nguyễn Văn Thử',
      'Test Issuing CA',
      'Test Root',
    ]);
    expect(result.revocation.map((found) => found.status)).toEqual(['unknown', 'unknown']);
  });

  it('trusts configured anchors only: "untrusted" is indeterminate, not invalid', async () => {
    const other = await testRoot('Other Root');
    const result = await validate({
      anchors: [other.certificate],
      intermediates: [issuing.certificate, root.certificate],
    });
    expect(result.status).toBe('indeterminate');
    expect(codes(result)).toEqual(['NO_PATH_TO_ANCHOR']);
  });

  it('is not fooled by an anchor of the same name', async () => {
    const twin = await testRoot();
    const result = await validate({ anchors: [twin.certificate] });
    expect(result.status).toBe('invalid');
    expect(codes(result)).toEqual(['CERTIFICATE_SIGNATURE_INVALID', 'NO_PATH_TO_ANCHOR']);
  });

  it('judges validity at the time asked for, both ends included', async () => {
    expect(codes(await validate({ at: new Date(times.start.getTime() - 1) }))).toContain(
      'CERTIFICATE_NOT_YET_VALID',
    );
    expect((await validate({ at: times.start })).status).toBe('valid');
    expect((await validate({ at: times.end })).status).toBe('valid');
    expect(codes(await validate({ at: new Date(times.end.getTime() + 1000) }))).toContain(
      'CERTIFICATE_EXPIRED',
    );
  });

  it('refuses a certificate for another purpose', async () => {
    const tsa = await testTsa(issuing);
    const encryption = await testHolder(issuing, {
      keyUsage: ['keyAgreement'],
      extendedKeyUsage: { purposes: [oids.emailProtection] },
    });
    expect(codes(await validate({ certificate: tsa.certificate }))).toEqual(['CERTIFICATE_WRONG_USAGE']);
    expect((await validate({ certificate: tsa.certificate, purpose: 'time-stamping' })).status).toBe('valid');
    expect(codes(await validate({ purpose: 'time-stamping' }))).toEqual(['CERTIFICATE_WRONG_USAGE']);
    expect(codes(await validate({ certificate: encryption.certificate }))).toEqual([
      'CERTIFICATE_WRONG_USAGE',
    ]);
    expect((await validate({ certificate: encryption.certificate, purpose: 'encryption' })).status).toBe(
      'valid',
    );
    expect(codes(await validate({ purpose: 'ocsp-signing' }))).toEqual(['CERTIFICATE_WRONG_USAGE']);
  });

  it('refuses issuers that are no authorities, or have gone deeper than allowed', async () => {
    const asIssuer = { certificate: holder.certificate, key: holder.signer, keys: holder.keys };
    const below = await testHolder(asIssuer);
    const intermediates = [issuing.certificate, holder.certificate];
    expect(codes(await validate({ certificate: below.certificate, intermediates }))).toContain(
      'CERTIFICATE_NOT_A_CA',
    );

    const sub = await testAuthority(issuing, 'Sub CA');
    const deep = await testHolder(sub);
    const withSub = [issuing.certificate, sub.certificate];
    expect(codes(await validate({ certificate: deep.certificate, intermediates: withSub }))).toEqual([
      'PATH_TOO_LONG',
    ]);
  });

  it('refuses critical extensions it does not know', async () => {
    const unknown = await testHolder(issuing, {
      extensions: [{ oid: '1.2.3.4', critical: true, value: derNull }],
    });
    expect(codes(await validate({ certificate: unknown.certificate }))).toEqual([
      'CERTIFICATE_UNKNOWN_CRITICAL_EXTENSION',
    ]);
    const noted = await testHolder(issuing, { extensions: [{ oid: '1.2.3.4', value: derUtf8String('x') }] });
    expect((await validate({ certificate: noted.certificate })).status).toBe('valid');
  });

  describe('with revocation', () => {
    it('required but unknown is never valid', async () => {
      const result = await validate({ revocation: 'required' });
      expect(result.status).toBe('indeterminate');
      expect(codes(result)).toEqual(['REVOCATION_UNKNOWN', 'REVOCATION_UNKNOWN']);
    });

    it('is good when every list says so', async () => {
      const result = await validate({ revocation: 'required', crls: [rootCrl, await testCrl(issuing)] });
      expect(result.status).toBe('valid');
      expect(result.revocation.map((found) => `${found.status} ${found.source}`)).toEqual([
        'good crl',
        'good crl',
      ]);
    });

    it('tells revoked from suspended, and before from after', async () => {
      const revoked = await revokedCrl();
      const result = await validate({ crls: [revoked] });
      expect(result.status).toBe('invalid');
      expect(codes(result)).toEqual(['CERTIFICATE_REVOKED']);
      expect(result.revocation[0]).toMatchObject({
        status: 'revoked',
        reason: 'keyCompromise',
        at: day('2026-06-01'),
      });
      expect((await validate({ crls: [revoked], at: day('2026-05-31') })).status).toBe('valid');
      const held = await testCrl(issuing, {
        entries: [
          {
            serialNumber: holder.certificate.serialNumber,
            revocationDate: day('2026-06-01'),
            reason: 'certificateHold',
          },
        ],
      });
      expect(codes(await validate({ crls: [held] }))).toEqual(['CERTIFICATE_SUSPENDED']);
    });

    it('knows a revoked authority too', async () => {
      const crl = await testCrl(root, {
        entries: [{ serialNumber: issuing.certificate.serialNumber, revocationDate: day('2026-06-01') }],
      });
      const result = await validate({ crls: [crl] });
      expect(codes(result)).toEqual(['CERTIFICATE_REVOKED']);
      expect(result.failures[0]?.certificate.subject.commonName).toBe('Test Issuing CA');
    });

    it('does not use lists that are outdated, of another signer, without number, or critical in unknown ways', async () => {
      const stranger = await testAuthority(root);
      const unusable: CertificateList[] = [
        await testCrl(issuing, { thisUpdate: day('2026-06-01'), nextUpdate: day('2026-06-10') }),
        await testCrl(stranger),
        await testCrl(issuing, { extensions: [{ oid: '1.2.3.4', critical: true, value: derNull }] }),
        await testCrl(issuing, {
          extensions: [
            {
              oid: oids.issuingDistributionPoint,
              critical: true,
              value: derSequence(Uint8Array.of(0x82, 1, 0xff)),
            },
          ],
        }),
      ];
      for (const crl of unusable) {
        expect(codes(await validate({ revocation: 'required', crls: [rootCrl, crl] }))).toEqual([
          'REVOCATION_UNKNOWN',
        ]);
      }
    });

    it('lets a delta list revoke but never acquit', async () => {
      const indicator = { oid: oids.deltaCRLIndicator, critical: true, value: derInteger(1) };
      const quiet = await testCrl(issuing, { number: 2, extensions: [indicator] });
      expect(codes(await validate({ revocation: 'required', crls: [rootCrl, quiet] }))).toEqual([
        'REVOCATION_UNKNOWN',
      ]);
      const loud = await revokedCrl({ number: 2, extensions: [indicator] });
      const crls = [rootCrl, await testCrl(issuing), loud];
      expect(codes(await validate({ crls }))).toEqual(['CERTIFICATE_REVOKED']);
    });

    it('notices any change inside of a list', async () => {
      const { der } = await revokedCrl();
      const clean = await testCrl(issuing);
      const forged = der.slice();
      const at = forged.findIndex((_, index) =>
        holder.certificate.serialNumber.startsWith(
          Buffer.from(forged.subarray(index, index + 8)).toString('hex'),
        ),
      );
      forged[at + 3]! ^= 1;
      const result = await validate({ revocation: 'required', crls: [rootCrl, parseCrl(forged)] });
      expect(codes(result)).toEqual(['REVOCATION_UNKNOWN']);
      expect((await validate({ revocation: 'required', crls: [rootCrl, parseCrl(clean.der)] })).status).toBe(
        'valid',
      );
    });

    it('takes answers of a responder its issuer appointed', async () => {
      const responder = await testResponder(issuing);
      const good = await answer(responder, { status: 'good' });
      const result = await validate({ revocation: 'required', crls: [rootCrl], ocsps: [good] });
      expect(result.status).toBe('valid');
      expect(result.revocation[0]).toMatchObject({ status: 'good', source: 'ocsp' });
      const revoked = await answer(responder, {
        status: 'revoked',
        revocationTime: day('2026-06-01'),
        reason: 'superseded',
      });
      expect(codes(await validate({ ocsps: [revoked] }))).toEqual(['CERTIFICATE_REVOKED']);
      expect((await validate({ ocsps: [revoked], at: day('2026-05-31') })).status).toBe('valid');
    });

    it('does not take answers that are unknown, old, of others, or of a responder that may be revoked', async () => {
      const responder = await testResponder(issuing);
      const useless: OcspResponse[] = [
        await answer(responder, { status: 'unknown' }),
        await answer(
          responder,
          { status: 'good' },
          { thisUpdate: day('2026-06-01'), nextUpdate: day('2026-06-02') },
        ),
        await answer(await testResponder(root), { status: 'good' }),
        await answer(await testResponder(issuing, { isOcspNoCheck: false }), { status: 'good' }),
        await answer(
          await testResponder(issuing, { extendedKeyUsage: { purposes: [oids.emailProtection] } }),
          {
            status: 'good',
          },
        ),
        await answer(holder, { status: 'good' }),
      ];
      for (const ocsp of useless) {
        const result = await validate({ revocation: 'required', crls: [rootCrl], ocsps: [ocsp] });
        expect(codes(result)).toEqual(['REVOCATION_UNKNOWN']);
      }
    });

    it('lets bad news from one source outweigh good news from another', async () => {
      const good = await answer(await testResponder(issuing), { status: 'good' });
      expect(codes(await validate({ crls: [await revokedCrl()], ocsps: [good] }))).toEqual([
        'CERTIFICATE_REVOKED',
      ]);
    });

    itWith('openssl')('makes lists that openssl verifies', async () => {
      const crl = await revokedCrl();
      const run = runOn(
        'openssl',
        ['crl', '-inform', 'DER', '-in', 'crl.der', '-CAfile', 'ca.pem', '-noout', '-text'],
        {
          'crl.der': crl.der,
          'ca.pem': toPem(issuing.certificate.der, 'CERTIFICATE'),
        },
      );
      expect(run.output).toContain('verify OK');
      expect(run.output).toContain('Key Compromise');
    });

    itWith('openssl')('makes OCSP requests and answers that openssl reads and verifies', async () => {
      const nonce = new Uint8Array(16).fill(7);
      const request = await buildOcspRequest(holder.certificate, issuing.certificate, { nonce });
      expect(parseOcspRequest(request).nonce).toEqual(nonce);
      const read = runOn('openssl', ['ocsp', '-reqin', 'q.der', '-req_text'], { 'q.der': request });
      expect(read.output.toLowerCase()).toContain(holder.certificate.serialNumber);

      const response = await answer(
        await testResponder(issuing),
        { status: 'good' },
        { thisUpdate: new Date(), nextUpdate: times.end },
      );
      const pem = (certificate: Certificate): string => toPem(certificate.der, 'CERTIFICATE');
      const run = runOn(
        'openssl',
        [
          'ocsp',
          '-issuer',
          'ca.pem',
          '-cert',
          'ee.pem',
          '-respin',
          'r.der',
          '-CAfile',
          'root.pem',
          '-verify_other',
          'ca.pem',
        ],
        {
          'ca.pem': pem(issuing.certificate),
          'ee.pem': pem(holder.certificate),
          'root.pem': pem(root.certificate),
          'r.der': response.der,
        },
      );
      expect(run.output).toContain('Response verify OK');
      expect(run.output).toContain('ee.pem: good');
    });

    itWith('openssl').each(['P-256', 'P-384', 'RSA-3072'] as const)(
      'agrees with openssl verify on a chain of %s keys',
      async (kind) => {
        const top = await testRoot('Root', kind);
        const middle = await testAuthority(top, 'CA', { kind });
        const end = await testHolder(middle, { kind });
        const result = await validate({
          certificate: end.certificate,
          intermediates: [middle.certificate],
          anchors: [top.certificate],
        });
        expect(result.status).toBe('valid');
        const seconds = String(times.now.getTime() / 1000);
        const run = runOn(
          'openssl',
          [
            'verify',
            '-x509_strict',
            '-attime',
            seconds,
            '-CAfile',
            'root.pem',
            '-untrusted',
            'ca.pem',
            'ee.pem',
          ],
          {
            'root.pem': toPem(top.certificate.der, 'CERTIFICATE'),
            'ca.pem': toPem(middle.certificate.der, 'CERTIFICATE'),
            'ee.pem': toPem(end.certificate.der, 'CERTIFICATE'),
          },
        );
        expect(run.output).toContain('ee.pem: OK');
      },
    );
  });

  it('notices any change in the signed part of a certificate', async () => {
    const { der, tbs } = holder.certificate;
    const start = tbs.byteOffset - der.byteOffset;
    for (let at = start; at < start + tbs.length; at += 5) {
      const forged = der.slice();
      forged[at]! ^= 1 << (at % 8);
      let certificate: Certificate;
      try {
        certificate = parseCertificate(forged);
      } catch {
        continue;
      }
      expect((await validate({ certificate })).status).not.toBe('valid');
    }
  });

  it('has a message in both languages for each failure', () => {
    for (const { vi, en } of Object.values(pathFailureMessages)) {
      expect(vi.length).toBeGreaterThan(40);
      expect(en.length).toBeGreaterThan(40);
    }
  });
});
