import { fromHex, toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import type { CrlInput } from '../issuing/issue-crl';
import { issueOcspResponse } from '../issuing/issue-ocsp-response';
import { oids } from '../oids';
import type { RevocationFinding } from '../path/result';
import { validatePath } from '../path/validate-path';
import { certificateIssuer, deltaTo, distributionPoints, issuingPoint } from '../testing/revocation-points';
import { testAuthority, testCrl, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { parseOcspResponse } from './ocsp';
import type { OcspResponse } from './ocsp';
import { certificateIdDer } from './ocsp-request';
import { parseCrl } from './crl';
import type { CertificateList } from './crl';

const since = new Date('2026-06-01T00:00:00Z');

/** Lists that another certificate signed than the one above the certificate in question (RFC 5280 §6.3.3 f). */
describe('signers of revocation lists', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let certificate: Certificate;
  let rootList: CertificateList;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    ({ certificate } = await testHolder(issuing));
    rootList = await testCrl(root);
  });

  async function statusOf(
    crls: readonly CertificateList[],
    options: {
      readonly of?: Certificate;
      readonly signers?: readonly TestAuthority[];
      readonly ocsps?: readonly OcspResponse[];
    } = {},
  ): Promise<RevocationFinding> {
    const { of = certificate, signers = [], ocsps = [] } = options;
    const result = await validatePath({
      certificate: of,
      intermediates: [issuing, ...signers].map((authority) => authority.certificate),
      anchors: [root.certificate],
      at: times.now,
      purpose: 'document-signing',
      crls,
      ocsps,
      revocation: 'if-available',
    });
    return result.revocation[0]!;
  }

  const signerOf = (issuer: TestAuthority, name: string, more: Parameters<typeof testAuthority>[2] = {}) =>
    testAuthority(issuer, name, { keyUsage: ['cRLSign'], ...more });

  const revoked = ({ serialNumber }: Certificate): CrlInput['entries'][number] => ({
    serialNumber,
    revocationDate: since,
  });

  const codes = ({ unused }: RevocationFinding): string[] => unused.map(({ code }) => code);

  describe('another key of the same authority', () => {
    it('is taken when the same authority certified it and it is not revoked', async () => {
      const signer = await signerOf(root, 'Test Issuing CA');
      const signers = [signer];
      expect((await statusOf([rootList, await testCrl(signer)], { signers })).status).toBe('good');
      const bad = await testCrl(signer, { entries: [revoked(certificate)] });
      expect((await statusOf([rootList, bad], { signers })).status).toBe('revoked');
    });

    it('only tells bad news while its own status is not known', async () => {
      const signers = [await signerOf(root, 'Test Issuing CA')];
      const finding = await statusOf([await testCrl(signers[0]!)], { signers });
      expect(finding.status).toBe('unknown');
      expect(codes(finding)).toEqual(['CRL_SIGNER_UNPROVEN']);
      const bad = await testCrl(signers[0]!, { entries: [revoked(certificate)] });
      expect((await statusOf([bad], { signers })).status).toBe('revoked');
    });

    it('is not taken when it is revoked, may not sign lists, or is not at hand', async () => {
      const lost = await signerOf(root, 'Test Issuing CA');
      const rootKnows = await testCrl(root, { entries: [revoked(lost.certificate)] });
      const finding = await statusOf([rootKnows, await testCrl(lost)], { signers: [lost] });
      expect(finding.status).toBe('unknown');
      expect(codes(finding)).toContain('CRL_SIGNER_REVOKED');

      const idle = await signerOf(root, 'Test Issuing CA', { keyUsage: ['digitalSignature'] });
      expect(codes(await statusOf([await testCrl(idle)], { signers: [idle] }))).toEqual([
        'CRL_SIGNER_NOT_ALLOWED',
      ]);
      expect(codes(await statusOf([await testCrl(lost)]))).toEqual(['CRL_SIGNATURE_INVALID']);
    });

    it('is not taken from below another anchor, nor from a cousin of the same name below the same anchor', async () => {
      const stranger = await signerOf(await testRoot('Other Root'), 'Test Issuing CA');
      const other = await testAuthority(root, 'Other CA', { ca: {} });
      const cousin = await signerOf(other, 'Test Issuing CA');
      for (const signer of [stranger, cousin]) {
        const crls = [
          rootList,
          await testCrl(other),
          await testCrl(signer, { entries: [revoked(certificate)] }),
        ];
        const finding = await statusOf(crls, { signers: [signer, other] });
        expect(finding.status).toBe('unknown');
        expect(codes(finding)).toContain('CRL_SIGNER_NOT_TRUSTED');
      }
    });

    it('cannot vouch for itself: a self-issued key needs a list of somebody else', async () => {
      const selfIssued = await signerOf(issuing, 'Test Issuing CA');
      const signers = [selfIssued];
      const own = await testCrl(selfIssued);
      expect((await statusOf([rootList, own], { signers })).status).toBe('unknown');
      const byOldKey = await testCrl(issuing, { extensions: [issuingPoint({ only: 'authorities' })] });
      expect((await statusOf([rootList, own, byOldKey], { signers })).status).toBe('good');
    });
  });

  it('weak algorithms are refused as in certificates', async () => {
    const { der } = await testCrl(issuing);
    // ecdsa-with-SHA256 becomes ecdsa-with-SHA224, inside and outside of the signed part.
    const weak = parseCrl(fromHex(toHex(der).replaceAll('2a8648ce3d040302', '2a8648ce3d040301')));
    expect(codes(await statusOf([weak]))).toEqual(['CRL_WEAK_ALGORITHM']);
  });

  describe('indirect lists', () => {
    const indirect = issuingPoint({ indirect: true });
    let lister: TestAuthority;
    let named: Certificate;
    let twin: Certificate;

    beforeAll(async () => {
      lister = await signerOf(root, 'List Authority');
      const points = distributionPoints([{ crlIssuer: lister.certificate.subject }]);
      const serialNumber = Uint8Array.of(0x51, 0x52);
      const other = await testAuthority(root, 'Second CA');
      ({ certificate: named } = await testHolder(issuing, { serialNumber, extensions: [points] }));
      ({ certificate: twin } = await testHolder(other, { serialNumber, extensions: [points] }));
    });

    const listed = (...entries: CrlInput['entries']): Promise<CertificateList> =>
      testCrl(lister, { extensions: [indirect], entries });

    const ask = (crl: CertificateList, of: Certificate): Promise<RevocationFinding> =>
      statusOf([rootList, crl], { of, signers: [lister] });

    it('speak for certificates that name their issuer', async () => {
      expect((await ask(await listed(), named)).status).toBe('good');
      const finding = await ask(await listed(), certificate);
      expect(finding.status).toBe('unknown');
      expect(codes(finding)).toContain('CRL_OTHER_ISSUER');
      const direct = await ask(await testCrl(lister), named);
      expect(codes(direct)).toContain('CRL_OTHER_ISSUER');
    });

    it('name the issuer of an entry once, for it and those after it', async () => {
      const of = (issuer: Certificate): Pick<CrlInput['entries'][number], 'extensions'> => ({
        extensions: [certificateIssuer(issuer.subject)],
      });
      const filler = { serialNumber: '33', revocationDate: since };
      const carried = await listed(
        revoked(named),
        { ...filler, ...of(root.certificate) },
        filler,
        { ...filler, ...of(issuing.certificate) },
        filler,
        revoked(named),
      );
      expect((await ask(carried, named)).status).toBe('revoked');
      const elsewhere = await listed(revoked(named), { ...filler, ...of(root.certificate) }, revoked(named));
      expect((await ask(elsewhere, named)).status).toBe('good');
      expect(carried.entry(named.serialNumber, twin.issuer)).toBeUndefined();
      expect(carried.entry(named.serialNumber)?.revocationDate).toEqual(since);
    });

    it('merge with their deltas', async () => {
      const base = await listed({
        ...revoked(named),
        reason: 'certificateHold',
        extensions: [certificateIssuer(issuing.certificate.subject)],
      });
      expect((await ask(base, named)).status).toBe('suspended');
      const freeing = await testCrl(lister, {
        number: 2,
        extensions: [indirect, deltaTo(1)],
        entries: [
          {
            ...revoked(named),
            reason: 'removeFromCRL',
            extensions: [certificateIssuer(issuing.certificate.subject)],
          },
        ],
      });
      const crls = [rootList, base, freeing];
      expect((await statusOf(crls, { of: named, signers: [lister] })).status).toBe('good');
    });

    it('are not read where certificateIssuer stands in a list that is not indirect', async () => {
      const crl = await testCrl(issuing, {
        entries: [{ ...revoked(twin), extensions: [certificateIssuer(twin.issuer)] }],
      });
      expect(codes(await statusOf([crl]))).toEqual(['CRL_UNKNOWN_CRITICAL_EXTENSION']);
    });

    it('may cover their own signer only where its certificate says so', async () => {
      const name = lister.certificate.subject;
      const own = await signerOf(issuing, 'List Authority', {
        extensions: [distributionPoints([{ crlIssuer: name }])],
      });
      const clean = await testCrl(own, { extensions: [indirect] });
      const signers = [own];
      expect((await statusOf([rootList, clean], { of: named, signers })).status).toBe('good');
      const confesses = await testCrl(own, {
        extensions: [indirect],
        entries: [
          { ...revoked(own.certificate), extensions: [certificateIssuer(issuing.certificate.subject)] },
        ],
      });
      expect((await statusOf([rootList, confesses], { of: named, signers })).status).toBe('unknown');
      const plain = await signerOf(issuing, 'List Authority');
      const unknown = await statusOf([rootList, await testCrl(plain, { extensions: [indirect] })], {
        of: named,
        signers: [plain],
      });
      expect(unknown.status).toBe('unknown');
    });

    it('and answers whose signers vouch for each other prove nothing', async () => {
      const own = await signerOf(issuing, 'List Authority');
      const { certificate: checked, signer: responder } = await testHolder(issuing, {
        subject: [[oids.commonName, 'Test OCSP']],
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: [oids.ocspSigning] },
        extensions: [distributionPoints([{ crlIssuer: lister.certificate.subject }])],
      });
      expect(checked.isOcspNoCheck).toBe(false);
      const ids = await Promise.all(
        [named, own.certificate].map((of) => certificateIdDer(of, issuing.certificate, 'SHA-256')),
      );
      const period = { thisUpdate: times.now, nextUpdate: times.end };
      const ocsp = await issueOcspResponse({
        responder,
        producedAt: times.now,
        responses: ids.map((id) => ({ id, status: 'good', ...period })),
      });
      const crls = [rootList, await testCrl(own, { extensions: [indirect] })];
      const finding = await statusOf(crls, { of: named, signers: [own], ocsps: [parseOcspResponse(ocsp)] });
      expect(finding.status).toBe('unknown');
      expect(codes(finding)).toEqual(['OCSP_RESPONDER_UNPROVEN', 'CRL_OTHER_ISSUER', 'CRL_SIGNER_UNPROVEN']);
    });

    it('end in bounded time where signers vouch for each other in circles', async () => {
      const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((letter) => `Lister ${letter}`);
      const subjects = await Promise.all(
        names.map(async (name) => (await signerOf(root, name)).certificate.subject),
      );
      const points = distributionPoints(subjects.map((crlIssuer) => ({ crlIssuer })));
      const signers = await Promise.all(
        names.map((name) => signerOf(issuing, name, { extensions: [points] })),
      );
      const crls = await Promise.all(signers.map((signer) => testCrl(signer, { extensions: [indirect] })));
      const { certificate: of } = await testHolder(issuing, { extensions: [points] });
      const started = performance.now();
      expect(['good', 'unknown']).toContain((await statusOf(crls, { of, signers })).status);
      expect(performance.now() - started).toBeLessThan(2000);
    });
  });
});
