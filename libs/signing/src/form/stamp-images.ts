import { imageXObject, PdfError, prepareImage } from '#pdf';
import type { IncrementalWriter, PdfRef, PreparedImage } from '#pdf';
import { digest, toHex } from '#pki';
import { SigningError } from '../signing-error';

/** An agency stamps thousands of files with a few pictures: unpacking one costs more than the signature. */
const maxKept = 64;
const kept = new Map<string, PreparedImage>();

/** Puts a PNG into the new revision. @throws SigningError IMAGE_UNREADABLE */
export async function stampImage(writer: IncrementalWriter, png: Uint8Array): Promise<PdfRef> {
  const key = toHex(await digest('SHA-256', png));
  const image = kept.get(key) ?? unpack(png);
  kept.delete(key);
  kept.set(key, image);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return imageXObject(writer, image);
}

function unpack(png: Uint8Array): PreparedImage {
  try {
    return prepareImage(png);
  } catch (error) {
    if (error instanceof PdfError)
      throw new SigningError('IMAGE_UNREADABLE', error.message, { cause: error });
    throw error;
  }
}
