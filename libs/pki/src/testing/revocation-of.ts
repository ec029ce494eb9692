import type { Certificate } from '../certificate/certificate';
import type { RevocationFinding } from '../path/result';
import { validatePath } from '../path/validate-path';
import type { PathInput } from '../path/validate-path';
import type { TestAuthority } from './test-pki';
import { times } from './test-pki';

/** What path validation finds out about the revocation of a certificate. The first authority is the anchor unless told otherwise. */
export async function revocationOf(
  certificate: Certificate,
  [anchor, ...others]: readonly [TestAuthority, ...TestAuthority[]],
  evidence: Partial<Pick<PathInput, 'crls' | 'ocsps' | 'at' | 'anchors'>>,
): Promise<RevocationFinding> {
  const result = await validatePath({
    certificate,
    intermediates: others.map((authority) => authority.certificate),
    anchors: [anchor.certificate],
    at: times.now,
    purpose: 'document-signing',
    crls: [],
    ocsps: [],
    revocation: 'if-available',
    ...evidence,
  });
  const [own] = result.revocation;
  if (!own) throw new Error(`the path does not hold: ${result.failures.map(({ code }) => code).join(' ')}`);
  return own;
}

/** The codes of what was not used. */
export function unusedCodes({ unused }: RevocationFinding): string[] {
  return unused.map(({ code }) => code);
}
