import type { IncomingDocument } from '../../api/types';

type Verification = NonNullable<IncomingDocument['verification']>;
export type VerifiedFile = Verification['files'][number];
export type SignatureReport = VerifiedFile['report']['signatures'][number];
/** Who sent the document, and as what. */
export type SentBy = IncomingDocument['sender'] & Pick<IncomingDocument, 'typeCode'>;
type Message = SignatureReport['messages'][number];

type LineName = 'integrity' | 'signer' | 'authority' | 'time' | 'revocation';

/** `good`: passed; `open`: not known, and why; `bad`: failed. Nothing that was not examined is `good`. */
type Mark = 'good' | 'open' | 'bad';

/** What a line says beside the server's own messages. */
type Finding =
  | 'integrity.intact'
  | 'integrity.laterAllowed'
  | 'integrity.laterForbidden'
  | 'integrity.broken'
  | 'signer.trusted'
  | 'signer.unknown'
  | 'authority.sender'
  | 'authority.named'
  | 'authority.copied'
  | 'authority.other'
  | 'authority.none'
  | 'time.proved'
  | 'time.claimed'
  | 'time.none'
  | 'revocation.good'
  | 'notJudged';

export interface VerdictLine {
  readonly name: LineName;
  readonly mark: Mark;
  /** Null where the messages say all. */
  readonly finding: Finding | null;
  /** Why and what to do, in the server's words. */
  readonly messages: readonly Message[];
}

const revocationCodes = /^(CERTIFICATE_(EXPIRED|NOT_YET_VALID|REVOKED|SUSPENDED)|REVOCATION_)/;
const timeCodes = /^(TIMESTAMP_|TST_|CMS_SIGNING_TIME)/;
const authorityCodes = /^CERTIFICATE_WRONG_USAGE$/;
const signerCodes = /^(CERTIFICATE_|NO_PATH_|NO_TRUST_|PATH_|CMS_SIGNER_CERTIFICATE_MISSING$)/;

/** The line that a message of the server belongs to; what is about none of the others is about integrity. */
function lineOf(code: string): LineName {
  if (revocationCodes.test(code)) return 'revocation';
  if (timeCodes.test(code)) return 'time';
  if (authorityCodes.test(code)) return 'authority';
  return signerCodes.test(code) ? 'signer' : 'integrity';
}

/** A signature in five lines, each told apart from the others. */
export function linesOf(report: SignatureReport, sender: SentBy): readonly VerdictLine[] {
  const said = (name: LineName): readonly Message[] =>
    report.messages.filter(({ code }) => code !== 'VALID' && lineOf(code) === name);
  // What the verdict fails for is not passed by any line that speaks of it.
  const worst: Mark = report.indication === 'TOTAL-FAILED' ? 'bad' : 'open';
  const isBroken = report.integrity === 'BROKEN' || !report.laterChangesAcceptable;
  const isUnproved = said('signer').length > 0 || report.signer === null;
  const line = (name: LineName, mark: Mark, finding: Finding | null): VerdictLine => {
    const messages = said(name);
    return { name, mark: mark === 'good' && messages.length > 0 ? worst : mark, finding, messages };
  };
  const judged = (name: LineName, mark: Mark, finding: Finding): VerdictLine => {
    if (said(name).length > 0) return line(name, mark === 'good' ? worst : mark, null);
    return isBroken ? line(name, 'open', 'notJudged') : line(name, mark, finding);
  };
  return [
    integrityLine(report, line),
    report.signer === null
      ? line('signer', worst, 'signer.unknown')
      : judged('signer', 'good', 'signer.trusted'),
    authorityLine(report, sender, judged),
    timeLine(report, judged),
    isUnproved && said('revocation').length === 0
      ? line('revocation', 'open', 'notJudged')
      : judged('revocation', 'good', 'revocation.good'),
  ];
}

type MakeLine<F> = (name: LineName, mark: Mark, finding: F) => VerdictLine;

function integrityLine(report: SignatureReport, line: MakeLine<Finding | null>): VerdictLine {
  if (report.integrity === 'BROKEN') return line('integrity', 'bad', 'integrity.broken');
  if (!report.laterChangesAcceptable) return line('integrity', 'bad', 'integrity.laterForbidden');
  return line(
    'integrity',
    'good',
    report.laterChanges === 'NONE' ? 'integrity.intact' : 'integrity.laterAllowed',
  );
}

/** The code of a type of copy, and of an extract among them. */
export const isCopy = (typeCode: string | null): boolean => ['SY', 'SL', 'TRS'].includes(typeCode ?? '');
export const isExtract = (typeCode: string | null): boolean => typeCode === 'TRS';

/** Whose the certificate is; which act the signer may do for that agency is for a person to judge. */
function authorityLine(
  { signer }: SignatureReport,
  { code, name, typeCode }: SentBy,
  judged: MakeLine<Finding>,
): VerdictLine {
  if (signer === null) return judged('authority', 'open', 'notJudged');
  // A person's own certificate names the agency in words alone.
  if (signer.organizationIdentifier === null)
    return signer.organization === name
      ? judged('authority', 'good', 'authority.named')
      : judged('authority', 'open', 'authority.none');
  if (signer.organizationIdentifier === code) return judged('authority', 'good', 'authority.sender');
  return judged('authority', 'open', isCopy(typeCode) ? 'authority.copied' : 'authority.other');
}

function timeLine({ timestampTime, signingTime }: SignatureReport, judged: MakeLine<Finding>): VerdictLine {
  if (timestampTime !== null) return judged('time', 'good', 'time.proved');
  return judged('time', 'open', signingTime === null ? 'time.none' : 'time.claimed');
}
