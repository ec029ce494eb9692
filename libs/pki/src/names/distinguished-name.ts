import { equalBytes, toHex } from '../bytes';
import type { DerElement } from '../der/element';
import { tags } from '../der/element';
import { childrenOf, childrenOfSet, DerReader, expectTag } from '../der/reader';
import { isTextTag, textValue } from '../der/text';
import { oidValue } from '../der/values';
import { PkiError } from '../errors';
import { oids } from '../oids';
import { comparableText } from './comparable-text';

export interface NameAttribute {
  readonly type: string;
  /** Text of the value, or undefined when it is not a character string. */
  readonly text: string | undefined;
  /** DER of the value. */
  readonly value: Uint8Array;
}

/** Short names registered for LDAP (RFC 4514 §3, RFC 4519) or by X.520. */
const shortNames = new Map<string, string>([
  [oids.commonName, 'CN'],
  [oids.surname, 'SN'],
  [oids.serialNumber, 'serialNumber'],
  [oids.countryName, 'C'],
  [oids.localityName, 'L'],
  [oids.stateOrProvinceName, 'ST'],
  [oids.streetAddress, 'STREET'],
  [oids.organizationName, 'O'],
  [oids.organizationalUnitName, 'OU'],
  [oids.title, 'title'],
  [oids.givenName, 'givenName'],
  [oids.organizationIdentifier, 'organizationIdentifier'],
  [oids.domainComponent, 'DC'],
  [oids.userId, 'UID'],
]);

/** An X.501 name. Relative names are kept in the certificate's order, most general first. */
export class DistinguishedName {
  private normalised: readonly string[] | undefined;

  private joined: string | undefined;

  constructor(
    readonly der: Uint8Array,
    readonly relativeNames: readonly (readonly NameAttribute[])[],
  ) {}

  get isEmpty(): boolean {
    return this.relativeNames.length === 0;
  }

  get attributes(): readonly NameAttribute[] {
    return this.relativeNames.flat();
  }

  /** Text of the most specific attribute of this type (OID), if any. */
  get(type: string): string | undefined {
    return this.attributes.findLast((attribute) => attribute.type === type)?.text;
  }

  get commonName(): string | undefined {
    return this.get(oids.commonName);
  }

  get organization(): string | undefined {
    return this.get(oids.organizationName);
  }

  /** RFC 4514 string, most specific first. */
  toString(): string {
    return this.relativeNames
      .toReversed()
      .map((relative) => relative.map(attributeString).join('+'))
      .join(',');
  }

  /** One comparison key per relative name (RFC 5280 §7.1); equal keys mean equal relative names. */
  get keys(): readonly string[] {
    this.normalised ??= this.relativeNames.map((relative) => relative.map(attributeKey).sort().join('+'));
    return this.normalised;
  }

  /** One key for the whole name: equal keys mean equal names. */
  get key(): string {
    this.joined ??= JSON.stringify(this.keys);
    return this.joined;
  }

  equals(other: DistinguishedName): boolean {
    if (equalBytes(this.der, other.der)) return true;
    return this.key === other.key;
  }

  /** Whether this name stands in the subtree under `base` (RFC 5280 §4.2.1.10). */
  isWithin(base: DistinguishedName): boolean {
    return base.keys.every((key, index) => key === this.keys[index]);
  }
}

/** Reads a Name: SEQUENCE OF SET OF AttributeTypeAndValue. */
export function readName(element: DerElement): DistinguishedName {
  expectTag(element, tags.sequence);
  return new DistinguishedName(element.der, childrenOf(element).map(readRelativeName));
}

function readRelativeName(element: DerElement): NameAttribute[] {
  const attributes = childrenOfSet(element).map(readAttribute);
  if (attributes.length === 0) throw new PkiError('DER_MALFORMED', 'relative name without attributes');
  return attributes;
}

function readAttribute(element: DerElement): NameAttribute {
  const reader = new DerReader(element);
  const type = oidValue(reader.read(tags.oid));
  const value = reader.any();
  reader.finish();
  return { type, text: isTextTag(value.tag) ? textValue(value) : undefined, value: value.der };
}

function attributeKey({ type, text, value }: NameAttribute): string {
  const prepared = text === undefined ? undefined : comparableText(text);
  if (prepared === undefined) return `${type}#${toHex(value)}`;
  // Length-prefixed, so that no text can imitate the join of several attributes.
  return `${type}=${prepared.length}:${prepared}`;
}

function attributeString({ type, text, value }: NameAttribute): string {
  const name = shortNames.get(type);
  if (name === undefined || text === undefined) return `${name ?? type}=#${toHex(value)}`;
  return `${name}=${escapeValue(text)}`;
}

/** RFC 4514 §2.4. */
function escapeValue(text: string): string {
  return text
    .replace(/[\\"+,;<>]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
}
