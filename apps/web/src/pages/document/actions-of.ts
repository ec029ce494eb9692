import type { BodyChoices, DocumentDetail, PolicyName, SessionAnswer } from '../../api/types';

/** What a person can do with an outgoing document from its page. */
export type DocumentAct =
  | 'edit'
  | 'submit'
  | 'initial'
  | 'approve'
  | 'sign'
  | 'number'
  | 'agencySign'
  | 'issue'
  | 'return'
  | 'changeSigner'
  | 'cancel'
  | 'place'
  | 'copy'
  | 'recall'
  | 'replace'
  | 'correct';

interface Rule {
  readonly act: DocumentAct;
  readonly policy: PolicyName;
  readonly states: readonly DocumentDetail['state'][];
  readonly also?: (asked: Asked) => boolean;
}

interface Asked {
  readonly document: DocumentDetail;
  readonly session: SessionAnswer;
  readonly body: BodyChoices | undefined;
}

/** The step whose turn it is in the present draft; undefined when all have initialled. */
export function openStep(
  document: DocumentDetail,
): DocumentDetail['drafts'][number]['steps'][number] | undefined {
  return document.drafts
    .find(({ n }) => n === document.draftNo)
    ?.steps.find(({ state }) => state === 'pending');
}

const isDrafter = ({ document, session }: Asked): boolean => document.drafterId === session.person.id;
const isMyTurn = ({ document, session }: Asked): boolean =>
  openStep(document)?.personId === session.person.id;
const isOwn = ({ document, session }: Asked): boolean => document.agencyId === session.agency.id;
const isSigner = ({ document, session }: Asked): boolean =>
  session.offices.some(({ current, postId }) => current && postId === document.signer?.postId);
const mayApprove = (policies: readonly PolicyName[]): boolean => policies.includes('document.approve');

/**
 * The main thing to do first. The server decides: this only leaves out what it would refuse, so that nobody is
 * offered what is not theirs.
 */
const rules: readonly Rule[] = [
  { act: 'submit', policy: 'document.edit', states: ['DRAFT', 'RETURNED'], also: isDrafter },
  { act: 'edit', policy: 'document.edit', states: ['DRAFT', 'RETURNED'], also: isDrafter },
  { act: 'initial', policy: 'document.review', states: ['IN_REVIEW'], also: isMyTurn },
  {
    act: 'approve',
    policy: 'document.approve',
    states: ['IN_REVIEW'],
    also: (asked) => openStep(asked.document) === undefined && !isDrafter(asked),
  },
  { act: 'sign', policy: 'document.sign', states: ['APPROVED'], also: isSigner },
  { act: 'number', policy: 'document.number', states: ['PERSON_SIGNED', 'COPIED'], also: isOwn },
  {
    act: 'agencySign',
    policy: 'document.agency-sign',
    states: ['NUMBERED'],
    also: (asked) => isOwn(asked) && asked.body?.hasSeal !== false,
  },
  {
    act: 'issue',
    policy: 'document.issue',
    states: ['NUMBERED', 'AGENCY_SIGNED'],
    also: (asked) =>
      isOwn(asked) && (asked.document.state === 'AGENCY_SIGNED' || asked.body?.hasSeal === false),
  },
  {
    act: 'return',
    policy: 'document.review',
    states: ['IN_REVIEW'],
    also: (asked) => isMyTurn(asked) || mayApprove(asked.session.policies),
  },
  {
    act: 'return',
    policy: 'document.review',
    states: ['APPROVED', 'PERSON_SIGNED'],
    also: ({ session: { policies } }) => mayApprove(policies) || policies.includes('document.number'),
  },
  {
    act: 'changeSigner',
    policy: 'document.change-signer',
    states: ['IN_REVIEW', 'APPROVED'],
    also: isOwn,
  },
  {
    act: 'cancel',
    policy: 'document.cancel',
    states: [
      'DRAFT',
      'IN_REVIEW',
      'RETURNED',
      'APPROVED',
      'PERSON_SIGNED',
      'COPIED',
      'NUMBERED',
      'AGENCY_SIGNED',
    ],
    also: isOwn,
  },
];

/** Number, date and signatures are placed by the drafter, then by the clerk (Decree 30/2020 annex I). */
const placing: Rule = {
  act: 'place',
  policy: 'document.place',
  states: ['DRAFT', 'RETURNED', 'IN_REVIEW', 'APPROVED'],
  also: (asked) =>
    isOwn(asked) &&
    asked.document.files.some(({ role }) => role === 'main') &&
    (isDrafter(asked) || asked.session.policies.includes('document.number')),
};

const afterIssue: readonly Rule[] = [
  { act: 'copy', policy: 'document.copy', states: ['ISSUED', 'CORRECTED'], also: isOwn },
  { act: 'recall', policy: 'document.withdraw', states: ['ISSUED', 'CORRECTED'], also: isOwn },
  { act: 'replace', policy: 'document.withdraw', states: ['ISSUED', 'CORRECTED'], also: isOwn },
  { act: 'correct', policy: 'document.withdraw', states: ['ISSUED'], also: isOwn },
];

/** What this person may do now, the next step of the procedure first. */
export function actionsOf(asked: Asked): readonly DocumentAct[] {
  return [...rules, placing, ...afterIssue].flatMap(({ act, policy, states, also }) =>
    asked.session.policies.includes(policy) &&
    states.includes(asked.document.state) &&
    (also === undefined || also(asked))
      ? [act]
      : [],
  );
}
