import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derWriter, oids, toPem } from '#pki';
import { testAuthority, testCrl, testHolder, testRoot, times } from '../../../../libs/pki/src/testing';
import type { TestAuthority, TestHolder } from '../../../../libs/pki/src/testing';

const { derIa5String, derImplicit, derOid, derSequence } = derWriter;

/** A root, an authority and a holder of the test PKI, with files that a command may be given. */
export interface CertificateFolder {
  readonly path: string;
  readonly root: TestAuthority;
  readonly issuing: TestAuthority;
  readonly holder: TestHolder;
  readonly files: Readonly<Record<'root' | 'issuing' | 'leaf' | 'chain' | 'crls' | 'text' | 'cut', string>>;
  /** Writes one more file; answers its path. */
  put(name: string, content: Uint8Array | string): string;
  /** Current lists of root and authority, the latter revoking these serial numbers from the start. */
  lists(revoked?: readonly string[]): Promise<readonly [Uint8Array, Uint8Array]>;
  remove(): void;
}

export async function makeCertificateFolder(): Promise<CertificateFolder> {
  const path = mkdtempSync(join(tmpdir(), 'sealpost-cert-'));
  const root = await testRoot();
  const issuing = await testAuthority(root);
  const holder = await testHolder(issuing, {
    crlUrls: ['http://crl.example/ca.crl'],
    ocspUrls: ['http://ocsp.example'],
    caIssuerUrls: ['http://aia.example/ca.cer'],
    extensions: [
      {
        oid: oids.subjectAltName,
        value: derSequence(derImplicit(1, derIa5String('vanthu@example.vn'))),
      },
      { oid: oids.certificatePolicies, value: derSequence(derSequence(derOid('1.2.3.4'))) },
    ],
  });
  const put: CertificateFolder['put'] = (name, content) => {
    writeFileSync(join(path, name), content);
    return join(path, name);
  };
  const lists: CertificateFolder['lists'] = async (revoked = []) => {
    const entries = revoked.map((serialNumber) => ({
      serialNumber,
      revocationDate: times.start,
      reason: 'keyCompromise' as const,
    }));
    return [(await testCrl(root)).der, (await testCrl(issuing, { entries })).der];
  };
  const { der } = holder.certificate;
  const files = {
    root: put('root.pem', pems(root.certificate.der)),
    issuing: put('issuing.crt', issuing.certificate.der),
    leaf: put('leaf.cer', der),
    chain: put('chain.pem', pems(der, issuing.certificate.der)),
    crls: put('lists.pem', (await lists()).map((list) => toPem(list, 'X509 CRL')).join('')),
    text: put('notes.txt', 'no certificate'),
    cut: put('cut.cer', der.subarray(0, der.length - 1)),
  };
  const remove = (): void => {
    rmSync(path, { recursive: true });
  };
  return { path, root, issuing, holder, files, put, lists, remove };
}

/** Certificates in one PEM text. */
export function pems(...ders: readonly Uint8Array[]): string {
  return ders.map((der) => toPem(der, 'CERTIFICATE')).join('');
}
