import type { ExtensionInput } from '../issuing/issue-certificate';
import {
  derExplicit,
  derIa5String,
  derImplicit,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derUtf8String,
} from '../der/writer';
import { encodeName } from '../issuing/names';
import type { NameAttributeInput } from '../issuing/names';
import { oids } from '../oids';

/** Extensions that path validation reads, as real authorities write them. */

export function certificatePolicies(...policies: readonly string[]): ExtensionInput {
  return {
    oid: oids.certificatePolicies,
    critical: true,
    value: derSequence(...policies.map((policy) => derSequence(derOid(policy)))),
  };
}

export function policyMappings(...pairs: readonly (readonly [string, string])[]): ExtensionInput {
  return {
    oid: oids.policyMappings,
    critical: true,
    value: derSequence(...pairs.map(([issuer, subject]) => derSequence(derOid(issuer), derOid(subject)))),
  };
}

export function policyConstraints(skip: {
  readonly requireExplicit?: number;
  readonly inhibitMapping?: number;
}): ExtensionInput {
  const { requireExplicit, inhibitMapping } = skip;
  return {
    oid: oids.policyConstraints,
    critical: true,
    value: derSequence(
      requireExplicit === undefined ? undefined : derImplicit(0, derInteger(requireExplicit)),
      inhibitMapping === undefined ? undefined : derImplicit(1, derInteger(inhibitMapping)),
    ),
  };
}

export function inhibitAnyPolicy(skip: number): ExtensionInput {
  return { oid: oids.inhibitAnyPolicy, critical: true, value: derInteger(skip) };
}

/** GeneralNames, DER. */
export const generalName = {
  email: (text: string) => derImplicit(1, derIa5String(text)),
  dns: (text: string) => derImplicit(2, derIa5String(text)),
  uri: (text: string) => derImplicit(6, derIa5String(text)),
  ip: (...octets: readonly number[]) => derImplicit(7, derOctetString(Uint8Array.from(octets))),
  directory: (...attributes: readonly NameAttributeInput[]) => derExplicit(4, encodeName(attributes)),
  registeredId: (oid: string) => derImplicit(8, derOid(oid)),
  other: (type: string, text: string) =>
    derImplicit(0, derSequence(derOid(type), derExplicit(0, derUtf8String(text)))),
} as const;

export function subjectAltName(...names: readonly Uint8Array[]): ExtensionInput {
  return { oid: oids.subjectAltName, value: derSequence(...names) };
}

export function nameConstraints(subtrees: {
  readonly permitted?: readonly Uint8Array[];
  readonly excluded?: readonly Uint8Array[];
}): ExtensionInput {
  const list = (number: number, bases?: readonly Uint8Array[]): Uint8Array | undefined =>
    bases && derImplicit(number, derSequence(...bases.map((base) => derSequence(base))));
  return {
    oid: oids.nameConstraints,
    critical: true,
    value: derSequence(list(0, subtrees.permitted), list(1, subtrees.excluded)),
  };
}
