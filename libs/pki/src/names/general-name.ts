import type { DerElement } from '../der/element';
import { childrenOf, expectTag, onlyChild } from '../der/reader';
import { asciiText } from '../der/text';
import { oidContent } from '../der/values';
import { tags } from '../der/element';
import { PkiError } from '../errors';
import { readName } from './distinguished-name';
import type { DistinguishedName } from './distinguished-name';

/** GeneralName (RFC 5280 §4.2.1.6). Kinds not read further keep their DER. */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  | { readonly kind: 'ip'; readonly octets: Uint8Array }
  | { readonly kind: 'registeredId'; readonly oid: string }
  | { readonly kind: 'other' | 'x400' | 'ediParty'; readonly der: Uint8Array };

export function readGeneralName(element: DerElement): GeneralName {
  switch (element.tag) {
    case 0xa0:
      return { kind: 'other', der: element.der };
    case 0x81:
      return { kind: 'email', text: asciiText(element.content) };
    case 0x82:
      return { kind: 'dns', text: asciiText(element.content) };
    case 0xa3:
      return { kind: 'x400', der: element.der };
    case 0xa4:
      return { kind: 'directory', name: readName(onlyChild(element)) };
    case 0xa5:
      return { kind: 'ediParty', der: element.der };
    case 0x86:
      return { kind: 'uri', text: asciiText(element.content) };
    case 0x87:
      return { kind: 'ip', octets: element.content };
    case 0x88:
      return { kind: 'registeredId', oid: oidContent(element) };
    default:
      throw new PkiError('DER_MALFORMED', `tag 0x${element.tag.toString(16)} is no GeneralName`);
  }
}

/** GeneralNames under SEQUENCE or under an IMPLICIT context tag; at least one. */
export function readGeneralNames(element: DerElement, tag: number = tags.sequence): GeneralName[] {
  const names = childrenOf(expectTag(element, tag)).map(readGeneralName);
  if (names.length === 0) throw new PkiError('DER_MALFORMED', 'GeneralNames is empty');
  return names;
}
