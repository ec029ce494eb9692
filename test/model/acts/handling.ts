import { demoPerson } from '#directory';
import { handlingMachine } from '#workflow';
import { anInstruction } from '../../../libs/workflow/src/testing';
import type { Role } from '#platform';
import type { Act, Answer, Scene } from '../act';
import { answered, firstRefusal, oneOf, posting, tableSays, unless } from '../act';
import type { Person } from '../people';
import type { IncomingSubject } from './incoming';
import { onIncoming, opens } from './incoming';

interface Handling {
  readonly may: readonly Role[];
  readonly weight: number;
  /** What is asked before the table. */
  readonly before?: (by: Person, incoming: IncomingSubject) => string;
  readonly perform: (scene: Scene, incoming: IncomingSubject) => Promise<Answer>;
}

function onHandling(event: string, { may, weight, before, perform }: Handling): Act<IncomingSubject> {
  const from = handlingMachine.transitions.filter((row) => row.event === event).map((row) => row.from);
  return onIncoming(
    `${event} incoming`,
    { handling: [...new Set(from)] },
    {
      may,
      weight,
      moves: { table: 'handling', event, machine: handlingMachine },
      expected: (by, incoming) =>
        firstRefusal(
          opens(by, incoming),
          unless(incoming.handling !== null, 'INCOMING_NOT_REGISTERED'),
          before?.(by, incoming) ?? 'done',
          tableSays(handlingMachine, event, { state: incoming.handling ?? '', roles: by.roles }),
        ),
      perform,
    },
  );
}

const everybody: readonly Role[] = ['drafter', 'clerk', 'leader'];
const byTheLead = (by: Person, { lead_person_id }: IncomingSubject): string =>
  unless(lead_person_id === null || lead_person_id === by.personId, 'NOT_THE_LEAD');

const submit = onHandling('submit', {
  may: ['clerk'],
  weight: 6,
  perform: ({ by, random }, { id }) => {
    const leader = oneOf(random, ['lanhdao', 'pho']);
    const leaderPersonId = demoPerson(`${leader}.${by.agency}`).id;
    return answered(by.client.post(`/incoming/${id}/submit`, { leaderPersonId }));
  },
});

const giveBack = onHandling('return', {
  may: ['leader'],
  weight: 0.5,
  perform: posting((id) => `/incoming/${id}/return`, { reason: 'Thiếu phụ lục' }),
});

/** Whoever forgets that an instruction stands is told so. */
const instruct: Act<IncomingSubject> = onHandling('instruct', {
  may: ['leader'],
  weight: 2,
  perform: ({ by, random }, { id, instruction_id }) => {
    const lead = {
      personId: demoPerson(`${oneOf(random, ['chuyenvien', 'pho', 'vanthu'])}.${by.agency}`).id,
    };
    const replaces = instruction_id === null ? {} : { replaces: instruction_id };
    return answered(
      by.client.post(`/incoming/${id}/instruct`, anInstruction(by.agency, { lead, ...replaces })),
    );
  },
});

const instructAgain = onHandling('instruct', {
  may: ['leader'],
  weight: 0.3,
  before: (_, { instruction_id }) => unless(instruction_id === null, 'INSTRUCTION_STANDS'),
  perform: ({ by }, { id }) => answered(by.client.post(`/incoming/${id}/instruct`, anInstruction(by.agency))),
});

const start = onHandling('start', {
  may: everybody,
  weight: 5,
  before: byTheLead,
  perform: posting((id) => `/incoming/${id}/start`),
});

const relieve = onHandling('relieve', {
  may: everybody,
  weight: 0.4,
  before: byTheLead,
  perform: posting((id) => `/incoming/${id}/relief`, { reason: 'Không thuộc việc của tôi' }),
});

const complete = onHandling('complete', {
  may: everybody,
  weight: 4,
  before: byTheLead,
  perform: posting((id) => `/incoming/${id}/complete`, { result: 'Đã trả lời' }),
});

export const handling = [submit, giveBack, instruct, instructAgain, start, relieve, complete];
