import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';
import { oids } from '../oids';
import { policyExtensionsOf } from './policy-extensions';
import { PolicyLevel } from './policy-graph';
import type { PolicySettings } from './policy-settings';
import type { PathFailure, PathPolicies } from './result';

/** Certificates that may follow until the rule holds (RFC 5280 §6.1.2 d to f). */
interface Counters {
  readonly explicit: number;
  readonly mapping: number;
  readonly any: number;
}

export interface PolicyJudgement {
  readonly policies: PathPolicies;
  readonly failures: readonly PathFailure[];
}

/**
 * Certificate policies of a path, from the certificate to the anchor (RFC 5280 §6.1.2 to §6.1.5 as RFC 9618
 * changes them). The anchor's own constraints count, as RFC 5937 §3.2 has it; its certificatePolicies do not:
 * an anchor is trusted for whatever it was configured for.
 */
export function judgePolicies(path: readonly Certificate[], settings: PolicySettings = {}): PolicyJudgement {
  const length = path.length - 1;
  let counters: Counters = {
    explicit: settings.requireExplicit ? 0 : length + 1,
    mapping: settings.inhibitMapping ? 0 : length + 1,
    any: settings.inhibitAny ? 0 : length + 1,
  };
  const anchor = path.at(-1);
  if (anchor) counters = constrained(counters, anchor);
  let level = PolicyLevel.first;
  const failures: PathFailure[] = [];
  for (let index = length - 1; index >= 0; index--) {
    const certificate = path[index];
    if (!certificate) continue;
    const { policies, mappings } = policyExtensionsOf(certificate);
    const isOverlooked = index > 0 && isSelfIssued(certificate);
    level = level.below(policies, { isHonoured: counters.any > 0 || isOverlooked });
    if (level.isEmpty && counters.explicit === 0 && failures.length === 0)
      failures.push(refusal(certificate));
    if (index > 0) {
      if (mappings) level = counters.mapping > 0 ? level.mapped(mappings) : level.withoutMapped(mappings);
      if (!isOverlooked) counters = decremented(counters);
      counters = constrained(counters, certificate);
    } else {
      counters = wrappedUp(counters, certificate);
    }
  }
  const policies = policySets(level, settings.acceptable);
  const [certificate] = path;
  if (certificate && failures.length === 0 && counters.explicit === 0 && policies.user.length === 0) {
    failures.push(refusal(certificate));
  }
  return { policies, failures };
}

function refusal(certificate: Certificate): PathFailure {
  return {
    code: 'POLICY_NOT_ACCEPTABLE',
    certificate,
    message: 'a policy is required and none holds over the path',
  };
}

/** RFC 5280 §6.1.4 (h). */
function decremented({ explicit, mapping, any }: Counters): Counters {
  return { explicit: less(explicit), mapping: less(mapping), any: less(any) };
}

const less = (count: number): number => Math.max(0, count - 1);

/** RFC 5280 §6.1.4 (i), (j). */
function constrained(counters: Counters, certificate: Certificate): Counters {
  const { constraints, inhibitAny } = policyExtensionsOf(certificate);
  if (!constraints && inhibitAny === undefined) return counters;
  return {
    explicit: Math.min(counters.explicit, constraints?.requireExplicitPolicy ?? Infinity),
    mapping: Math.min(counters.mapping, constraints?.inhibitPolicyMapping ?? Infinity),
    any: Math.min(counters.any, inhibitAny ?? Infinity),
  };
}

/** RFC 5280 §6.1.5 (a), (b). */
function wrappedUp(counters: Counters, certificate: Certificate): Counters {
  const isRequired = policyExtensionsOf(certificate).constraints?.requireExplicitPolicy === 0;
  return { ...counters, explicit: isRequired ? 0 : less(counters.explicit) };
}

/** RFC 9618 §5.6 (g). */
function policySets(level: PolicyLevel, acceptable: readonly string[] | undefined): PathPolicies {
  const authorities = level.authoritiesConstrained();
  const isAnyAcceptable = !acceptable || acceptable.includes(oids.anyPolicy);
  const user = isAnyAcceptable
    ? authorities
    : new Set(acceptable.filter((policy) => authorities.has(policy) || authorities.has(oids.anyPolicy)));
  return { authorities: [...authorities], user: [...user] };
}
