import type { KeyKind } from '#pki';
import { generateKeyPair, issueCertificate, oids } from '#pki';
import { newId } from '#platform';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyToImport } from '../keys/key-vault';

/** A fresh key with a self-signed certificate, for one test. */
export async function aKey(
  given: Pick<KeyToImport, 'owner' | 'agencyId' | 'use' | 'protection'>,
  kind: KeyKind = 'P-256',
): Promise<KeyToImport> {
  const { pkcs8, spki } = await generateKeyPair(kind);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const rsa = createPublicKey(key).asymmetricKeyType === 'rsa';
  const now = Date.now();
  const certificate = await issueCertificate({
    subject: [[oids.commonName, newId()]],
    spki,
    issuer: 'self',
    issuerKey: {
      algorithm: rsa ? { name: 'RSA-PKCS1', hash: 'SHA-256' } : { name: 'ECDSA', hash: 'SHA-256' },
      sign: (data) => Promise.resolve(new Uint8Array(sign('sha256', data, key))),
    },
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + 86_400_000),
    keyUsage: ['digitalSignature'],
  });
  return { ...given, pkcs8, certificate, chain: [] };
}
