import { fromHex, toHex } from '../bytes';
import { listedChain, revoked } from '../testing/listed-chain';
import type { ListedChain } from '../testing/listed-chain';
import { deltaTo, issuingPoint } from '../testing/revocation-points';
import { unusedCodes } from '../testing/revocation-of';
import { testAuthority, testCrl, testHolder, testListSigner, testRoot } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { parseCrl, verifyCrl } from './crl';
import type { CertificateList } from './crl';

/** Lists that another certificate signed than the one above the certificate in question (RFC 5280 §6.3.3 f). */
describe('signers of revocation lists', () => {
  let root: ListedChain['root'];
  let issuing: ListedChain['issuing'];
  let certificate: ListedChain['certificate'];
  let rootList: ListedChain['rootList'];
  let statusOf: ListedChain['statusOf'];

  beforeAll(async () => {
    ({ root, issuing, certificate, rootList, statusOf } = await listedChain());
  });

  it('the right key under another name is another signer', async () => {
    const renamed = await testAuthority(root, 'Renamed CA', { spki: issuing.keys.spki });
    const crl = await testCrl(issuing);
    expect(await verifyCrl(crl, issuing.certificate)).toBe(true);
    expect(await verifyCrl(crl, renamed.certificate)).toBe(false);
  });

  describe('another key of the same authority', () => {
    it('is taken when the same authority certified it and it is not revoked', async () => {
      const signer = await testListSigner(root, 'Test Issuing CA');
      const signers = [signer];
      expect((await statusOf([rootList, await testCrl(signer)], { signers })).status).toBe('good');
      const bad = await testCrl(signer, { entries: [revoked(certificate)] });
      expect((await statusOf([rootList, bad], { signers })).status).toBe('revoked');
    });

    it('only tells bad news while its own status is not known', async () => {
      const signers = [await testListSigner(root, 'Test Issuing CA')];
      const finding = await statusOf([await testCrl(signers[0]!)], { signers });
      expect(finding.status).toBe('unknown');
      expect(unusedCodes(finding)).toEqual(['CRL_SIGNER_UNPROVEN']);
      const bad = await testCrl(signers[0]!, { entries: [revoked(certificate)] });
      expect((await statusOf([bad], { signers })).status).toBe('revoked');
    });

    it('is not taken when it is revoked, may not sign lists, or is not at hand', async () => {
      const lost = await testListSigner(root, 'Test Issuing CA');
      const rootKnows = await testCrl(root, { entries: [revoked(lost.certificate)] });
      const finding = await statusOf([rootKnows, await testCrl(lost)], { signers: [lost] });
      expect(finding.status).toBe('unknown');
      expect(unusedCodes(finding)).toContain('CRL_SIGNER_REVOKED');

      const idle = await testListSigner(root, 'Test Issuing CA', { keyUsage: ['digitalSignature'] });
      expect(unusedCodes(await statusOf([await testCrl(idle)], { signers: [idle] }))).toEqual([
        'CRL_SIGNER_NOT_ALLOWED',
      ]);
      expect(unusedCodes(await statusOf([await testCrl(lost)]))).toEqual(['CRL_SIGNATURE_INVALID']);
    });

    it('is not taken from below another anchor, nor from a cousin of the same name below the same anchor', async () => {
      const stranger = await testListSigner(await testRoot('Other Root'), 'Test Issuing CA');
      const other = await testAuthority(root, 'Other CA', { ca: {} });
      const cousin = await testListSigner(other, 'Test Issuing CA');
      for (const signer of [stranger, cousin]) {
        const crls = [
          rootList,
          await testCrl(other),
          await testCrl(signer, { entries: [revoked(certificate)] }),
        ];
        const finding = await statusOf(crls, { signers: [signer, other] });
        expect(finding.status).toBe('unknown');
        expect(unusedCodes(finding)).toContain('CRL_SIGNER_NOT_TRUSTED');
      }
    });

    it('must have been valid when it made a list that came after the time asked for', async () => {
      const day = (date: string): Date => new Date(`2026-06-${date}T00:00:00Z`);
      const options = {
        signers: [await testListSigner(root, 'Test Issuing CA', { notAfter: day('10') })],
        at: day('05'),
      };
      const made = (date: string): Promise<CertificateList> =>
        testCrl(options.signers[0]!, { thisUpdate: day(date) });
      const above = await testCrl(root, { thisUpdate: day('09') });
      expect((await statusOf([above, await made('09')], options)).status).toBe('good');
      const late = await statusOf([above, await made('11')], options);
      expect(unusedCodes(late)).toEqual(['CRL_OTHER_ISSUER', 'CRL_SIGNER_NOT_TRUSTED']);
    });

    it('does not continue a list of the first key: a delta and its base are signed by the same', async () => {
      const signers = [await testListSigner(root, 'Test Issuing CA')];
      const entry = { ...revoked(certificate), reason: 'certificateHold' } as const;
      const held = await testCrl(issuing, { entries: [entry] });
      const freeing = (by: TestAuthority): Promise<CertificateList> =>
        testCrl(by, {
          number: 2,
          extensions: [deltaTo(1)],
          entries: [{ ...entry, reason: 'removeFromCRL' }],
        });
      const status = async (by: TestAuthority): Promise<string> =>
        (await statusOf([rootList, held, await freeing(by)], { signers })).status;
      expect(await status(issuing)).toBe('good');
      expect(await status(signers[0]!)).toBe('suspended');
    });

    it('cannot vouch for itself: a self-issued key needs a list of somebody else', async () => {
      const selfIssued = await testListSigner(issuing, 'Test Issuing CA');
      const signers = [selfIssued];
      const own = await testCrl(selfIssued);
      expect((await statusOf([rootList, own], { signers })).status).toBe('unknown');
      const byOldKey = await testCrl(issuing, { extensions: [issuingPoint({ only: 'authorities' })] });
      expect((await statusOf([rootList, own, byOldKey], { signers })).status).toBe('good');
    });
  });

  it('the issuer itself must be allowed to sign lists', async () => {
    const silent = await testAuthority(root, 'Silent CA', { keyUsage: ['keyCertSign'] });
    const { certificate: of } = await testHolder(silent);
    expect(unusedCodes(await statusOf([await testCrl(silent)], { of, signers: [silent] }))).toEqual([
      'CRL_SIGNER_NOT_ALLOWED',
    ]);
  });

  it('weak algorithms are refused as in certificates', async () => {
    const { der } = await testCrl(issuing);
    // ecdsa-with-SHA256 becomes ecdsa-with-SHA224, inside and outside of the signed part.
    const weak = parseCrl(fromHex(toHex(der).replaceAll('2a8648ce3d040302', '2a8648ce3d040301')));
    expect(unusedCodes(await statusOf([weak]))).toEqual(['CRL_WEAK_ALGORITHM']);
  });
});
