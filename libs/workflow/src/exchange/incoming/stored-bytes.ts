import type { BlobStore } from '#platform';
import { problem } from '#platform';

import { sha256Hex } from '../../bytes-as-text';

/**
 * The bytes of a stored file, compared once more with the digest that its sender signed: a row that names another blob
 * does not pass for the document.
 *
 * @throws ProblemError BLOB_DAMAGED
 */
export async function storedBytes(
  blobs: BlobStore,
  file: { readonly blob_id: string; readonly sha256: string },
): Promise<Uint8Array> {
  const bytes = await blobs.get(file.blob_id);
  if (sha256Hex(bytes) !== file.sha256) throw problem('BLOB_DAMAGED');
  return bytes;
}
