import { pathFailureMessages, PkiError, validatePath } from '#pki';
import type { Certificate, PathFailureCode, PathInput, PathResult, RevocationFinding } from '#pki';
import { fileError } from '../pki-files';
import type { FileError } from '../pki-files';
import { certificateFacts } from './certificate-facts';
import type { CertificateFacts } from './certificate-facts';

export interface PathStep extends CertificateFacts {
  readonly role: 'certificate' | 'intermediate' | 'anchor';
  /** Null for an anchor, and where it was not asked because the path does not hold. */
  readonly revocation: {
    readonly status: RevocationFinding['status'];
    readonly source: RevocationFinding['source'];
    readonly reason: string | null;
    /** When it was revoked or suspended, ISO 8601. */
    readonly since: string | null;
    /** When the list or answer was made, ISO 8601. */
    readonly statusTime: string | null;
  } | null;
}

interface Failure {
  readonly code: PathFailureCode;
  readonly subject: string;
  readonly serialNumber: string;
  readonly vi: string;
  readonly en: string;
  /** For whoever looks into it; may change. */
  readonly detail: string;
}

/** What `cert verify --json` writes, one line. */
export interface Verdict {
  readonly file: string;
  readonly status: PathResult['status'];
  /** Set when the certificate or what was given about it cannot be read; there is no path then. */
  readonly error: FileError | null;
  readonly purpose: PathInput['purpose'];
  /** The time it was asked about, ISO 8601. */
  readonly at: string;
  /** False when no list and no answer was given: `valid` then says nothing of revocation. */
  readonly revocationChecked: boolean;
  /** From the certificate upwards, as far as it was found. */
  readonly path: readonly PathStep[];
  readonly failures: readonly Failure[];
}

/** Judges a certificate, and puts the outcome in the words of the report. */
export async function verdictOf(file: string, input: PathInput): Promise<Verdict> {
  try {
    const result = await validatePath(input);
    return {
      ...head(file, input),
      status: result.status,
      path: await Promise.all(result.path.map((certificate, index) => stepOf(result, certificate, index))),
      failures: result.failures.map(({ code, certificate, message }) => ({
        code,
        subject: certificate.subject.toString(),
        serialNumber: certificate.serialNumber,
        ...pathFailureMessages[code],
        detail: message,
      })),
    };
  } catch (error) {
    // A list is read to its end only when it is asked.
    if (!(error instanceof PkiError)) throw error;
    return { ...head(file, input), ...unreadable(fileError(error)), status: 'indeterminate' };
  }
}

/** The verdict on a file that holds no certificate. */
export function damaged(file: string, question: Question, error: FileError): Verdict {
  return { ...head(file, question), ...unreadable(error), status: 'invalid' };
}

/** All of a question but the certificate. */
export type Question = Omit<PathInput, 'certificate'>;

function head(
  file: string,
  { purpose, at, revocation }: Question,
): Omit<Verdict, 'status' | 'path' | 'failures'> {
  const revocationChecked = revocation === 'required';
  return { file, error: null, purpose, at: at.toISOString(), revocationChecked };
}

function unreadable(error: FileError): Pick<Verdict, 'error' | 'path' | 'failures'> {
  return { error, path: [], failures: [] };
}

async function stepOf(result: PathResult, certificate: Certificate, index: number): Promise<PathStep> {
  const reachesAnchor = !result.failures.some(({ code }) => code === 'NO_PATH_TO_ANCHOR');
  const isAnchor = reachesAnchor && index === result.path.length - 1;
  const finding = result.revocation.find((found) => found.certificate === certificate);
  return {
    role: isAnchor ? 'anchor' : index === 0 ? 'certificate' : 'intermediate',
    ...(await certificateFacts(certificate)),
    revocation: finding
      ? {
          status: finding.status,
          source: finding.source,
          reason: finding.reason ?? null,
          since: finding.at?.toISOString() ?? null,
          statusTime: finding.statusTime?.toISOString() ?? null,
        }
      : null,
  };
}
