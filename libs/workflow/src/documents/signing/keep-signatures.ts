import type { BlobRef, Tx } from '#platform';

import type { ReachedLevel } from '../../trust/timestamps';
import type { FileStage } from '../document-row';
import { storeVersions } from '../files/store-version';
import type { BatchDocument, SigningBatch } from './signing-batch';

/** A file that was signed outside of any transaction, its bytes in the blob store. */
export interface SignedFile {
  readonly file: BatchDocument['files'][number];
  readonly blob: BlobRef;
  readonly level: ReachedLevel;
}

/** Keeps the signed versions, makes them current and writes down who signed, as what, with which certificate. */
export async function keepSignatures(
  tx: Tx,
  batch: SigningBatch,
  document: BatchDocument,
  signed: { readonly files: readonly SignedFile[]; readonly stage: FileStage; readonly at: Date },
): Promise<void> {
  const { row } = document;
  const versionIds = await storeVersions(
    tx,
    signed.files.map(({ file, blob }) => ({
      file: file.row,
      draftNo: row.draft_no,
      stage: signed.stage,
      blob,
      at: signed.at,
    })),
  );
  const personal = batch.purpose === 'personal';
  await tx.execute(
    `INSERT INTO workflow.signature (file_version_id, level, document_id, operation_id, kind, person_id, agency_id,
       post_id, capacity_code, signature_block, certificate, signed_at)
     SELECT s.version_id, s.level, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
     FROM unnest($1::uuid[], $2::text[]) AS s (version_id, level)`,
    [
      versionIds,
      signed.files.map(({ level }) => level),
      row.id,
      batch.operationId,
      batch.purpose,
      batch.actor.personId,
      row.agency_id,
      personal ? row.signer_post_id : null,
      personal ? row.capacity_code : null,
      personal ? row.signature_block : null,
      Buffer.from(batch.signer.certificate.der),
      signed.at,
    ],
  );
}

/** The weakest level among the files: what the document as a whole has reached. */
export function reachedLevel(files: readonly SignedFile[]): ReachedLevel {
  return files.some(({ level }) => level === 'B-B') ? 'B-B' : 'B-T';
}
