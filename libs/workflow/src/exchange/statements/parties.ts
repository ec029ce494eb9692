import type { FileRole } from '../../issued-document';
import { fileRoles } from '../../issued-document';
import { countOf, dayOf, digestOf, idOf, oneOf, recordOf, textOf } from './shape';

/** Agency codes are opaque: 13 characters in the usual scheme, shorter and longer ones exist. */
const MAX_CODE = 64;

/** An agency as it is named in messages and evidence. */
export interface Party {
  readonly code: string;
  readonly name: string;
}

/**
 * Which document is meant, everywhere and for ever: issuing body, type, number and date. The number alone
 * exists in many places.
 */
export interface DocumentIdentity {
  readonly documentId: string;
  readonly agencyCode: string;
  readonly bodyId: string;
  readonly typeCode: string;
  readonly number: string;
  /** Number and symbol as on the page: `57-NQ/TW`. */
  readonly symbol: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
}

/** A file as evidence names it. */
export interface FileDigest {
  readonly role: FileRole;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  readonly pages: number;
}

export function readParty(value: unknown, path: string): Party {
  const record = recordOf(value, path, ['code', 'name']);
  return {
    code: textOf(record['code'], `${path}.code`, MAX_CODE),
    name: textOf(record['name'], `${path}.name`, 500),
  };
}

export function readIdentity(value: unknown, path: string): DocumentIdentity {
  const record = recordOf(value, path, [
    'documentId',
    'agencyCode',
    'bodyId',
    'typeCode',
    'number',
    'symbol',
    'issuedOn',
  ]);
  return {
    documentId: idOf(record['documentId'], `${path}.documentId`),
    agencyCode: textOf(record['agencyCode'], `${path}.agencyCode`, MAX_CODE),
    bodyId: idOf(record['bodyId'], `${path}.bodyId`),
    typeCode: textOf(record['typeCode'], `${path}.typeCode`, 20),
    number: textOf(record['number'], `${path}.number`, 20),
    symbol: textOf(record['symbol'], `${path}.symbol`, 60),
    issuedOn: dayOf(record['issuedOn'], `${path}.issuedOn`),
  };
}

export function readFileDigest(value: unknown, path: string): FileDigest {
  const record = recordOf(value, path, ['role', 'sha256', 'size', 'pages']);
  return {
    role: oneOf(record['role'], `${path}.role`, fileRoles),
    sha256: digestOf(record['sha256'], `${path}.sha256`),
    size: countOf(record['size'], `${path}.size`),
    pages: countOf(record['pages'], `${path}.pages`),
  };
}
