import { tags } from '../der/element';
import {
  derIa5String,
  derOid,
  derPrintableString,
  derSequence,
  derSetOf,
  derUtf8String,
  tlv,
} from '../der/writer';
import { concatBytes } from '../bytes';
import { oids } from '../oids';

/** One attribute of a name to be written: type (OID) and text. One relative name each. */
export type NameAttributeInput = readonly [type: string, text: string];

const printableTypes: ReadonlySet<string> = new Set([oids.countryName, oids.serialNumber, oids.dnQualifier]);
const ia5Types: ReadonlySet<string> = new Set([oids.domainComponent, oids.emailAddress]);

/** Name, DER; the attributes most general first. Text is composed (NFC) UTF-8 (RFC 5280 §4.1.2.4). */
export function encodeName(attributes: readonly NameAttributeInput[]): Uint8Array {
  const relativeNames = attributes.map(([type, text]) =>
    derSetOf(derSequence(derOid(type), encodeText(type, text))),
  );
  return tlv(tags.sequence, concatBytes(relativeNames));
}

function encodeText(type: string, text: string): Uint8Array {
  if (printableTypes.has(type)) return derPrintableString(text);
  if (ia5Types.has(type)) return derIa5String(text);
  return derUtf8String(text.normalize('NFC'));
}
