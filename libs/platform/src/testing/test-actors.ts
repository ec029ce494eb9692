import type { AnonymousActor, PersonActor, SystemActor } from '../actor/actor';
import { newId } from '../ids';

/** A person of a random agency; give what matters to the test. */
export function aPerson(given: Partial<PersonActor> = {}): PersonActor {
  return {
    kind: 'person',
    personId: newId(),
    agencyId: newId(),
    bodyIds: [],
    postId: null,
    roles: ['clerk'],
    sessionId: newId(),
    ip: '127.0.0.1',
    requestId: newId(),
    ...given,
  };
}

export function aSystem(given: Partial<SystemActor> = {}): SystemActor {
  return { kind: 'system', service: 'test', requestId: newId(), ...given };
}

export function anAnonymous(given: Partial<AnonymousActor> = {}): AnonymousActor {
  return { kind: 'anonymous', ip: '127.0.0.1', requestId: newId(), ...given };
}
