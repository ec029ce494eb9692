import { derOid, derPrintableString, derSequence, derSetOf, derUtf8String, oids } from '#pki';

/** The parts of a distinguished name that the development PKI uses, most general first when encoded. */
export interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  /** organizationIdentifier (2.5.4.97): the agency's code. Agencies only, so that no person passes for one. */
  readonly organizationIdentifier?: string;
  readonly title?: string;
  /** X.520 serialNumber: tells persons of one name apart. */
  readonly serialNumber?: string;
}

/** Name, DER (RFC 5280 §4.1.2.4). */
export function subjectDer(subject: Subject): Uint8Array {
  const attribute = (oid: string, value: Uint8Array): Uint8Array => derSetOf(derSequence(derOid(oid), value));
  const text = (oid: string, value: string | undefined): Uint8Array | undefined =>
    value === undefined ? undefined : attribute(oid, derUtf8String(value));
  return derSequence(
    attribute(oids.countryName, derPrintableString('VN')),
    text(oids.organizationName, subject.organization),
    text(oids.organizationIdentifier, subject.organizationIdentifier),
    text(oids.title, subject.title),
    text(oids.serialNumber, subject.serialNumber),
    text(oids.commonName, subject.commonName),
  );
}
