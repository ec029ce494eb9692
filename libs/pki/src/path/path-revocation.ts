import type { Certificate } from '../certificate/certificate';
import { statusByCrls } from '../revocation/crl-status';
import { statusByOcsps } from '../revocation/ocsp-status';
import { unknownStatus, worse } from '../revocation/status';
import type { PathFailure, RevocationFinding } from './result';
import type { PathInput } from './validate-path';

export interface PathRevocation {
  readonly findings: readonly RevocationFinding[];
  readonly failures: readonly PathFailure[];
}

/** Revocation status of every certificate of a path below its anchor, the anchor's neighbour asked first. */
export async function pathRevocation(
  path: readonly Certificate[],
  input: PathInput,
): Promise<PathRevocation> {
  const findings: RevocationFinding[] = [];
  const failures: PathFailure[] = [];
  for (let index = path.length - 2; index >= 0; index--) {
    const finding = await revocationOf(path, index, input);
    if (!finding) continue;
    findings.unshift(finding);
    failures.push(...revocationFailures(finding, input.revocation));
  }
  return { findings, failures };
}

async function revocationOf(
  path: readonly Certificate[],
  index: number,
  { at, crls, ocsps }: PathInput,
): Promise<RevocationFinding | undefined> {
  const certificate = path[index];
  const issuer = path[index + 1];
  if (!certificate || !issuer) return undefined;
  const question = { certificate, issuer, at };
  const byOcsp = ocsps.length > 0 ? await statusByOcsps(ocsps, crls, question) : unknownStatus;
  const byCrl = crls.length > 0 ? await statusByCrls(crls, question) : unknownStatus;
  return { certificate, ...worse(byOcsp, byCrl) };
}

function revocationFailures(finding: RevocationFinding, rule: PathInput['revocation']): PathFailure[] {
  const { certificate, status, at } = finding;
  const since = at ? ` since ${at.toISOString()}` : '';
  switch (status) {
    case 'revoked':
      return [{ code: 'CERTIFICATE_REVOKED', certificate, message: `revoked${since}` }];
    case 'suspended':
      return [{ code: 'CERTIFICATE_SUSPENDED', certificate, message: `suspended${since}` }];
    case 'unknown':
      return rule === 'required'
        ? [
            {
              code: 'REVOCATION_UNKNOWN',
              certificate,
              message: 'no list or answer speaks about it at that time',
            },
          ]
        : [];
    case 'good':
      return [];
  }
}
