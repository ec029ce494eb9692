import fc from 'fast-check';
import type { Certificate, Extension } from '../certificate/certificate';
import { encodeName } from '../issuing/names';
import { readDer } from '../der/element';
import { readName } from '../names/distinguished-name';
import { oids } from '../oids';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../testing/test-extensions';
import { testRoot } from '../testing/test-pki';
import { PolicyLevel } from './policy-graph';
import { judgePolicies } from './policies';
import type { PolicySettings } from './policy-settings';

/** What one certificate of a path says, the one next to the anchor first. */
interface Said {
  readonly policies?: readonly string[];
  readonly mappings: readonly (readonly [string, string])[];
  readonly requireExplicit?: number;
  readonly inhibitMapping?: number;
  readonly inhibitAny?: number;
  readonly isSelfIssued: boolean;
}

interface TreeNode {
  readonly policy: string;
  expected: string[];
  readonly parent: TreeNode | undefined;
  readonly depth: number;
}

const any = oids.anyPolicy;

/** RFC 5280 §6.1 word by word, as the tree that it describes: the other opinion, for small paths only. */
function byTree(
  path: readonly Said[],
  settings: PolicySettings,
): { readonly isAccepted: boolean; readonly policies: ReadonlySet<string> } {
  const n = path.length;
  let tree: TreeNode[] = [{ policy: any, expected: [any], parent: undefined, depth: 0 }];
  let explicit = settings.requireExplicit ? 0 : n + 1;
  let mapping = settings.inhibitMapping ? 0 : n + 1;
  let inhibitAny = settings.inhibitAny ? 0 : n + 1;
  const at = (depth: number): TreeNode[] => tree.filter((node) => node.depth === depth);
  const prune = (depth: number): void => {
    for (let level = depth - 1; level >= 0; level--) {
      tree = tree.filter((node) => node.depth !== level || tree.some((child) => child.parent === node));
    }
  };
  for (const [position, said] of path.entries()) {
    const i = position + 1;
    const isLast = i === n;
    if (said.policies === undefined) tree = [];
    else if (tree.length > 0) {
      for (const policy of said.policies.filter((found) => found !== any)) {
        const matches = at(i - 1).filter((node) => node.expected.includes(policy));
        const parents = matches.length > 0 ? matches : at(i - 1).filter((node) => node.policy === any);
        for (const parent of parents) tree.push({ policy, expected: [policy], parent, depth: i });
      }
      if (said.policies.includes(any) && (inhibitAny > 0 || (!isLast && said.isSelfIssued))) {
        for (const parent of at(i - 1)) {
          for (const policy of parent.expected) {
            const isThere = tree.some((node) => node.parent === parent && node.policy === policy);
            if (!isThere) tree.push({ policy, expected: [policy], parent, depth: i });
          }
        }
      }
      prune(i);
    }
    if (explicit === 0 && tree.length === 0) return { isAccepted: false, policies: new Set() };
    if (isLast) {
      if (explicit > 0) explicit--;
      if (said.requireExplicit === 0) explicit = 0;
      break;
    }
    for (const issuerPolicy of new Set(said.mappings.map(([from]) => from))) {
      const targets = said.mappings.filter(([from]) => from === issuerPolicy).map(([, to]) => to);
      const nodes = at(i).filter((node) => node.policy === issuerPolicy);
      if (mapping > 0) {
        for (const node of nodes) node.expected = targets;
        const anyNode = at(i).find((node) => node.policy === any);
        if (nodes.length === 0 && anyNode) {
          tree.push({ policy: issuerPolicy, expected: targets, parent: anyNode.parent, depth: i });
        }
      } else {
        tree = tree.filter((node) => !nodes.includes(node));
        prune(i);
      }
    }
    if (!said.isSelfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, said.requireExplicit ?? Infinity);
    mapping = Math.min(mapping, said.inhibitMapping ?? Infinity);
    inhibitAny = Math.min(inhibitAny, said.inhibitAny ?? Infinity);
  }
  const isRooted = (node: TreeNode): boolean => node.policy !== any && node.parent?.policy === any;
  const authorities = new Set(tree.filter(isRooted).map((node) => node.policy));
  const hasAny = at(n).some((node) => node.policy === any);
  if (hasAny) authorities.add(any);
  const { acceptable } = settings;
  const policies =
    !acceptable || acceptable.includes(any)
      ? authorities
      : new Set(acceptable.filter((policy) => hasAny || authorities.has(policy)));
  return { isAccepted: explicit > 0 || policies.size > 0, policies };
}

