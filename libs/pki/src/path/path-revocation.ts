import type { Certificate } from '../certificate/certificate';
import { statusByCrls } from '../revocation/crl-status';
import { statusByOcsps } from '../revocation/ocsp-status';
import type { RevocationQuestion, RevocationSources, SignerTrust } from '../revocation/question';
import { isSameCertificate, worse } from '../revocation/status';
import type { RevocationReading, RevocationStatus } from '../revocation/status';
import type { PathFailure, PathResult, RevocationFinding } from './result';
import type { PathInput } from './validate-path';

export interface PathRevocation {
  readonly findings: readonly RevocationFinding[];
  readonly failures: readonly PathFailure[];
}

/** Finds and judges the path of another certificate: `validatePath`, handed in so that the two need not import each other. */
export type PathValidation = (input: PathInput) => Promise<PathResult>;

/** Signers of lists whose paths are proved for one path, in all. */
const maxSignerProofs = 32;

/** Revocation status of every certificate of a path below its anchor, the anchor's neighbour asked first. */
export async function pathRevocation(
  path: readonly Certificate[],
  input: PathInput,
  validate: PathValidation,
): Promise<PathRevocation> {
  const findings: RevocationFinding[] = [];
  const failures: PathFailure[] = [];
  const { crls, ocsps, intermediates } = input;
  const sources = { crls, ocsps, intermediates, trust: signerTrust(path, input, validate) };
  for (let index = path.length - 2; index >= 0; index--) {
    const [certificate, issuer, ...higher] = path.slice(index);
    if (!certificate || !issuer) continue;
    const question = { certificate, above: [issuer, ...higher], at: input.at } as const;
    const { status, unused } = await readingOf(question, sources);
    const finding = { certificate, ...honouringNoCheck(status, question, input), unused };
    findings.unshift(finding);
    failures.push(...revocationFailures(finding, input.revocation));
  }
  return { findings, failures };
}

async function readingOf(
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<RevocationReading> {
  const byOcsp = await statusByOcsps(question, sources);
  const byCrl = await statusByCrls(question, sources);
  return {
    status: worse(byOcsp.status, byCrl.status),
    unused: [...byOcsp.unused, ...byCrl.unused],
  };
}

/** A responder whose issuer says that it need not be checked counts as good while nothing speaks against it. */
function honouringNoCheck(
  status: RevocationStatus,
  { certificate }: RevocationQuestion,
  input: PathInput,
): RevocationStatus {
  const isResponder = input.purpose === 'ocsp-signing' && certificate === input.certificate;
  return status.status === 'unknown' && isResponder && certificate.isOcspNoCheck
    ? { status: 'good', source: 'nocheck' }
    : status;
}

/** How signers of lists and answers are proved: by paths to the anchor of the path in question, and no other. */
function signerTrust(path: readonly Certificate[], input: PathInput, validate: PathValidation): SignerTrust {
  // Paths of signers are proved without revocation, which is asked for after.
  // What is asked of the policies of a signer of documents is not asked of those who tell of revocations.
  const bare = {
    ...input,
    anchors: path.slice(-1),
    policies: {},
    crls: [],
    ocsps: [],
    revocation: 'if-available',
  } as const;
  let proofs = 0;
  const trust: SignerTrust = {
    async pathOf(signer, at) {
      if (++proofs > maxSignerProofs) return undefined;
      const found = await validate({ ...bare, certificate: signer, at });
      // Signing lists is no purpose that extendedKeyUsage knows: keyUsage decides (RFC 5280 §6.3.3 f).
      const isSound = found.failures.every(({ code }) => code === 'CERTIFICATE_WRONG_USAGE');
      return isSound ? found.path : undefined;
    },
    async isResponderInOrder(responder, above, at) {
      const purpose = 'ocsp-signing';
      const found = await validate({ ...bare, certificate: responder, intermediates: above, at, purpose });
      // Those above it are judged at the time of the question.
      return !found.failures.some(({ certificate }) => isSameCertificate(certificate, responder));
    },
    statusOf: async (question) => (await readingOf(question, { ...input, trust })).status,
  };
  return trust;
}

function revocationFailures(finding: RevocationFinding, rule: PathInput['revocation']): PathFailure[] {
  const { certificate, status, at, unused } = finding;
  const since = at ? ` since ${at.toISOString()}` : '';
  switch (status) {
    case 'revoked':
      return [{ code: 'CERTIFICATE_REVOKED', certificate, message: `revoked${since}` }];
    case 'suspended':
      return [{ code: 'CERTIFICATE_SUSPENDED', certificate, message: `suspended${since}` }];
    case 'unknown':
      return rule === 'required'
        ? [{ code: 'REVOCATION_UNKNOWN', certificate, message: unknownMessage(unused) }]
        : [];
    case 'good':
      return [];
  }
}

function unknownMessage(unused: RevocationFinding['unused']): string {
  const codes = [...new Set(unused.map(({ code }) => code))];
  const why = codes.length > 0 ? ` (${codes.join(', ')})` : '';
  return `no list or answer speaks about it at that time${why}`;
}
