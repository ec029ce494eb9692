import { demoPin } from '#directory';
import type { Act, Answer, Scene } from '../act';
import { answered, firstRefusal, posting, unless } from '../act';
import type { DocumentSubject } from './documents';
import { allowed, sees } from './documents';
import { onDocument } from './drafting';

/** Prepares and confirms with the PIN: the keys, the PDF and the signatures are real. */
async function sign({ by }: Scene, purpose: 'personal' | 'agency', id: string): Promise<Answer> {
  const prepared = await by.client.post('/signing-operations', { purpose, documentIds: [id] });
  if (prepared.status !== 201) return answered(Promise.resolve(prepared));
  const { id: operation } = prepared.body as { id: string };
  const confirmed = await by.client.post(`/signing-operations/${operation}/confirm`, { pin: demoPin });
  if (confirmed.status !== 200) return answered(Promise.resolve(confirmed));
  const [item] = (confirmed.body as { items: { outcome: string; code?: string }[] }).items;
  return item?.outcome === 'signed' ? { status: 200 } : { status: 409, code: item?.code ?? 'no outcome' };
}

const personSign = onDocument('sign', 'person_sign', {
  may: ['leader', 'clerk'],
  weight: 12,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      unless(by.roles.includes('leader'), 'ROLE_NOT_ALLOWED'),
      allowed(by, document, 'person_sign'),
      unless(by.postId === document.signer_post_id, 'NOT_THE_SIGNER'),
    ),
  perform: (scene, { id }) => sign(scene, 'personal', id),
});

const agencySign = onDocument('sign as agency', 'agency_sign', {
  may: ['leader', 'clerk'],
  weight: 12,
  expected: (by, document) =>
    firstRefusal(
      sees(by, document),
      unless(by.roles.includes('clerk'), 'ROLE_NOT_ALLOWED'),
      allowed(by, document, 'agency_sign'),
      unless(by.agencyId === document.agency_id, 'NOT_THE_SIGNER'),
    ),
  perform: (scene, { id }) => sign(scene, 'agency', id),
});

const inOwnAgency = (by: Parameters<Act['expected']>[0], { agency_id }: DocumentSubject): string =>
  unless(by.agencyId === agency_id, 'ROLE_NOT_ALLOWED');

const number = onDocument('number', 'number', {
  may: ['clerk'],
  weight: 12,
  expected: (by, document) =>
    firstRefusal(sees(by, document), allowed(by, document, 'number'), inOwnAgency(by, document)),
  perform: posting((id) => `/documents/${id}/number`),
});

const issue = onDocument('issue', 'issue', {
  may: ['clerk'],
  weight: 12,
  expected: (by, document) =>
    firstRefusal(sees(by, document), allowed(by, document, 'issue'), inOwnAgency(by, document)),
  perform: posting((id) => `/documents/${id}/issue`),
});

const cancel = onDocument('cancel', 'cancel', {
  may: ['clerk', 'leader'],
  weight: 0.1,
  expected: (by, document) =>
    firstRefusal(sees(by, document), inOwnAgency(by, document), allowed(by, document, 'cancel')),
  perform: posting((id) => `/documents/${id}/cancel`, { reason: 'Không ban hành nữa' }),
});

export const issuing = [personSign, number, agencySign, issue, cancel];
