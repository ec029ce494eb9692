import { demoAgency, demoPerson } from '#directory';
import { outgoingMachine } from '#workflow';
import { plainPdf, postOf } from '../../../libs/workflow/src/testing';
import type { Act, Scene } from '../act';
import { answered, firstRefusal, oneOf, posting, unless } from '../act';
import { agencies, houses } from '../people';
import type { DocumentSubject } from './documents';
import { allowed, chooseDocuments, sees } from './documents';

const paper = plainPdf(1);

export function onDocument(
  name: string,
  event: string,
  rest: Pick<Act<DocumentSubject>, 'may' | 'weight' | 'expected' | 'perform'>,
): Act<DocumentSubject> {
  return {
    name,
    ...rest,
    moves: { table: 'document', event, machine: outgoingMachine },
    choose: (scene, reach) => chooseDocuments(scene, reach, event),
    watch: ({ id }) => [id],
  };
}

/** A new draft of one of the agency's bodies: to one or several of the others, with reviewers or without. */
function draftOf({ by, random }: Scene): object {
  const house = oneOf(
    random,
    houses.filter(({ agency }) => agency === by.agency),
  );
  const signer = oneOf(random, house.signers);
  const others = agencies.filter((agency) => agency !== by.agency && random() < 0.6);
  const recipients =
    others.length > 0
      ? others
      : [
          oneOf(
            random,
            agencies.filter((one) => one !== by.agency),
          ),
        ];
  const reviewers = ['vanthu', 'pho'].filter(() => random() < 0.3);
  return {
    bodyId: house.bodyId,
    typeCode: oneOf(random, house.typeCodes),
    abstract: 'Về việc phối hợp thực hiện nhiệm vụ',
    secrecy: 'THUONG',
    urgency: 0,
    signerPostId: postOf(signer.post),
    capacity: { code: signer.capacity },
    recipients: recipients.map((agency) => ({ agencyId: demoAgency(agency).id })),
    reviewers: reviewers.map((post) => ({
      name: 'Xem xét',
      personId: demoPerson(`${post}.${by.agency}`).id,
    })),
  };
}

const create: Act = {
  name: 'create',
  may: ['drafter'],
  weight: 3,
  choose: () => Promise.resolve([{ id: '', seen: 0 }]),
  expected: () => 'done',
  perform: (scene) => answered(scene.by.client.post('/documents', draftOf(scene))),
  watch: () => [],
};

const addFile = onDocument('add file', 'revise', {
  may: ['drafter'],
  weight: 3,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      unless(by.personId === document.drafter_id, 'NOT_YOUR_DRAFT'),
      allowed(by, document, 'revise'),
    ),
  perform: async ({ by }, { id }) =>
    answered(by.client.upload(`/documents/${id}/files`, { bytes: await paper, role: 'main' })),
});

const change = onDocument('change', 'revise', {
  may: ['drafter'],
  weight: 1,
  expected: addFile.expected,
  perform: ({ by, random }, { id }) =>
    answered(by.client.patch(`/documents/${id}`, { abstract: `Về việc thực hiện nhiệm vụ ${random()}` })),
});

const place = onDocument('place', 'place', {
  may: ['drafter', 'clerk'],
  weight: 0.5,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      allowed(by, document, 'place'),
      unless(by.agencyId === document.agency_id, 'ROLE_NOT_ALLOWED'),
      unless(by.roles.includes('clerk') || by.personId === document.drafter_id, 'NOT_YOUR_DRAFT'),
      unless(document.has_main, 'MAIN_FILE_MISSING'),
    ),
  perform: ({ by }, { id }) =>
    answered(
      by.client.put(`/documents/${id}/layout`, {
        number: { page: 1, x: 90, y: 700, width: 120, height: 20 },
      }),
    ),
});

const submit = onDocument('submit', 'submit', {
  may: ['drafter'],
  weight: 12,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      unless(by.personId === document.drafter_id, 'NOT_YOUR_DRAFT'),
      allowed(by, document, 'submit'),
      unless(document.has_main, 'MAIN_FILE_MISSING'),
    ),
  perform: posting((id) => `/documents/${id}/submit`),
});

const initial = onDocument('initial', 'initial', {
  may: ['drafter', 'clerk', 'leader'],
  weight: 4,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      allowed(by, document, 'initial'),
      unless(by.personId === document.step_person, 'NOT_YOUR_STEP'),
    ),
  perform: posting((id) => `/documents/${id}/initial`),
});

const giveBack = onDocument('return', 'return', {
  may: ['drafter', 'clerk', 'leader'],
  weight: 0.3,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      allowed(by, document, 'return'),
      unless(
        document.state !== 'IN_REVIEW' || by.roles.includes('leader') || by.personId === document.step_person,
        'NOT_YOUR_STEP',
      ),
    ),
  perform: posting((id) => `/documents/${id}/return`, { reason: 'Cần xem lại' }),
});

const approve = onDocument('approve', 'approve', {
  may: ['leader'],
  weight: 9,
  expected: (by, document) => firstRefusal(sees(by, document), allowed(by, document, 'approve')),
  perform: posting((id) => `/documents/${id}/approve`),
});

const changeSigner = onDocument('change signer', 'change_signer', {
  may: ['drafter', 'clerk'],
  weight: 0.3,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      allowed(by, document, 'change_signer'),
      unless(by.agencyId === document.agency_id, 'ROLE_NOT_ALLOWED'),
      unless(by.roles.includes('clerk') || by.personId === document.drafter_id, 'NOT_YOUR_DRAFT'),
    ),
  perform: ({ by, random }, { id, body_id }) => {
    const house = houses.find(({ bodyId }) => bodyId === body_id) ?? oneOf(random, houses);
    const signer = oneOf(random, house.signers);
    return answered(
      by.client.post(`/documents/${id}/signer`, {
        signerPostId: postOf(signer.post),
        capacity: { code: signer.capacity },
        reason: 'Người ký đi công tác',
      }),
    );
  },
});

export const drafting = [create, addFile, change, place, submit, initial, giveBack, approve, changeSigner];
