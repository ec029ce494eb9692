import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Actor } from '#platform';
import { isPolicyName } from './policy-names';
import { actionEntities, policyText } from './policy-text';

const policySetId = 'sealpost';
const principalTypes = { person: 'Person', node: 'Node', system: 'System', anonymous: 'Anonymous' } as const;
const application = { type: 'Application', id: 'sealpost' };

let parsed = false;

/** Parses the policies once per process; a mistake in them stops the start. */
function prepare(): void {
  if (parsed) return;
  const answer = preparsePolicySet(policySetId, { staticPolicies: policyText });
  if (answer.type === 'failure') {
    throw new Error(`the policies cannot be read: ${answer.errors.map(({ message }) => message).join('; ')}`);
  }
  parsed = true;
}

/**
 * Whether Cedar allows the actor what the policy names. Anything not known or not decidable is refused:
 * a name outside the list, an error in evaluation.
 */
export function isAllowed(actor: Actor, policy: string): boolean {
  if (!isPolicyName(policy)) return false;
  prepare();
  const principal = { type: principalTypes[actor.kind], id: idOf(actor) };
  const roles = actor.kind === 'person' ? actor.roles : [];
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: policy },
    resource: application,
    context: {},
    preparsedPolicySetId: policySetId,
    entities: [
      { uid: principal, attrs: {}, parents: roles.map((id) => ({ type: 'Role', id })) },
      ...actionEntities.filter(({ uid }) => uid.id === policy),
    ],
  });
  return (
    answer.type === 'success' &&
    answer.response.diagnostics.errors.length === 0 &&
    answer.response.decision === 'allow'
  );
}

function idOf(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.personId;
    case 'node':
      return actor.nodeId;
    case 'system':
      return actor.service;
    case 'anonymous':
      return 'anonymous';
  }
}
