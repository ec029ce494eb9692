import type { Certificate } from '../certificate/certificate';
import type { CrlInput } from '../issuing/issue-crl';
import type { PathInput } from '../path/validate-path';
import type { RevocationFinding } from '../path/result';
import type { CertificateList } from '../revocation/crl';
import { revocationOf } from './revocation-of';
import type { TestAuthority } from './test-pki';
import { testAuthority, testCrl, testHolder, testRoot } from './test-pki';

/** Since when an entry of `revoked` counts. */
export const since = new Date('2026-06-01T00:00:00Z');

export interface AskedOptions extends Partial<Pick<PathInput, 'ocsps' | 'at'>> {
  /** The end of the chain unless told otherwise. */
  readonly of?: Certificate;
  /** Known beside the chain. */
  readonly signers?: readonly TestAuthority[];
}

/** A chain of three, a list of its root, and what lists tell of its end. */
export interface ListedChain {
  readonly root: TestAuthority;
  readonly issuing: TestAuthority;
  readonly certificate: Certificate;
  readonly rootList: CertificateList;
  readonly statusOf: (crls: readonly CertificateList[], options?: AskedOptions) => Promise<RevocationFinding>;
}

export async function listedChain(): Promise<ListedChain> {
  const root = await testRoot();
  const issuing = await testAuthority(root);
  const { certificate } = await testHolder(issuing);
  return {
    root,
    issuing,
    certificate,
    rootList: await testCrl(root),
    statusOf: (crls, { of = certificate, signers = [], ...more } = {}) =>
      revocationOf(of, [root, issuing, ...signers], { crls, ...more }),
  };
}

/** The entry of a certificate in a list. */
export function revoked({ serialNumber }: Certificate): CrlInput['entries'][number] {
  return { serialNumber, revocationDate: since };
}
