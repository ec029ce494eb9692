import { outgoingMachine, takeBackMachine } from '#workflow';
import type { Act, Subject } from '../act';
import { answered, firstRefusal, posting, unless } from '../act';
import type { Person } from '../people';
import type { DocumentSubject } from './documents';
import { allowed, chooseDocuments, sees } from './documents';
import { onDocument } from './drafting';

const may = ['clerk', 'leader'] as const;
const reason = 'Ban hành nhầm';

const recall = onDocument('recall', 'recall', {
  may,
  weight: 0.2,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      allowed(by, document, 'recall'),
      unless(by.agencyId === document.agency_id, 'ROLE_NOT_ALLOWED'),
    ),
  perform: posting((id) => `/documents/${id}/recall`, { reason }),
});

/** A document, and the one in whose favour it is withdrawn. */
interface Pair extends DocumentSubject {
  readonly by: DocumentSubject;
}

const standsIn = (person: Person, { by, ...document }: Pair): string =>
  firstRefusal(
    sees(person, by),
    unless(
      (by.state === 'ISSUED' || by.state === 'CORRECTED') &&
        by.id !== document.id &&
        by.agency_id === document.agency_id,
      'REPLACEMENT_NOT_ISSUED',
    ),
  );

function inFavourOf(event: 'replace' | 'correct', given: (person: Person, pair: Pair) => string): Act<Pair> {
  return {
    name: event,
    may,
    weight: 0.4,
    moves: { table: 'document', event, machine: outgoingMachine },
    choose: async (scene, reach) => {
      const others = await chooseDocuments(scene, reach, event);
      const documents = await chooseDocuments(scene, reach, event);
      return documents.flatMap((document) =>
        others.map((by) => ({
          ...document,
          by,
          seen: document.seen + (by.id === document.id ? 0 : by.seen),
        })),
      );
    },
    expected: (person, pair) =>
      firstRefusal(
        sees(person, pair),
        allowed(person, pair, event),
        unless(person.agencyId === pair.agency_id, 'ROLE_NOT_ALLOWED'),
        given(person, pair),
      ),
    perform: ({ by: person }, { id, by }) =>
      answered(person.client.post(`/documents/${id}/${event}`, { reason, byDocumentId: by.id })),
    watch: ({ id, by }) => [id, by.id],
  };
}

const replace = inFavourOf('replace', standsIn);
const correct = inFavourOf('correct', (person, pair) =>
  firstRefusal(standsIn(person, pair), unless(pair.by.type_code === 'CV', 'CORRECTION_NOT_A_LETTER')),
);

interface DeliverySubject extends Subject {
  readonly sender_agency_id: string;
  readonly recipient_agency_id: string;
  readonly state: string;
  readonly take_back: string;
  readonly withdrawal: string;
}

const takeBack: Act<DeliverySubject> = {
  name: 'ask back',
  may,
  weight: 0.6,
  moves: { table: 'delivery', event: 'X.13', machine: takeBackMachine },
  choose: ({ by, random, query }, reach) =>
    query<DeliverySubject>(
      `SELECT v.document_id AS id, v.sender_agency_id, v.recipient_agency_id, v.state, v.take_back, v.withdrawal,
              (SELECT count(*)::integer FROM model.change c WHERE c.subject = v.document_id) AS seen
         FROM workflow.delivery v WHERE ($1::uuid IS NULL OR v.sender_agency_id = $1)
        ORDER BY md5(v.id::text || $2) LIMIT 6`,
      [reach === 'own' ? by.agencyId : null, String(random())],
    ),
  expected: (by, delivery) =>
    firstRefusal(
      unless(by.agencyId === delivery.sender_agency_id, 'DOCUMENT_NOT_FOUND'),
      unless(delivery.take_back !== '13' && delivery.take_back !== '15', 'repeated'),
      unless(delivery.take_back !== '16', 'TAKE_BACK_WAS_REFUSED'),
      unless(delivery.state !== '02' && delivery.withdrawal === 'IN_FORCE', 'TAKE_BACK_NOT_POSSIBLE'),
    ),
  perform: ({ by }, { id, recipient_agency_id: recipientId }) =>
    answered(by.client.post(`/documents/${id}/take-back`, { recipientId, reason })),
  watch: ({ id }) => [id],
};

interface LetterSubject extends Subject {
  readonly agency_id: string;
  readonly document_id: string;
  readonly subject_id: string;
  readonly open: boolean;
}

const resend: Act<LetterSubject> = {
  name: 'resend',
  may: ['clerk', 'administrator'],
  weight: 1,
  choose: ({ by, random, query }, reach) =>
    query<LetterSubject>(
      `SELECT l.id, l.agency_id, l.document_id, l.subject_id, l.resolved_at IS NULL AS open,
              (SELECT count(*)::integer FROM model.change c WHERE c.subject IN (l.subject_id, l.document_id)) AS seen
         FROM workflow.dead_letter l WHERE ($1::uuid IS NULL OR l.agency_id = $1)
        ORDER BY md5(l.id::text || $2) LIMIT 6`,
      [reach === 'own' ? by.agencyId : null, String(random())],
    ),
  expected: (by, letter) =>
    firstRefusal(
      unless(by.agencyId === letter.agency_id, 'DEAD_LETTER_NOT_FOUND'),
      unless(letter.open, 'DEAD_LETTER_CLOSED'),
    ),
  perform: posting((id) => `/dead-letters/${id}/resend`),
  watch: ({ subject_id, document_id }) => [subject_id, document_id],
};

export const afterIssue = [recall, replace, correct, takeBack, resend];
