import type { BlobRef, Tx } from '#platform';
import { newId } from '#platform';

import type { FileRow, FileStage } from '../document-row';

/** A new version of a file, its bytes already in the blob store. */
export interface NewVersion {
  readonly file: Pick<FileRow, 'id' | 'document_id' | 'page_count' | 'foreign_signatures'>;
  readonly draftNo: number;
  readonly stage: FileStage;
  readonly blob: BlobRef;
  readonly at: Date;
}

/** Keeps versions and makes each the current one of its file; one round trip. Returns their ids. */
export async function storeVersions(tx: Tx, versions: readonly NewVersion[]): Promise<string[]> {
  if (versions.length === 0) return [];
  const ids = versions.map(() => newId());
  const person = tx.actor.kind === 'person' ? tx.actor.personId : null;
  await tx.execute(
    `WITH given AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::uuid[], $7::text[], $8::int[],
         $9::int[], $10::int[], $11::timestamptz[])
         AS t (id, file_id, document_id, draft_no, stage, blob_id, sha256, size, page_count, foreign_signatures, created_at)
     ), kept AS (
       INSERT INTO workflow.file_version (id, file_id, document_id, draft_no, stage, blob_id, sha256, size, page_count,
         foreign_signatures, created_at, created_by)
       SELECT given.*, $12::uuid FROM given
     )
     UPDATE workflow.document_file f SET current_version_id = given.id FROM given WHERE f.id = given.file_id`,
    [
      ids,
      versions.map(({ file }) => file.id),
      versions.map(({ file }) => file.document_id),
      versions.map(({ draftNo }) => draftNo),
      versions.map(({ stage }) => stage),
      versions.map(({ blob }) => blob.id),
      versions.map(({ blob }) => blob.sha256),
      versions.map(({ blob }) => blob.size),
      versions.map(({ file }) => file.page_count),
      versions.map(({ file }) => file.foreign_signatures),
      versions.map(({ at }) => at),
      person,
    ],
  );
  return ids;
}
