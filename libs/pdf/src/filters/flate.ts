import { Inflate, zlibSync } from 'fflate';
import { byteAt, concatBytes, copyBytes } from '../bytes';
import { damaged, PdfError } from '../errors';

/** Raised when a stream decodes to more than it may: a decompression bomb, or a file beyond our limits. */
export function tooLong(limit: number): PdfError {
  return new PdfError('PDF_LIMIT_EXCEEDED', 'a stream decodes to more bytes than allowed', {
    detail: { maxDecodedBytes: limit },
  });
}

/**
 * Inflates zlib data (RFC 1950), never holding much more than `limit` bytes: input goes in small pieces, each of
 * which can grow at most about a thousandfold, and the sum is checked after each.
 */
export function inflate(data: Uint8Array, limit: number): Uint8Array {
  const cmf = byteAt(data, 0);
  if ((cmf & 0x0f) !== 8 || ((cmf << 8) | byteAt(data, 1)) % 31 !== 0 || (byteAt(data, 1) & 0x20) !== 0) {
    throw damaged('a compressed stream has no zlib header');
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflater = new Inflate((part) => {
    length += part.length;
    if (length > limit) throw tooLong(limit);
    // fflate hands out views of a buffer that it goes on using.
    if (part.length > 0) parts.push(copyBytes(part));
  });
  const step = 4096;
  try {
    for (let at = 2; at < data.length; at += step) {
      const end = Math.min(at + step, data.length);
      inflater.push(data.subarray(at, end), end === data.length);
    }
  } catch (cause) {
    if (cause instanceof PdfError) throw cause;
    throw new PdfError('PDF_DAMAGED', 'a compressed stream cannot be decoded', { cause });
  }
  return concatBytes(parts);
}

/** zlib data at a level that favours small stored files over speed. */
export function deflate(data: Uint8Array): Uint8Array {
  return zlibSync(data, { level: 6 });
}
