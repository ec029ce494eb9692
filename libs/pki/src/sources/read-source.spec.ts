import { itWith, runOn } from '../../../../test/support/outside-programs';
import { derExplicit, derInteger, derOid, derSequence, derSetOf } from '../der/writer';
import { oids } from '../oids';
import { toPem } from '../pem';
import { issueOcspResponse } from '../issuing/issue-ocsp-response';
import { certificateIdDer } from '../revocation/ocsp-request';
import { errorCodeOf } from '../testing/error-code';
import { testAuthority, testCrl, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import type { CertificateList } from '../revocation/crl';
import { readSource } from './read-source';

let root: TestAuthority;
let ca: TestAuthority;
let crl: CertificateList;
beforeAll(async () => {
  root = await testRoot();
  ca = await testAuthority(root);
  crl = await testCrl(root);
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const pems = (): string =>
  [root, ca].map(({ certificate }) => `a comment\n${toPem(certificate.der, 'CERTIFICATE')}`).join('');
const counts = (bytes: Uint8Array): readonly number[] => {
  const { certificates, crls, ocsps } = readSource(bytes);
  return [certificates.length, crls.length, ocsps.length];
};

/** A certs-only SignedData: nobody signs it (RFC 5652 §5.1 allows no signers). */
function certsOnly(certificates: readonly Uint8Array[], crls: readonly Uint8Array[]): Uint8Array {
  const signedData = derSequence(
    derInteger(1),
    derSetOf(),
    derSequence(derOid('1.2.840.113549.1.7.1')),
    derExplicit(0, ...certificates),
    crls.length > 0 ? derExplicit(1, ...crls) : undefined,
    derSetOf(),
  );
  return derSequence(derOid(oids.signedData), derExplicit(0, signedData));
}

describe('a source of certificates and lists', () => {
  it('is a certificate or a list in DER', () => {
    expect(counts(root.certificate.der)).toEqual([1, 0, 0]);
    expect(counts(crl.der)).toEqual([0, 1, 0]);
  });

  it('is an OCSP answer in DER', async () => {
    const answer = await issueOcspResponse({
      responder: { certificate: root.certificate, chain: [], ...root.key },
      producedAt: times.now,
      responses: [
        {
          id: await certificateIdDer(ca.certificate, root.certificate, 'SHA-256'),
          status: 'good',
          thisUpdate: times.now,
        },
      ],
    });
    expect(counts(answer)).toEqual([0, 0, 1]);
  });

  it('is any number of PEM blocks, with text between them', () => {
    expect(counts(utf8(pems() + toPem(crl.der, 'X509 CRL')))).toEqual([2, 1, 0]);
  });

  it('is a PKCS #7 file with certificates and lists, in DER and in PEM', () => {
    const p7b = certsOnly([root.certificate.der, ca.certificate.der], [crl.der]);
    expect(counts(p7b)).toEqual([2, 1, 0]);
    expect(counts(utf8(toPem(p7b, 'PKCS7')))).toEqual([2, 1, 0]);
    expect(counts(utf8(toPem(p7b, 'CMS')))).toEqual([2, 1, 0]);
  });

  itWith('openssl')('is what openssl makes of them', () => {
    const files = { 'list.pem': toPem(crl.der, 'X509 CRL'), 'certs.pem': pems() };
    const args = [
      'crl2pkcs7',
      '-in',
      'list.pem',
      '-certfile',
      'certs.pem',
      '-outform',
      'DER',
      '-out',
      'x.p7b',
    ];
    const { left, output } = runOn('openssl', args, files);
    expect(output).toBe('');
    expect(counts(left.get('x.p7b')!)).toEqual([2, 1, 0]);
  });

  it('is no private key, no text, no other structure and nothing damaged', () => {
    const codeOf = (bytes: Uint8Array): string => errorCodeOf(() => readSource(bytes));
    const { der } = ca.certificate;
    expect(codeOf(utf8(toPem(root.keys.pkcs8, 'PRIVATE KEY')))).toBe('SOURCE_UNRECOGNISED');
    expect(codeOf(root.keys.pkcs8)).toBe('SOURCE_UNRECOGNISED');
    expect(codeOf(root.keys.spki)).toBe('SOURCE_UNRECOGNISED');
    expect(codeOf(utf8('hello'))).toBe('SOURCE_UNRECOGNISED');
    expect(codeOf(new Uint8Array())).toBe('SOURCE_UNRECOGNISED');
    expect(codeOf(der.subarray(0, -1))).toBe('SOURCE_UNRECOGNISED');
    expect(codeOf(utf8('-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----'))).toBe('PEM_MALFORMED');
    expect(codeOf(utf8(toPem(crl.der, 'CERTIFICATE')))).toBe('CERTIFICATE_MALFORMED');
    expect(codeOf(certsOnly([crl.der], []))).toBe('CERTIFICATE_MALFORMED');
    expect(codeOf(certsOnly([der], [der]))).toBe('CRL_MALFORMED');
  });

  it('is bounded in bytes and in number', () => {
    const { der } = root.certificate;
    expect(errorCodeOf(() => readSource(der, { maxBytes: der.length - 1 }))).toBe('SOURCE_TOO_LARGE');
    expect(errorCodeOf(() => readSource(utf8(pems()), { maxItems: 1 }))).toBe('SOURCE_TOO_LARGE');
    expect(readSource(utf8(pems()), { maxItems: 2 }).certificates).toHaveLength(2);
  });
});
