import type { PolicyMapping } from '../certificate/policies';
import { oids } from '../oids';

/** A policy that a path may be good for, at one depth (RFC 9618 §3: a graph, which cannot grow as the tree can). */
interface PolicyNode {
  readonly policy: string;
  /** Policies of the next certificate that would satisfy this one. */
  readonly expected: ReadonlySet<string>;
  readonly parents: readonly PolicyNode[];
}

/**
 * One level of the graph. Nodes without children are not pruned: they are simply not met when the graph is
 * walked upward from its last level, which is all that is ever asked of it.
 */
export class PolicyLevel {
  /** Nodes made so far; a walk upward visits each at most once. */
  private constructor(private readonly nodes: ReadonlyMap<string, PolicyNode>) {}

  /** Depth 0: anyPolicy (RFC 9618 §5.1). */
  static readonly first = new PolicyLevel(
    new Map([[oids.anyPolicy, { policy: oids.anyPolicy, expected: new Set([oids.anyPolicy]), parents: [] }]]),
  );

  /** A graph that is NULL. */
  private static readonly none = new PolicyLevel(new Map());

  /** The graph is NULL. */
  get isEmpty(): boolean {
    return this.nodes.size === 0;
  }

  get size(): number {
    return this.nodes.size;
  }

  /** The next level by certificatePolicies (RFC 9618 §5.3 d, e). */
  below(policies: readonly string[] | undefined, anyPolicy: { readonly isHonoured: boolean }): PolicyLevel {
    if (this.isEmpty || !policies) return PolicyLevel.none;
    const expecting = this.byExpectedPolicy();
    const next = new Map<string, PolicyNode>();
    const add = (policy: string, parents: readonly PolicyNode[]): void =>
      void next.set(policy, { policy, expected: new Set([policy]), parents });
    const any = this.nodes.get(oids.anyPolicy);
    for (const policy of policies) {
      if (policy === oids.anyPolicy) continue;
      const parents = expecting.get(policy) ?? (any ? [any] : undefined);
      if (parents) add(policy, parents);
    }
    if (policies.includes(oids.anyPolicy) && anyPolicy.isHonoured) {
      for (const [policy, parents] of expecting) if (!next.has(policy)) add(policy, parents);
    }
    return new PolicyLevel(next);
  }

  private byExpectedPolicy(): Map<string, PolicyNode[]> {
    const expecting = new Map<string, PolicyNode[]>();
    for (const node of this.nodes.values()) {
      for (const policy of node.expected) {
        const parents = expecting.get(policy);
        if (parents) parents.push(node);
        else expecting.set(policy, [node]);
      }
    }
    return expecting;
  }

  /** This level after policyMappings that are allowed (RFC 9618 §5.4 b 1). */
  mapped(mappings: readonly PolicyMapping[]): PolicyLevel {
    const nodes = new Map(this.nodes);
    const any = nodes.get(oids.anyPolicy);
    for (const [policy, expected] of targetsOf(mappings)) {
      const node = nodes.get(policy);
      if (node) nodes.set(policy, { ...node, expected });
      // Below the anyPolicy of the level above, from which this level's own comes.
      else if (any) nodes.set(policy, { policy, expected, parents: any.parents });
    }
    return new PolicyLevel(nodes);
  }

  /** This level after policyMappings that are inhibited (RFC 9618 §5.4 b 2). */
  withoutMapped(mappings: readonly PolicyMapping[]): PolicyLevel {
    const nodes = new Map(this.nodes);
    for (const { issuerDomainPolicy } of mappings) nodes.delete(issuerDomainPolicy);
    return new PolicyLevel(nodes);
  }

  /** The authorities-constrained policy set, in the anchor's terms (RFC 9618 §5.6 g); anyPolicy stands for all. */
  authoritiesConstrained(): ReadonlySet<string> {
    const found = new Set<string>();
    const met = new Set<PolicyNode>(this.nodes.values());
    for (const node of met) {
      if (node.policy === oids.anyPolicy) continue;
      for (const parent of node.parents) {
        if (parent.policy === oids.anyPolicy) found.add(node.policy);
        // A set is walked in order of insertion, with what is added on the way.
        met.add(parent);
      }
    }
    if (this.nodes.has(oids.anyPolicy)) found.add(oids.anyPolicy);
    return found;
  }
}

function targetsOf(mappings: readonly PolicyMapping[]): Map<string, Set<string>> {
  const targets = new Map<string, Set<string>>();
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const known = targets.get(issuerDomainPolicy);
    if (known) known.add(subjectDomainPolicy);
    else targets.set(issuerDomainPolicy, new Set([subjectDomainPolicy]));
  }
  return targets;
}
