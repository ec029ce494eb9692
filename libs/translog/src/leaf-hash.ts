/** Separates leaves from inner nodes, so that neither can pass for the other (RFC 6962 §2.1). */
const LEAF_PREFIX = 0x00;

/**
 * The Merkle leaf hash of an entry: SHA-256(0x00 ‖ entry bytes), 32 bytes (RFC 6962 §2.1).
 */
export async function leafHash(entry: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const input = new Uint8Array(entry.length + 1);
  input[0] = LEAF_PREFIX;
  input.set(entry, 1);
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', input));
}
