import { StreamableFile } from '@nestjs/common';

import type { FileContent } from './read-file';

/** A file as HTTP hands it out, with its Vietnamese name (RFC 6266, RFC 8187). */
export function fileAnswer(content: FileContent): StreamableFile {
  const name = encodeURIComponent(content.fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return new StreamableFile(content.stream, {
    type: content.mediaType,
    length: content.size,
    disposition: `attachment; filename="document.pdf"; filename*=UTF-8''${name}`,
  });
}
