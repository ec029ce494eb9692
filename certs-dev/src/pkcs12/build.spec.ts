import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyAlgorithm } from '#directory';
import { generateKeyPair, issueCertificate, oids } from '#pki';
import type { Certificate } from '#pki';
import { openPkcs12 } from '#pki/node';
import { issuingKey, newKeys } from '../pki/keys';
import { itWith } from '../../../test/support/outside-programs';
import { openssl } from '../testing/openssl';
import { buildPkcs12 } from './build';
import type { Pkcs12Ciphers, Pkcs12Content } from './build';

const password = 'trinh-dien';
const accented = 'Mật khẩu: đỏ';
const friendlyName = 'Đỗ Thị Thử';

interface Made {
  readonly content: Pkcs12Content;
  readonly leaf: Certificate;
  readonly issuer: Certificate;
}

async function make(kind: KeyAlgorithm): Promise<Made> {
  const validity = { notBefore: new Date(0), notAfter: new Date('2049-12-31T00:00:00Z') };
  const authority = await newKeys('P-256');
  const root = await issueCertificate({
    subject: [[oids.commonName, 'Gốc']],
    spki: authority.spki,
    issuer: 'self',
    issuerKey: issuingKey(authority),
    ca: {},
    ...validity,
  });
  const intermediate = await newKeys('P-256');
  const issuer = await issueCertificate({
    subject: [[oids.commonName, 'Cấp dưới']],
    spki: intermediate.spki,
    issuer: root,
    issuerKey: issuingKey(authority),
    ca: {},
    ...validity,
  });
  const keys = await generateKeyPair(kind);
  const leaf = await issueCertificate({
    subject: [[oids.commonName, friendlyName]],
    spki: keys.spki,
    issuer,
    issuerKey: issuingKey(intermediate),
    ...validity,
  });
  const certificates = [leaf.der, issuer.der];
  return {
    content: { pkcs8: keys.pkcs8, certificates, friendlyName, password },
    leaf,
    issuer,
  };
}

const forms: readonly (readonly [Pkcs12Ciphers, KeyAlgorithm])[] = [
  ['new', 'P-256'],
  ['new', 'RSA-3072'],
  ['old', 'P-256'],
  ['old', 'RSA-3072'],
];

describe.each(forms)('a PKCS #12 file with %s ciphers and a %s key', (ciphers, kind) => {
  let made: Made;

  beforeAll(async () => {
    made = await make(kind);
  });

  it('opens again to the same key, certificate and issuer, byte for byte', async () => {
    for (const given of [password, accented]) {
      const file = await buildPkcs12({ ...made.content, password: given }, ciphers);
      const opened = openPkcs12(file, given);
      expect(Buffer.from(opened.pkcs8).equals(made.content.pkcs8)).toBe(true);
      expect(opened.certificate.der).toEqual(made.leaf.der);
      expect(opened.chain.map(({ der }) => der)).toEqual([made.issuer.der]);
      // Attributes of the key stand outside its encryption.
      expect(Buffer.from(file).includes(Buffer.from(friendlyName, 'utf16le').swap16())).toBe(true);
      expect(() => openPkcs12(file, 'sai')).toThrow('wrong');
    }
  });

  itWith('openssl')(
    'opens with openssl, which names its ciphers and ties the key to its certificate',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'p12-'));
      try {
        await writeFile(join(folder, 'a.p12'), await buildPkcs12(made.content, ciphers));
        const legacy = ciphers === 'old' ? ['-legacy'] : [];
        const fixed = ['pkcs12', '-in', 'a.p12', '-nodes', '-info', ...legacy, '-passin'];
        const output = await openssl(folder, ...fixed, `pass:${password}`);
        const named =
          ciphers === 'new'
            ? ['MAC: sha256', 'PBES2, PBKDF2, AES-256-CBC', 'PRF hmacWithSHA256']
            : ['MAC: sha1', 'pbeWithSHA1And40BitRC2-CBC', 'pbeWithSHA1And3-KeyTripleDES-CBC'];
        for (const name of named) expect(output).toContain(name);
        expect(output).toContain('BEGIN PRIVATE KEY');
        expect(output.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
        const ties = output.match(/localKeyID: [0-9A-F ]{59}/g);
        expect(ties).toHaveLength(2);
        expect(ties?.[0]).toBe(ties?.[1]);
        await expect(openssl(folder, ...fixed, 'pass:sai')).rejects.toThrow('invalid password');
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
