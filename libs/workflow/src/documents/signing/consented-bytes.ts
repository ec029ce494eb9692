import type { BlobStore } from '#platform';

import { sha256Hex } from '../../bytes-as-text';
import { WorkflowError } from '../../errors';
import type { BatchDocument } from './signing-batch';

/**
 * The bytes of one file, proved to be those that the person was shown.
 *
 * @throws WorkflowError FILE_CHANGED
 */
export async function consentedBytes(
  blobs: BlobStore,
  { consent, row }: BatchDocument['files'][number],
): Promise<Uint8Array> {
  if (consent.versionId !== row.version_id) throw new WorkflowError('FILE_CHANGED');
  const bytes = await blobs.get(row.blob_id);
  if (sha256Hex(bytes) !== consent.digest) throw new WorkflowError('FILE_CHANGED');
  return bytes;
}
