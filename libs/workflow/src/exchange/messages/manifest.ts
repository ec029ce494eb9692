import { canonicalBytes } from '#translog';

import type { FileRole, IssuedDocument } from '../../issued-document';
import { fileRoles } from '../../issued-document';
import type { Secrecy, Urgency } from '../../rules/marks';
import { isTimed, secrecyCodes, urgencyCodes } from '../../rules/marks';
import type { DocumentIdentity, FileDigest, Party } from '../statements/parties';
import { readIdentity, readParty } from '../statements/parties';
import {
  canonicalValue,
  countOf,
  digestOf,
  idOf,
  instantOf,
  listOf,
  malformed,
  oneOf,
  recordOf,
  textOf,
} from '../statements/shape';

/** More files than any document of an office has; a bound against floods. */
const MAX_FILES = 200;

/** One file of a message, in the order of the document: main file, annexes, attachments. */
interface ManifestFile extends FileDigest {
  readonly title: string;
  readonly mediaType: string;
}

interface ManifestMarks {
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** ISO 8601 in UTC: when a timed express document (hỏa tốc hẹn giờ) must arrive; null for any other. */
  readonly urgencyAt: string | null;
}

/**
 * What a message says about itself: everything the recipient needs, so that nothing is asked of the sender.
 * Signed by the sending agency's evidence key; the counts let the recipient check that nothing is missing
 * (number of documents, pages of each).
 */
export interface Manifest {
  readonly v: 1;
  readonly kind: 'sealpost.message';
  readonly id: string;
  /** ISO 8601 in UTC: the moment the document was issued to the exchange. */
  readonly createdAt: string;
  /** edXML operation: 0 new. */
  readonly operation: 0;
  readonly sender: Party;
  readonly recipient: Party;
  readonly document: DocumentIdentity;
  /** Trích yếu; null where the document may have none. */
  readonly abstract: string | null;
  readonly marks: ManifestMarks;
  readonly files: readonly ManifestFile[];
  readonly counts: { readonly files: number; readonly pages: number };
}

export function makeManifest(
  issued: IssuedDocument,
  input: { readonly id: string; readonly createdAt: Date; readonly sender: Party; readonly recipient: Party },
): Manifest {
  const files = issued.files.map(({ role, title, mediaType, sha256, size, pageCount }) => ({
    role,
    title,
    mediaType,
    sha256,
    size,
    pages: pageCount,
  }));
  return {
    v: 1,
    kind: 'sealpost.message',
    id: input.id,
    createdAt: input.createdAt.toISOString(),
    operation: 0,
    sender: input.sender,
    recipient: input.recipient,
    document: identityOf(issued),
    abstract: issued.abstract,
    marks: {
      secrecy: issued.secrecy,
      urgency: issued.urgency,
      urgencyAt: issued.urgencyAt?.toISOString() ?? null,
    },
    files,
    counts: countsOf(files),
  };
}

export function identityOf(issued: IssuedDocument): DocumentIdentity {
  return {
    documentId: issued.documentId,
    agencyCode: issued.agencyCode,
    bodyId: issued.bodyId,
    typeCode: issued.typeCode,
    number: issued.number,
    symbol: issued.symbol,
    issuedOn: issued.issuedOn,
  };
}

/** The files as evidence names them: no title. */
export function fileDigestsOf(files: readonly FileDigest[]): readonly FileDigest[] {
  return files.map(({ role, sha256, size, pages }) => ({ role, sha256, size, pages }));
}

export function countsOf(files: readonly { readonly pages: number }[]): {
  readonly files: number;
  readonly pages: number;
} {
  return { files: files.length, pages: files.reduce((sum, { pages }) => sum + pages, 0) };
}

/** The bytes that are signed. */
export function manifestBytes(manifest: Manifest): Uint8Array<ArrayBuffer> {
  return canonicalBytes(manifest);
}

/**
 * Reads a manifest from its signed bytes. They must be canonical and hold exactly the known members; the counts must
 * agree with the list, and a time stands with a timed express document alone.
 *
 * @throws ExchangeError MESSAGE_MALFORMED
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const record = recordOf(canonicalValue(bytes, 'the manifest'), '$', [
    'v',
    'kind',
    'id',
    'createdAt',
    'operation',
    'sender',
    'recipient',
    'document',
    'abstract',
    'marks',
    'files',
    'counts',
  ]);
  const counts = recordOf(record['counts'], '$.counts', ['files', 'pages']);
  const manifest: Manifest = {
    v: oneOf(record['v'], '$.v', [1] as const),
    kind: oneOf(record['kind'], '$.kind', ['sealpost.message'] as const),
    id: idOf(record['id'], '$.id'),
    createdAt: instantOf(record['createdAt'], '$.createdAt'),
    operation: oneOf(record['operation'], '$.operation', [0] as const),
    sender: readParty(record['sender'], '$.sender'),
    recipient: readParty(record['recipient'], '$.recipient'),
    document: readIdentity(record['document'], '$.document'),
    abstract: record['abstract'] === null ? null : textOf(record['abstract'], '$.abstract', 2000),
    marks: readMarks(record['marks'], '$.marks'),
    files: listOf(record['files'], '$.files', MAX_FILES, readManifestFile),
    counts: {
      files: countOf(counts['files'], '$.counts.files'),
      pages: countOf(counts['pages'], '$.counts.pages'),
    },
  };
  checkAgreement(manifest);
  return manifest;
}

function readMarks(value: unknown, path: string): ManifestMarks {
  const record = recordOf(value, path, ['secrecy', 'urgency', 'urgencyAt']);
  const { urgencyAt } = record;
  return {
    secrecy: oneOf(record['secrecy'], `${path}.secrecy`, secrecyCodes),
    urgency: oneOf(record['urgency'], `${path}.urgency`, urgencyCodes),
    urgencyAt: urgencyAt === null ? null : instantOf(urgencyAt, `${path}.urgencyAt`),
  };
}

function readManifestFile(value: unknown, path: string): ManifestFile {
  const record = recordOf(value, path, ['role', 'title', 'mediaType', 'sha256', 'size', 'pages']);
  return {
    role: oneOf<FileRole>(record['role'], `${path}.role`, fileRoles),
    title: textOf(record['title'], `${path}.title`, 500),
    // Nothing else is taken in from people; a peer may not bring what they may not.
    mediaType: oneOf(record['mediaType'], `${path}.mediaType`, ['application/pdf'] as const),
    sha256: digestOf(record['sha256'], `${path}.sha256`),
    size: countOf(record['size'], `${path}.size`),
    pages: countOf(record['pages'], `${path}.pages`),
  };
}

function checkAgreement(manifest: Manifest): void {
  const { urgency, urgencyAt } = manifest.marks;
  if (isTimed(urgency) !== (urgencyAt !== null))
    throw malformed('$.marks.urgencyAt', 'a time for a timed express document, null for any other');
  const { files, pages } = countsOf(manifest.files);
  if (files === 0 || manifest.files[0]?.role !== 'main') throw malformed('$.files', 'a main file first');
  if (manifest.counts.files !== files || manifest.counts.pages !== pages)
    throw malformed('$.counts', 'the counts of the list');
  if (manifest.document.agencyCode !== manifest.sender.code)
    throw malformed('$.document.agencyCode', 'the sender');
}
