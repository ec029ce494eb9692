import { generateKeyPair } from '../issuing/generate-keys';
import type { KeyKind, KeyPairBytes } from '../issuing/generate-keys';
import { issueCertificate } from '../issuing/issue-certificate';
import type { CertificateInput, IssuingKey } from '../issuing/issue-certificate';
import { issueCrl } from '../issuing/issue-crl';
import type { CrlInput } from '../issuing/issue-crl';
import type { Certificate } from '../certificate/certificate';
import { asBufferSource } from '../bytes';
import { parsePublicKey, preferredAlgorithm } from '../crypto/public-key';
import { ecdsaFixedToValue } from '../crypto/ecdsa-value';
import { importParameters, useParameters } from '../crypto/web-crypto-engine';
import { webCryptoSigner } from '../crypto/signer';
import type { Signer } from '../crypto/signer';
import { oids } from '../oids';
import { parseCrl } from '../revocation/crl';
import type { CertificateList } from '../revocation/crl';

/** Times of the test PKI: everything is valid from `start` to `end`; `now` stands between. */
export const times = {
  start: new Date('2026-01-01T00:00:00Z'),
  now: new Date('2026-06-15T03:00:00Z'),
  end: new Date('2029-12-31T23:59:59Z'),
} as const;

export interface TestAuthority {
  readonly certificate: Certificate;
  readonly key: IssuingKey;
  readonly keys: KeyPairBytes;
}

export interface TestHolder {
  readonly certificate: Certificate;
  readonly keys: KeyPairBytes;
  readonly signer: Signer;
}

/** Signs with a bare key that has no certificate yet. */
async function bareKey(keys: KeyPairBytes): Promise<IssuingKey> {
  const info = parsePublicKey(keys.spki);
  const algorithm = preferredAlgorithm(info);
  const key = await globalThis.crypto.subtle.importKey(
    'pkcs8',
    asBufferSource(keys.pkcs8),
    importParameters(algorithm, info.curve),
    false,
    ['sign'],
  );
  return {
    algorithm,
    async sign(data) {
      const raw = await globalThis.crypto.subtle.sign(useParameters(algorithm), key, asBufferSource(data));
      return algorithm.name === 'ECDSA' ? ecdsaFixedToValue(new Uint8Array(raw)) : new Uint8Array(raw);
    },
  };
}

export async function testRoot(
  name = 'Test Root',
  kind: KeyKind = 'P-256',
  overrides: Partial<CertificateInput> = {},
): Promise<TestAuthority> {
  const keys = await generateKeyPair(kind);
  const key = await bareKey(keys);
  const certificate = await issueCertificate({
    subject: [
      [oids.countryName, 'VN'],
      [oids.commonName, name],
    ],
    spki: keys.spki,
    issuer: 'self',
    issuerKey: key,
    notBefore: times.start,
    notAfter: times.end,
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
    ...overrides,
  });
  return { certificate, key, keys };
}

export async function testAuthority(
  issuer: TestAuthority,
  name = 'Test Issuing CA',
  overrides: Partial<CertificateInput> & { readonly kind?: KeyKind } = {},
): Promise<TestAuthority> {
  const { kind = 'P-256', ...rest } = overrides;
  const keys = await generateKeyPair(kind);
  const certificate = await issueCertificate({
    subject: [
      [oids.countryName, 'VN'],
      [oids.commonName, name],
    ],
    spki: keys.spki,
    issuer: issuer.certificate,
    issuerKey: issuer.key,
    notBefore: times.start,
    notAfter: times.end,
    ca: { pathLength: 0 },
    keyUsage: ['keyCertSign', 'cRLSign'],
    ...rest,
  });
  return { certificate, key: await bareKey(keys), keys };
}

/** Signs lists of a name, and nothing else. */
export function testListSigner(
  issuer: TestAuthority,
  name: string,
  overrides: Parameters<typeof testAuthority>[2] = {},
): Promise<TestAuthority> {
  return testAuthority(issuer, name, { keyUsage: ['cRLSign'], ...overrides });
}

export async function testHolder(
  issuer: TestAuthority,
  overrides: Partial<CertificateInput> & {
    readonly kind?: KeyKind;
    readonly chain?: readonly Certificate[];
  } = {},
): Promise<TestHolder> {
  const { kind = 'P-256', chain = [issuer.certificate], ...rest } = overrides;
  const keys = await generateKeyPair(kind);
  const certificate = await issueCertificate({
    subject: [
      [oids.countryName, 'VN'],
      [oids.organizationName, 'Ủy ban nhân dân xã Thử Nghiệm'],
      [oids.organizationIdentifier, '000.00.01.T01'],
      [oids.commonName, 'Nguyễn Văn Thử'],
    ],
    spki: keys.spki,
    issuer: issuer.certificate,
    issuerKey: issuer.key,
    notBefore: times.start,
    notAfter: times.end,
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    extendedKeyUsage: { purposes: [oids.documentSigning, oids.emailProtection] },
    ...rest,
  });
  return { certificate, keys, signer: await webCryptoSigner({ pkcs8: keys.pkcs8, certificate, chain }) };
}

export function testTsa(issuer: TestAuthority, kind: KeyKind = 'P-256'): Promise<TestHolder> {
  return testHolder(issuer, {
    kind,
    subject: [
      [oids.countryName, 'VN'],
      [oids.commonName, 'Test TSA'],
    ],
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: [oids.timeStamping], critical: true },
  });
}

/** A list current at `times.now`. */
export async function testCrl(
  issuer: TestAuthority,
  input: Partial<CrlInput> = {},
): Promise<CertificateList> {
  return parseCrl(
    await issueCrl({
      issuer: issuer.certificate,
      issuerKey: issuer.key,
      thisUpdate: new Date('2026-06-14T00:00:00Z'),
      nextUpdate: new Date('2026-06-21T00:00:00Z'),
      number: 1,
      entries: [],
      ...input,
    }),
  );
}

/** Answers for an authority by OCSP, itself exempt from being asked about. */
export function testResponder(
  authority: TestAuthority,
  overrides: Parameters<typeof testHolder>[1] = {},
): Promise<TestHolder> {
  return testHolder(authority, {
    subject: [[oids.commonName, 'Test OCSP']],
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: [oids.ocspSigning] },
    isOcspNoCheck: true,
    ...overrides,
  });
}
