import { assumed, readIn } from '../rules';
import { fromMemory } from '../rules/citation';
import type { StateMachine, Transition } from '../state-machine';
import type { DocumentEvent, DocumentState } from './document-states';
import { documentStates } from './document-states';

/** What the guards of the table look at, beside the state. */
export interface OutgoingSubject {
  readonly id: string;
  readonly state: DocumentState;
  /** Whether the issuing body has a seal, so that the agency signs over the personal signature. */
  readonly has_seal: boolean;
  /** Review steps of the present draft that nobody has initialled yet. */
  readonly open_steps: number;
}

const clerical = readIn('Decree 30/2020 art. 8–12', 'Party bodies apply it where fitting');
const numbering = readIn('Decree 30/2020 art. 11, 15; Guidance 36-HD/VPTW of 2018');
const agencySignature = readIn('Decree 30/2020 art. 13 and annex I; Decree 68/2024');
const ourOwn = assumed('a cancelled number is kept with its reason and never used again');

const copying = fromMemory('Decree 30/2020 art. 25–27', 'Party bodies by their own guidance');
const otherSigner = assumed('another competent person may be named before the signature, with a reason');

const unfinishedReview = (document: OutgoingSubject): 'REVIEW_NOT_FINISHED' | undefined =>
  document.open_steps > 0 ? 'REVIEW_NOT_FINISHED' : undefined;
const noSeal = (document: OutgoingSubject): 'BODY_HAS_NO_SEAL' | undefined =>
  document.has_seal ? undefined : 'BODY_HAS_NO_SEAL';
const sealMissing = (document: OutgoingSubject): 'AGENCY_SIGNATURE_REQUIRED' | undefined =>
  document.has_seal ? 'AGENCY_SIGNATURE_REQUIRED' : undefined;

type Row = Transition<DocumentState, DocumentEvent, OutgoingSubject>;

const writing: readonly Row[] = [
  {
    from: 'DRAFT',
    event: 'revise',
    to: 'DRAFT',
    role: ['drafter'],
    legalBasis: clerical,
    evidence: 'document.file_added',
  },
  {
    from: 'RETURNED',
    event: 'revise',
    to: 'DRAFT',
    role: ['drafter'],
    legalBasis: clerical,
    evidence: 'document.file_added',
  },
  {
    from: 'DRAFT',
    event: 'submit',
    to: 'IN_REVIEW',
    role: ['drafter'],
    legalBasis: clerical,
    evidence: 'document.submitted',
  },
  {
    from: 'RETURNED',
    event: 'submit',
    to: 'IN_REVIEW',
    role: ['drafter'],
    legalBasis: clerical,
    evidence: 'document.submitted',
  },
];

const placing: readonly Row[] = (['DRAFT', 'RETURNED', 'IN_REVIEW'] as const).map((state) => ({
  from: state,
  event: 'place',
  to: state,
  role: ['drafter', 'clerk'],
  legalBasis: agencySignature,
  evidence: 'document.placed',
}));

const reviewing: readonly Row[] = [
  {
    from: 'IN_REVIEW',
    event: 'initial',
    to: 'IN_REVIEW',
    role: ['drafter', 'clerk', 'leader'],
    legalBasis: clerical,
    evidence: 'document.initialled',
  },
  {
    from: 'IN_REVIEW',
    event: 'return',
    to: 'RETURNED',
    role: ['drafter', 'clerk', 'leader'],
    legalBasis: clerical,
    evidence: 'document.returned',
  },
  {
    from: 'IN_REVIEW',
    event: 'approve',
    to: 'APPROVED',
    guard: unfinishedReview,
    role: ['leader'],
    legalBasis: clerical,
    evidence: 'document.approved',
  },
  {
    from: 'IN_REVIEW',
    event: 'change_signer',
    to: 'IN_REVIEW',
    role: ['drafter', 'clerk'],
    legalBasis: otherSigner,
    evidence: 'document.signer_changed',
  },
  // Approved for the signature of somebody else: whoever approves decides again.
  {
    from: 'APPROVED',
    event: 'change_signer',
    to: 'IN_REVIEW',
    role: ['drafter', 'clerk'],
    legalBasis: otherSigner,
    evidence: 'document.signer_changed',
  },
  {
    from: 'APPROVED',
    event: 'return',
    to: 'RETURNED',
    role: ['clerk', 'leader'],
    legalBasis: clerical,
    evidence: 'document.returned',
  },
  // A fault of form found after the signature and before the number: return, sign again.
  {
    from: 'PERSON_SIGNED',
    event: 'return',
    to: 'RETURNED',
    role: ['clerk', 'leader'],
    legalBasis: clerical,
    evidence: 'document.returned',
  },
];

