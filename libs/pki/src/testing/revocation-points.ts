import type { DistinguishedName } from '../names/distinguished-name';
import type { ExtensionInput } from '../issuing/issue-certificate';
import {
  derBoolean,
  derExplicit,
  derIa5String,
  derImplicit,
  derInteger,
  derNamedBits,
  derOid,
  derSequence,
  derSetOf,
  derUtf8String,
} from '../der/writer';
import { oids } from '../oids';

/** A DistributionPointName: in full by an address or a name, or by a commonName under the issuer of the list. */
export type PointName =
  { readonly url: string } | { readonly name: DistinguishedName } | { readonly under: string };

function pointName(point: PointName): Uint8Array {
  if ('url' in point) return derExplicit(0, derImplicit(6, derIa5String(point.url)));
  if ('name' in point) return derExplicit(0, derExplicit(4, point.name.der));
  return derImplicit(1, derSetOf(derSequence(derOid(oids.commonName), derUtf8String(point.under))));
}

export interface PointInput {
  readonly point?: PointName;
  /** Bits of ReasonFlags. */
  readonly reasons?: readonly number[];
  readonly crlIssuer?: DistinguishedName;
}

/** cRLDistributionPoints, or freshestCRL. */
export function distributionPoints(
  points: readonly PointInput[],
  oid: string = oids.cRLDistributionPoints,
): ExtensionInput {
  const encoded = points.map(({ point, reasons, crlIssuer }) =>
    derSequence(
      point && derExplicit(0, pointName(point)),
      reasons && derImplicit(1, derNamedBits(reasons)),
      crlIssuer && derExplicit(2, derExplicit(4, crlIssuer.der)),
    ),
  );
  return { oid, value: derSequence(...encoded) };
}

export interface IssuingPointInput {
  readonly point?: PointName;
  readonly only?: 'users' | 'authorities' | 'attributes';
  readonly reasons?: readonly number[];
  readonly indirect?: true;
}

export function issuingPoint({ point, only, reasons, indirect }: IssuingPointInput): ExtensionInput {
  const yes = (number: number): Uint8Array => derImplicit(number, derBoolean(true));
  const value = derSequence(
    point && derExplicit(0, pointName(point)),
    only === 'users' ? yes(1) : undefined,
    only === 'authorities' ? yes(2) : undefined,
    reasons && derImplicit(3, derNamedBits(reasons)),
    indirect && yes(4),
    only === 'attributes' ? yes(5) : undefined,
  );
  return { oid: oids.issuingDistributionPoint, critical: true, value };
}

/** Makes a list a delta to the list of this number. */
export function deltaTo(base: number): ExtensionInput {
  return { oid: oids.deltaCRLIndicator, critical: true, value: derInteger(base) };
}

/** Entry extension: this entry and those after it are of another issuer. */
export function certificateIssuer(name: DistinguishedName): ExtensionInput {
  return { oid: oids.certificateIssuer, critical: true, value: derSequence(derExplicit(4, name.der)) };
}
