import { createPrivateKey, sign as signData } from 'node:crypto';
import type { Certificate, CertificateInput, CrlInput } from '#pki';
import { generateKeyPair, issueCertificate, issueCrl, oids } from '#pki';

type Sign = (data: Uint8Array) => Promise<Uint8Array>;
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;
const day = 86_400_000;
const now = Date.now();

/** An authority with its key, as specs of trust need it: issues holders and lists. */
export interface Authority {
  readonly certificate: Certificate;
  readonly sign: Sign;
}

function signing(pkcs8: Uint8Array): Sign {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return (data) => Promise.resolve(new Uint8Array(signData('sha256', data, key)));
}

export async function authority(name: string): Promise<Authority> {
  const { spki, pkcs8 } = await generateKeyPair('P-256');
  const sign = signing(pkcs8);
  const certificate = await issueCertificate({
    subject: [[oids.commonName, name]],
    spki,
    issuer: 'self',
    issuerKey: { algorithm, sign },
    notBefore: new Date(now - day),
    notAfter: new Date(now + 100 * day),
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  return { certificate, sign };
}

/** A person's certificate, with addresses if given. */
export async function holder(
  { certificate: issuer, sign }: Authority,
  addresses: Pick<CertificateInput, 'crlUrls' | 'ocspUrls'> = {},
): Promise<Certificate> {
  const { spki } = await generateKeyPair('P-256');
  return issueCertificate({
    subject: [[oids.commonName, 'Holder']],
    spki,
    issuer,
    issuerKey: { algorithm, sign },
    notBefore: new Date(now - day),
    notAfter: new Date(now + day),
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    ...addresses,
  });
}

/** A list from a second ago for a day, or for another time. */
export function crl(
  { certificate: issuer, sign }: Authority,
  revoked: readonly Certificate[] = [],
  times: Partial<Pick<CrlInput, 'thisUpdate' | 'nextUpdate'>> = {},
): Promise<Uint8Array> {
  return issueCrl({
    issuer,
    issuerKey: { algorithm, sign },
    thisUpdate: new Date(now - 1000),
    nextUpdate: new Date(now + day),
    ...times,
    number: 1,
    entries: revoked.map(({ serialNumber }) => ({
      serialNumber,
      revocationDate: new Date(now - 2000),
      reason: 'keyCompromise' as const,
    })),
  });
}
