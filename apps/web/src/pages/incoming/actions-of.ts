import type { IncomingDocument, PolicyName, SessionAnswer } from '../../api/types';

/** What a person can do with an incoming document from its page. */
export type IncomingAct =
  'accept' | 'refuse' | 'submit' | 'instruct' | 'return' | 'start' | 'complete' | 'relief' | 'copy';

interface Asked {
  readonly document: IncomingDocument;
  readonly session: SessionAnswer;
}

interface Rule {
  readonly act: IncomingAct;
  readonly policy: PolicyName;
  readonly also: (asked: Asked) => boolean;
}

type Standing = NonNullable<IncomingDocument['handling']>['state'];

const isElectronicArrival = ({ document }: Asked): boolean =>
  document.source === 'electronic' && document.state === '01';
const stands = ({ document }: Asked, ...states: readonly Standing[]): boolean =>
  document.handling !== null && states.includes(document.handling.state);
const leads = ({ document, session }: Asked): boolean =>
  document.handling?.leadPersonId === session.person.id;
/** On a secret only the leader decides whom it lies before. */
const decides = ({ document, session }: Asked): boolean =>
  document.secrecy === 'THUONG' || document.handling?.leaderId === session.person.id;

/**
 * The main thing to do first. The server decides: this only leaves out what it would refuse, so that nobody is
 * offered what is not theirs. Nothing is accepted before its verdict, nor with one that it is not valid.
 */
const rules: readonly Rule[] = [
  {
    act: 'accept',
    policy: 'incoming.accept',
    also: (asked) => {
      const { verification, files } = asked.document;
      const isSound = verification !== null && verification.verdict !== 'TOTAL-FAILED';
      return isElectronicArrival(asked) && isSound && files.every(({ fault }) => fault === null);
    },
  },
  { act: 'refuse', policy: 'incoming.refuse', also: isElectronicArrival },
  { act: 'start', policy: 'incoming.handle', also: (asked) => leads(asked) && stands(asked, 'ASSIGNED') },
  {
    act: 'complete',
    policy: 'incoming.handle',
    also: (asked) => leads(asked) && stands(asked, 'IN_PROGRESS'),
  },
  {
    act: 'instruct',
    policy: 'incoming.instruct',
    also: (asked) => decides(asked) && stands(asked, 'SUBMITTED', 'ASSIGNED', 'IN_PROGRESS'),
  },
  {
    act: 'return',
    policy: 'incoming.instruct',
    also: (asked) => decides(asked) && stands(asked, 'SUBMITTED'),
  },
  { act: 'submit', policy: 'incoming.submit', also: (asked) => stands(asked, 'REGISTERED', 'SUBMITTED') },
  {
    act: 'relief',
    policy: 'incoming.handle',
    also: (asked) => leads(asked) && stands(asked, 'ASSIGNED', 'IN_PROGRESS'),
  },
  {
    act: 'copy',
    policy: 'document.copy',
    also: ({ document: { source, arrivalNumber, secrecy } }) =>
      source === 'electronic' && arrivalNumber !== null && secrecy === 'THUONG',
  },
];

/** What this person may do now, the next step first; nothing with a document that was taken back or recalled. */
export const actionsOf = (asked: Asked): readonly IncomingAct[] =>
  (asked.document.afterIssue.frozenAt === null ? rules : []).flatMap(({ act, policy, also }) =>
    asked.session.policies.includes(policy) && also(asked) ? [act] : [],
  );
