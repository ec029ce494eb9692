import { createPrivateKey, sign } from 'node:crypto';
import type { Signer } from '#pki';
import { generateKeyPair, issueCertificate, oids, webCryptoSigner } from '#pki';
import { signPdf } from '#signing';

/** Somebody elsewhere, whom nobody here knows. */
async function stranger(): Promise<Signer> {
  const { spki, pkcs8 } = await generateKeyPair('P-256');
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const certificate = await issueCertificate({
    subject: [[oids.commonName, 'Somebody else']],
    spki,
    issuer: 'self',
    issuerKey: {
      algorithm: { name: 'ECDSA', hash: 'SHA-256' },
      sign: (data) => Promise.resolve(new Uint8Array(sign('sha256', data, key))),
    },
    notBefore: new Date('2025-01-01'),
    notAfter: new Date('2035-01-01'),
    keyUsage: ['digitalSignature', 'nonRepudiation'],
  });
  return webCryptoSigner({ pkcs8, certificate, chain: [] });
}

/** A file that somebody else has approved, or certified where `docMdp` is given. */
export async function signedElsewhere(pdf: Uint8Array, docMdp?: 1 | 2 | 3): Promise<Uint8Array> {
  return signPdf(pdf, {
    fieldName: 'Elsewhere',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: await stranger(),
    ...(docMdp && { docMdp }),
  });
}
