import type { Actor, Role } from '#platform';
import fc from 'fast-check';

import { drawStateMachine, machineFaults, nextState } from '../state-machine';
import type { DocumentState } from './document-states';
import { documentEvents } from './document-states';
import type { OutgoingSubject } from './outgoing-machine';
import { outgoingMachine } from './outgoing-machine';

function person(...roles: Role[]): Actor {
  return {
    kind: 'person',
    personId: '00000000-0000-4000-8000-000000000001',
    agencyId: '00000000-0000-4000-8000-000000000002',
    bodyIds: [],
    postId: null,
    roles,
    sessionId: 's',
    ip: '127.0.0.1',
    requestId: 'r',
  };
}

function subject(state: DocumentState, changes: Partial<OutgoingSubject> = {}): OutgoingSubject {
  return { id: 'd', state, has_seal: true, open_steps: 0, ...changes };
}

const coded = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('the outgoing state machine', () => {
  it('reaches every state and leaves every state that is not final', () => {
    expect(machineFaults(outgoingMachine)).toEqual({
      unreachable: [],
      stuck: [],
      notFinal: [],
      undeclared: [],
    });
  });

  it('cites a source for every row', () => {
    for (const row of outgoingMachine.transitions) expect(row.legalBasis.source).not.toBe('');
  });

  it('draws itself', () => {
    const drawing = drawStateMachine(outgoingMachine);
    expect(drawing).toContain('[*] --> DRAFT');
    expect(drawing).toContain('PERSON_SIGNED --> NUMBERED: number (clerk)');
    expect(drawing).toContain('RECALLED --> [*]');
  });

  it('never leaves its table, whatever anybody tries in whatever order', () => {
    const everybody = person('drafter', 'clerk', 'leader');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...documentEvents), { maxLength: 60 }),
        fc.boolean(),
        (events, seal) => {
          let state: DocumentState = outgoingMachine.initial;
          for (const event of events) {
            const before = state;
            const row = outgoingMachine.transitions.find(
              (candidate) => candidate.from === before && candidate.event === event,
            );
            try {
              const current = subject(before, { has_seal: seal });
              state = nextState(outgoingMachine, before, event, { subject: current, actor: everybody }).to;
              expect(row).toBeDefined();
            } catch (error) {
              expect(error).toHaveProperty('code');
            }
          }
          if (state === 'AGENCY_SIGNED') expect(seal).toBe(true);
        },
      ),
    );
  });

  it('asks for the agency signature where the body has a seal, and refuses it where it has none', () => {
    const clerk = person('clerk');
    const next = (event: 'issue' | 'agency_sign', has_seal: boolean): string =>
      nextState(outgoingMachine, 'NUMBERED', event, {
        subject: subject('NUMBERED', { has_seal }),
        actor: clerk,
      }).to;
    expect(next('agency_sign', true)).toBe('AGENCY_SIGNED');
    expect(next('issue', false)).toBe('ISSUED');
    expect(() => next('issue', true)).toThrow(coded('AGENCY_SIGNATURE_REQUIRED'));
    expect(() => next('agency_sign', false)).toThrow(coded('BODY_HAS_NO_SEAL'));
  });

  it('does not approve while a review step is open', () => {
    expect(() =>
      nextState(outgoingMachine, 'IN_REVIEW', 'approve', {
        subject: subject('IN_REVIEW', { open_steps: 1 }),
        actor: person('leader'),
      }),
    ).toThrow(coded('REVIEW_NOT_FINISHED'));
  });

  it('refuses roles that the row does not name', () => {
    expect(() =>
      nextState(outgoingMachine, 'APPROVED', 'person_sign', {
        subject: subject('APPROVED'),
        actor: person('clerk', 'administrator'),
      }),
    ).toThrow(coded('ROLE_NOT_ALLOWED'));
    const system: Actor = { kind: 'system', service: 'worker', requestId: 'r' };
    expect(() =>
      nextState(outgoingMachine, 'NUMBERED', 'issue', { subject: subject('NUMBERED'), actor: system }),
    ).toThrow(coded('ROLE_NOT_ALLOWED'));
  });
});
