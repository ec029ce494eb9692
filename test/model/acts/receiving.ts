import { incomingMachine, takeBackMachine } from '#workflow';
import { aPaper } from '../../../libs/workflow/src/testing';
import type { Act } from '../act';
import { answered, firstRefusal, posting, unless } from '../act';
import type { IncomingSubject } from './incoming';
import { knows, onIncoming, opens } from './incoming';

const enter: Act = {
  name: 'enter paper',
  may: ['clerk'],
  weight: 1,
  choose: () => Promise.resolve([{ id: '', seen: 0 }]),
  expected: () => 'done',
  perform: ({ by, office }) => answered(by.client.post('/incoming/paper', aPaper(office))),
  watch: () => [],
};

const verify = onIncoming(
  'verify',
  { states: ['01'], verified: false },
  {
    may: ['leader', 'clerk'],
    weight: 8,
    expected: (by, incoming) =>
      firstRefusal(knows(by, incoming), unless(incoming.source === 'electronic', 'INCOMING_ON_PAPER')),
    perform: posting((id) => `/incoming/${id}/verify`),
  },
);

const accept = onIncoming(
  'accept',
  { states: ['01'] },
  {
    may: ['clerk'],
    weight: 12,
    moves: { table: 'incoming', event: 'C.3', machine: incomingMachine },
    expected: (by, incoming) =>
      firstRefusal(
        opens(by, incoming),
        unless(incoming.source === 'electronic', 'INCOMING_ON_PAPER'),
        unless(!incoming.registered, 'repeated'),
        unless(incoming.state !== '02', 'INCOMING_ALREADY_REFUSED'),
        unless(incoming.verified, 'INCOMING_NOT_VERIFIED'),
      ),
    perform: posting((id) => `/incoming/${id}/accept`),
  },
);

const refuse = onIncoming(
  'refuse',
  { states: ['01'] },
  {
    may: ['clerk'],
    weight: 1,
    moves: { table: 'incoming', event: 'C.4', machine: incomingMachine },
    expected: (by, incoming) =>
      firstRefusal(
        opens(by, incoming),
        unless(incoming.source === 'electronic', 'INCOMING_ON_PAPER'),
        unless(incoming.state !== '02', 'repeated'),
        unless(incoming.state === '01', 'INCOMING_ALREADY_ACCEPTED'),
      ),
    perform: posting((id) => `/incoming/${id}/refuse`, { reason: 'Không thuộc thẩm quyền' }),
  },
);

function answerTakeBack(name: 'agree' | 'refuse', event: 'X.15' | 'X.16'): Act<IncomingSubject> {
  return onIncoming(
    `${name} to give back`,
    { takeBack: ['13'] },
    {
      may: ['clerk', 'leader'],
      weight: 1,
      moves: { table: 'incoming', event, machine: takeBackMachine },
      expected: (by, incoming) =>
        firstRefusal(
          knows(by, incoming),
          unless(incoming.take_back !== event.slice(2), 'repeated'),
          unless(incoming.take_back === '13', 'TAKE_BACK_NOT_ASKED'),
        ),
      perform: posting((id) => `/incoming/${id}/take-back/${name}`, { reason: 'Đã xử lý xong' }),
    },
  );
}

export const receiving = [
  enter,
  verify,
  accept,
  refuse,
  answerTakeBack('agree', 'X.15'),
  answerTakeBack('refuse', 'X.16'),
];
