import { open } from 'node:fs/promises';
import type { Text } from './command';

export type FileProblemCode = 'FILE_UNREADABLE' | 'FILE_TOO_LARGE';

/** A file that could not be had whole; what the system said is kept from the person. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';

  constructor(
    readonly code: FileProblemCode,
    readonly text: Text,
    options?: ErrorOptions,
  ) {
    super(text.en, options);
  }
}

/**
 * Reads a file, or what comes through a pipe, of at most `maxBytes`; of a larger one no more than that is ever held.
 * @throws FileProblem
 */
export async function readBounded(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path);
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of file.createReadStream({
      highWaterMark: 1024 * 1024,
    }) as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      parts.push(part);
    }
    const { buffer, byteOffset } = Buffer.concat(parts);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (cause) {
    if (cause instanceof FileProblem) throw cause;
    const text = {
      vi: 'Không đọc được tệp. Hãy kiểm tra đường dẫn và quyền đọc tệp.',
      en: 'The file cannot be read. Check the path and the permission to read it.',
    };
    throw new FileProblem('FILE_UNREADABLE', text, { cause });
  }
}

function tooLarge(maxBytes: number): FileProblem {
  const limit = `${maxBytes / (1024 * 1024)} MiB`;
  return new FileProblem('FILE_TOO_LARGE', {
    vi: `Tệp lớn hơn ${limit} nên không được đọc. Hãy kiểm tra xem có đúng tệp không.`,
    en: `The file is larger than ${limit} and was not read. Check that it is the right one.`,
  });
}
