import { errorCodeOf } from '../testing/error-code';
import { testAuthority, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import { encodeName } from '../issuing/names';
import { readDer } from '../der/element';
import { derIa5String, derImplicit, derPrintableString, derSequence } from '../der/writer';
import { derOid, derSetOf } from '../der/writer';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { readName } from '../names/distinguished-name';
import type { DistinguishedName } from '../names/distinguished-name';
import { oids } from '../oids';
import { parseCertificate, thumbprint } from './parse-certificate';
import type { NameAttributeInput } from '../issuing/names';

const nameOf = (attributes: readonly NameAttributeInput[]): DistinguishedName =>
  readName(readDer(encodeName(attributes)));

describe('certificates', () => {
  let issuing: TestAuthority;
  let holder: TestHolder;

  beforeAll(async () => {
    issuing = await testAuthority(await testRoot());
    holder = await testHolder(issuing, {
      crlUrls: ['http://crl.example/ca.crl'],
      ocspUrls: ['http://ocsp.example'],
      caIssuerUrls: ['http://aia.example/ca.cer'],
      extensions: [
        { oid: oids.subjectAltName, value: derSequence(derImplicit(1, derIa5String('vanthu@example.vn'))) },
      ],
    });
  });

  it('show what stands in them', async () => {
    const { certificate } = holder;
    expect(certificate).toMatchObject({
      version: 3,
      isCa: false,
      organizationIdentifier: '000.00.01.T01',
      notBefore: times.start,
      notAfter: times.end,
      crlUrls: ['http://crl.example/ca.crl'],
      ocspUrls: ['http://ocsp.example'],
      caIssuerUrls: ['http://aia.example/ca.cer'],
      subjectAltNames: [{ kind: 'email', text: 'vanthu@example.vn' }],
      authorityKeyId: issuing.certificate.subjectKeyId,
      publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
    });
    expect([...(certificate.keyUsage ?? [])]).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(certificate.subject.commonName).toBe('Nguyễn Văn Thử');
    expect(issuing.certificate).toMatchObject({ isCa: true, pathLength: 0 });
    expect(await thumbprint(certificate)).toMatch(/^[0-9a-f]{64}$/);
  });

  itWith('openssl')('are read by openssl as they are here', async () => {
    const run = runOn(
      'openssl',
      [
        'x509',
        '-inform',
        'DER',
        '-in',
        'c.der',
        '-noout',
        '-subject',
        '-nameopt',
        'RFC2253,-esc_msb,utf8',
        '-serial',
        '-fingerprint',
        '-sha256',
      ],
      { 'c.der': holder.certificate.der },
    );
    expect(run.status).toBe(0);
    expect(run.output).toContain(
      'CN=Nguyễn Văn Thử,organizationIdentifier=000.00.01.T01,O=Ủy ban nhân dân xã Thử Nghiệm,C=VN',
    );
    expect(run.output.toLowerCase()).toContain(`serial=${holder.certificate.serialNumber}`);
    expect(run.output.replaceAll(':', '').toLowerCase()).toContain(await thumbprint(holder.certificate));
    expect(holder.certificate.subject.toString()).toBe(
      'CN=Nguyễn Văn Thử,organizationIdentifier=000.00.01.T01,O=Ủy ban nhân dân xã Thử Nghiệm,C=VN',
    );
  });

  it('that are cut short, prolonged or not certificates are refused by code', () => {
    const { der } = holder.certificate;
    expect(errorCodeOf(() => parseCertificate(der.subarray(0, der.length - 1)))).toBe(
      'CERTIFICATE_MALFORMED',
    );
    expect(errorCodeOf(() => parseCertificate(Uint8Array.from([...der, 0])))).toBe('CERTIFICATE_MALFORMED');
    expect(errorCodeOf(() => parseCertificate(new Uint8Array(0)))).toBe('CERTIFICATE_MALFORMED');
    expect(errorCodeOf(() => parseCertificate(new TextEncoder().encode('%PDF-1.7')))).toBe(
      'CERTIFICATE_MALFORMED',
    );
  });
});

describe('distinguished names', () => {
  it('escape what RFC 4514 wants escaped', () => {
    const name = nameOf([
      [oids.organizationName, ' Sở, "Ban" + <A>; #1\\ '],
      [oids.commonName, '#x'],
    ]);
    expect(name.toString()).toBe('CN=\\#x,O=\\ Sở\\, \\"Ban\\" \\+ \\<A\\>\\; #1\\\\\\ ');
  });

  it('are equal without regard to case, inner spaces and string type', () => {
    const utf8 = nameOf([[oids.organizationName, 'Cơ  quan A']]);
    const other = nameOf([[oids.organizationName, 'cơ quan a ']]);
    expect(utf8.equals(other)).toBe(true);
    const printable = readName(
      readDer(derSequence(derSetOf(derSequence(derOid(oids.organizationName), derPrintableString('ABC'))))),
    );
    expect(printable.equals(nameOf([[oids.organizationName, 'abc']]))).toBe(true);
    expect(printable.equals(nameOf([[oids.commonName, 'abc']]))).toBe(false);
    expect(printable.equals(nameOf([[oids.organizationName, 'ab c']]))).toBe(false);
  });

  it('cannot imitate one attribute by the text of another', () => {
    const one = nameOf([[oids.commonName, `a,${oids.organizationName}=1:b`]]);
    const two = nameOf([
      [oids.commonName, 'a'],
      [oids.organizationName, 'b'],
    ]);
    expect(one.equals(two)).toBe(false);
  });

  it('know subtrees', () => {
    const base = nameOf([[oids.countryName, 'VN']]);
    const below = nameOf([
      [oids.countryName, 'VN'],
      [oids.commonName, 'x'],
    ]);
    expect(below.isWithin(base)).toBe(true);
    expect(base.isWithin(below)).toBe(false);
  });
});
