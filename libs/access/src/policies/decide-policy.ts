import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Actor } from '#platform';
import type { PolicyName } from './policy-names';
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
 *
 * The policies see what kind of actor it is and which roles it has, nothing more: so a decision is made once
 * for each such combination and then remembered.
 */
export function isAllowed(actor: Actor, policy: string): boolean {
  if (!isPolicyName(policy)) return false;
  const roles = actor.kind === 'person' ? [...actor.roles].sort() : [];
  const question = [actor.kind, ...roles, policy].join(' ');
  const known = decided.get(question);
  if (known !== undefined) return known;
  const allowed = decide(principalTypes[actor.kind], roles, policy);
  decided.set(question, allowed);
  return allowed;
}

/** Bounded by the number of kinds, sets of roles and policies. */
const decided = new Map<string, boolean>();

function decide(type: string, roles: readonly string[], policy: PolicyName): boolean {
  prepare();
  const principal = { type, id: 'actor' };
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
