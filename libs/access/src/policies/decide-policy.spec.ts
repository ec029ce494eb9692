import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import type { Actor, Role } from '#platform';
import { roles } from '#platform';
import { anAnonymous, aPerson, aSystem } from '#platform/testing';
import { isAllowed } from './decide-policy';
import type { PolicyName } from './policy-names';
import { policyNames } from './policy-names';
import { policySchema, policyText } from './policy-text';

/** Written by hand, apart from the policies: who may what. Letters: d, c, l, i, a as in the roles. */
const table: Readonly<Record<PolicyName, string>> = {
  'audit.read': 'i',
  'dead-letter.read': 'ca',
  'dead-letter.resend': 'ca',
  'delegation.end': 'la',
  'delegation.give': 'l',
  'delegation.read': 'dcla',
  'directory.administer': 'a',
  'directory.read': 'dclia',
  'document.agency-sign': 'c',
  'document.approve': 'l',
  'document.cancel': 'cl',
  'document.change-signer': 'dc',
  'document.copy': 'c',
  'document.create': 'd',
  'document.dispatch': 'c',
  'document.edit': 'd',
  'document.issue': 'c',
  'document.list': 'dcl',
  'document.number': 'c',
  'document.place': 'dc',
  'document.read': 'dcl',
  'document.read-form': 'dc',
  'document.review': 'dcl',
  'document.search': 'dcl',
  'document.sign': 'l',
  'document.withdraw': 'cl',
  'evidence.read': 'cli',
  'incoming.accept': 'c',
  'incoming.enter': 'c',
  'incoming.handle': 'dcl',
  'incoming.instruct': 'l',
  'incoming.read': 'dcl',
  'incoming.refuse': 'c',
  'incoming.submit': 'c',
  'incoming.take-back': 'cl',
  'incoming.verify': 'cl',
  'key.import': 'a',
  'key.read': 'dclia',
  'key.release': 'a',
  'monitor.read': 'cl',
  'mandate.enter': 'l',
  'mandate.read': 'li',
  'node.read': 'ia',
  'notice.read': 'dclia',
  'recipient-group.change': 'dc',
  'recipient-group.read': 'dc',
  'register.close': 'c',
  'register.read': 'cl',
  'session.change': 'dclia',
  'session.close': 'dclia',
  'session.read': 'dclia',
  'signing.operate': 'cl',
  'statistics.read': 'cl',
  'transport.receive': '',
};

const node: Actor = {
  kind: 'node',
  nodeId: 'n',
  certificateThumbprint: '0'.repeat(64),
  ip: '::1',
  requestId: 'r',
};

describe('the policies', () => {
  it('are valid against their schema, without warnings', () => {
    const answer = validate({
      schema: policySchema,
      policies: { staticPolicies: policyText },
      validationSettings: { mode: 'strict' },
    });
    expect(answer).toMatchObject({ type: 'success', validationErrors: [], validationWarnings: [] });
  });

  it.each(roles.map((role) => [role]))('allow a %s exactly what the table says', (role: Role) => {
    const allowed = policyNames.filter((policy) => isAllowed(aPerson({ roles: [role] }), policy));
    expect(allowed).toEqual(policyNames.filter((policy) => table[policy].includes(role.charAt(0))));
  });

  it('let only another node deliver, and a node nothing else', () => {
    expect(policyNames.filter((policy) => isAllowed(node, policy))).toEqual(['transport.receive']);
  });

  it('allow nothing to nobody, to the system through a route, or to a person without a role', () => {
    for (const actor of [anAnonymous(), aSystem()])
      expect(policyNames.filter((policy) => isAllowed(actor, policy))).toEqual([]);
    expect(policyNames.filter((policy) => isAllowed(aPerson({ roles: [] }), policy))).toEqual([
      'directory.read',
      'key.read',
      'notice.read',
      'session.change',
      'session.close',
      'session.read',
    ]);
  });

  it.each<[Role]>([['administrator'], ['inspector']])(
    'forbid content to a %s whatever else the person is',
    (role) => {
      const person = aPerson({ roles: [role, 'drafter', 'clerk', 'leader'] });
      const content = policyNames.filter((policy) => /^(document|incoming|signing)\./.test(policy));
      expect(content.filter((policy) => isAllowed(person, policy))).toEqual([]);
    },
  );

  it('know no policy that is not in the list', () => {
    expect(isAllowed(aPerson({ roles: [...roles] }), 'document.burn')).toBe(false);
    expect(isAllowed(aPerson({ roles: [...roles] }), 'content')).toBe(false);
    expect(isAllowed(aPerson({ roles: [...roles] }), '')).toBe(false);
  });
});
