import type { Certificate, Signer } from '#pki';
import { generateKeyPair, issueCertificate, oids, toPem, webCryptoSigner } from '#pki';

import type { AgencyTrust } from '../statements/agency-trust';

const organizationIdentifier = '2.5.4.97';
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

interface TestValidity {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

interface TestKey {
  readonly certificate: Certificate;
  /** PrivateKeyInfo, DER. */
  readonly pkcs8: Uint8Array;
}

/** A root with its own issuing authority, made for one test file. */
export interface TestAuthority {
  readonly root: Certificate;
  readonly trust: AgencyTrust;
  /** An agency's evidence key. */
  evidenceKey(code: string, given?: TestValidity): Promise<TestKey>;
  evidenceSigner(code: string, given?: TestValidity): Promise<Signer>;
  /** PEM of a transport certificate and its key. */
  transport(commonName: string): Promise<{ readonly certificate: string; readonly privateKey: string }>;
  readonly rootPem: string;
}

const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };

export async function testAuthority(name = 'Test Root'): Promise<TestAuthority> {
  const rootKeys = await generateKeyPair('P-256');
  const rootKey = await importKey(rootKeys.pkcs8);
  const root = await issueCertificate({
    subject: [[oids.commonName, name]],
    spki: rootKeys.spki,
    issuer: 'self',
    issuerKey: { algorithm, sign: rootKey },
    ...validity,
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  const issueTo = async (
    subject: Parameters<typeof issueCertificate>[0]['subject'],
    given: Partial<Parameters<typeof issueCertificate>[0]>,
  ): Promise<TestKey> => {
    const { spki, pkcs8 } = await generateKeyPair('P-256');
    const certificate = await issueCertificate({
      subject,
      spki,
      issuer: root,
      issuerKey: { algorithm, sign: rootKey },
      ...validity,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      ...given,
    });
    return { certificate, pkcs8 };
  };
  const evidenceKey = (code: string, given: TestValidity = {}): Promise<TestKey> =>
    issueTo(
      [
        [oids.commonName, `Evidence of ${code}`],
        [organizationIdentifier, code],
      ],
      {
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: [oids.emailProtection, oids.evidenceOfDelivery] },
        ...given,
      },
    );
  return {
    root,
    rootPem: toPem(root.der, 'CERTIFICATE'),
    trust: { anchors: [root], intermediates: [], crls: [], ocsps: [] },
    evidenceKey,
    async evidenceSigner(code, given) {
      return webCryptoSigner({ ...(await evidenceKey(code, given)), chain: [] });
    },
    async transport(commonName) {
      const { certificate, pkcs8 } = await issueTo([[oids.commonName, commonName]], {
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: [oids.serverAuth, oids.clientAuth] },
      });
      return { certificate: toPem(certificate.der, 'CERTIFICATE'), privateKey: toPem(pkcs8, 'PRIVATE KEY') };
    },
  };
}

/** ECDSA in the DER form that certificates hold. */
async function importKey(pkcs8: Uint8Array): Promise<(data: Uint8Array) => Promise<Uint8Array>> {
  const { createPrivateKey, sign } = await import('node:crypto');
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return (data) => Promise.resolve(new Uint8Array(sign('sha256', data, key)));
}