describe('the graph of policies', () => {
  let model: Certificate;

  beforeAll(async () => {
    model = (await testRoot()).certificate;
  });

  const other = readName(readDer(encodeName([[oids.commonName, 'other']])));

  /** A certificate as far as policies are concerned: nothing is signed. */
  function certificateOf(said: Said): Certificate {
    const { policies, mappings, requireExplicit, inhibitMapping, inhibitAny, isSelfIssued } = said;
    const hasConstraints = requireExplicit !== undefined || inhibitMapping !== undefined;
    const extensions = [
      ...(policies ? [certificatePolicies(...policies)] : []),
      ...(mappings.length > 0 ? [policyMappings(...mappings)] : []),
      ...(hasConstraints
        ? [
            policyConstraints({
              ...(requireExplicit === undefined ? {} : { requireExplicit }),
              ...(inhibitMapping === undefined ? {} : { inhibitMapping }),
            }),
          ]
        : []),
      ...(inhibitAny === undefined ? [] : [inhibitAnyPolicy(inhibitAny)]),
    ].map(({ oid, value }): Extension => ({ oid, critical: true, value }));
    return { ...model, issuer: isSelfIssued ? model.subject : other, extensions };
  }

  const policy = fc.constantFrom('1.1', '1.2', '1.3');
  const skip = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 4 });
  const said: fc.Arbitrary<Said> = fc.record(
    {
      policies: fc.uniqueArray(fc.constantFrom('1.1', '1.2', '1.3', any), { minLength: 1 }),
      mappings: fc.array(fc.tuple(policy, policy), { maxLength: 3 }),
      requireExplicit: skip,
      inhibitMapping: skip,
      inhibitAny: skip,
      isSelfIssued: fc.boolean(),
    },
    { requiredKeys: ['mappings', 'isSelfIssued'] },
  ) as fc.Arbitrary<Said>;
  const settings = fc.record(
    {
      acceptable: fc.uniqueArray(fc.constantFrom('1.1', '1.2', any), { minLength: 1 }),
      requireExplicit: fc.boolean(),
      inhibitMapping: fc.boolean(),
      inhibitAny: fc.boolean(),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<PolicySettings>;

  it('says what the tree of RFC 5280 says', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 5 }), settings, (path, wanted) => {
        const certificates = [model, ...path.map(certificateOf)].toReversed();
        const { failures, policies } = judgePolicies(certificates, wanted);
        const tree = byTree(path, wanted);
        expect(failures.length === 0).toBe(tree.isAccepted);
        if (tree.isAccepted) expect(new Set(policies.user)).toEqual(tree.policies);
      }),
      { numRuns: 3000 },
    );
  });

  it('stays as small as the certificates where the tree would be of 2^40 nodes', () => {
    let level = PolicyLevel.first;
    for (let depth = 0; depth < 40; depth++) {
      level = level.below(['1.1', '1.2'], { isHonoured: true }).mapped([
        { issuerDomainPolicy: '1.1', subjectDomainPolicy: '1.1' },
        { issuerDomainPolicy: '1.1', subjectDomainPolicy: '1.2' },
        { issuerDomainPolicy: '1.2', subjectDomainPolicy: '1.1' },
        { issuerDomainPolicy: '1.2', subjectDomainPolicy: '1.2' },
      ]);
      expect(level.size).toBe(2);
    }
    expect([...level.authoritiesConstrained()].sort()).toEqual(['1.1', '1.2']);
  });
});
