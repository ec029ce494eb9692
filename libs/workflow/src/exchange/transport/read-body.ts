import type { IncomingMessage } from 'node:http';

import { ExchangeError } from '../exchange-error';

/**
 * The whole body of a request, up to a limit; a longer one is refused without being read.
 *
 * @throws ExchangeError MESSAGE_TOO_LARGE
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) throw new ExchangeError('MESSAGE_TOO_LARGE', `${declared} bytes`);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    length += bytes.length;
    if (length > limit) throw new ExchangeError('MESSAGE_TOO_LARGE', `more than ${limit} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