const signing: readonly Row[] = [
  {
    from: 'APPROVED',
    event: 'person_sign',
    to: 'PERSON_SIGNED',
    role: ['leader'],
    legalBasis: clerical,
    evidence: 'document.person_signed',
  },
  {
    from: 'PERSON_SIGNED',
    event: 'number',
    to: 'NUMBERED',
    role: ['clerk'],
    legalBasis: numbering,
    evidence: 'document.numbered',
  },
  // A copy carries the agency's signature alone.
  {
    from: 'COPIED',
    event: 'number',
    to: 'NUMBERED',
    role: ['clerk'],
    legalBasis: copying,
    evidence: 'document.numbered',
  },
  {
    from: 'NUMBERED',
    event: 'agency_sign',
    to: 'AGENCY_SIGNED',
    guard: noSeal,
    role: ['clerk'],
    legalBasis: agencySignature,
    evidence: 'document.agency_signed',
  },
  {
    from: 'AGENCY_SIGNED',
    event: 'issue',
    to: 'ISSUED',
    role: ['clerk'],
    legalBasis: clerical,
    evidence: 'document.issued',
  },
  // A body without its own seal issues with the personal signature alone.
  {
    from: 'NUMBERED',
    event: 'issue',
    to: 'ISSUED',
    guard: sealMissing,
    role: ['clerk'],
    legalBasis: agencySignature,
    evidence: 'document.issued',
  },
];

const beforeNumber: readonly DocumentState[] = [
  'DRAFT',
  'IN_REVIEW',
  'RETURNED',
  'APPROVED',
  'PERSON_SIGNED',
  'COPIED',
];
const afterNumber: readonly DocumentState[] = ['NUMBERED', 'AGENCY_SIGNED'];

const cancelling: readonly Row[] = [
  ...beforeNumber.map((from): Row => ({
    from,
    event: 'cancel',
    to: 'CANCELLED',
    role: ['clerk', 'leader'],
    legalBasis: clerical,
    evidence: 'document.cancelled',
  })),
  ...afterNumber.map((from): Row => ({
    from,
    event: 'cancel',
    to: 'CANCELLED',
    role: ['clerk', 'leader'],
    legalBasis: ourOwn,
    evidence: 'document.cancelled',
  })),
];

const afterIssue = fromMemory(
  'Decree 30/2020 art. 18',
  'wrong content is amended or replaced, wrong form corrected by công văn; a recalled document keeps its number',
);

const withdrawing: readonly Row[] = [
  {
    from: 'ISSUED',
    event: 'recall',
    to: 'RECALLED',
    role: ['clerk', 'leader'],
    legalBasis: afterIssue,
    evidence: 'document.recalled',
  },
  {
    from: 'ISSUED',
    event: 'replace',
    to: 'REPLACED',
    role: ['clerk', 'leader'],
    legalBasis: afterIssue,
    evidence: 'document.replaced',
  },
  {
    from: 'ISSUED',
    event: 'correct',
    to: 'CORRECTED',
    role: ['clerk', 'leader'],
    legalBasis: afterIssue,
    evidence: 'document.corrected',
  },
  {
    from: 'CORRECTED',
    event: 'recall',
    to: 'RECALLED',
    role: ['clerk', 'leader'],
    legalBasis: afterIssue,
    evidence: 'document.recalled',
  },
  {
    from: 'CORRECTED',
    event: 'replace',
    to: 'REPLACED',
    role: ['clerk', 'leader'],
    legalBasis: afterIssue,
    evidence: 'document.replaced',
  },
];

/** The life of an outgoing document up to its issue, and what may become of it afterwards. */
export const outgoingMachine: StateMachine<DocumentState, DocumentEvent, OutgoingSubject> = {
  name: 'outgoing-document',
  initial: 'DRAFT',
  otherEntries: ['COPIED'],
  states: documentStates,
  final: ['RECALLED', 'REPLACED', 'CANCELLED'],
  transitions: [...writing, ...placing, ...reviewing, ...signing, ...cancelling, ...withdrawing],
};
