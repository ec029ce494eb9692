import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
