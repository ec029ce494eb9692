import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { PlatformError } from '../platform-error';

/**
 * A sealed blob, format 1:
 *
 *     'SPB1' ‖ key id (8) ‖ salt (32) ‖ chunk* ‖ last chunk
 *
 * Each chunk is up to 64 KiB of content under AES-256-GCM with its 16-byte tag. The key is HKDF-SHA-256 of the
 * node key with the salt; the nonce is the chunk's number (11 bytes, big-endian) and a byte that is 1 for
 * the last chunk only, so that chunks cannot be reordered, dropped or cut off unnoticed (the STREAM
 * construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015). Header and blob id are authenticated with each.
 */
export const chunkLength = 64 * 1024;
export const tagLength = 16;
const magic = Buffer.from('SPB1', 'latin1');
const keyIdLength = 8;
const saltLength = 32;
export const headerLength = magic.length + keyIdLength + saltLength;

export interface NodeKeySource {
  readonly keyId: Uint8Array;
  deriveKey(salt: Uint8Array, purpose: string): KeyObject;
}

/** Seals chunk by chunk, in order. */
export class ChunkSealer {
  readonly header: Uint8Array;
  private readonly key: KeyObject;
  private readonly aad: Uint8Array;
  private index = 0n;

  constructor(keys: NodeKeySource, blobId: string) {
    const salt = randomBytes(saltLength);
    this.header = Buffer.concat([magic, keys.keyId, salt]);
    this.key = keys.deriveKey(salt, 'sealpost blob v1');
    this.aad = Buffer.concat([this.header, Buffer.from(blobId, 'latin1')]);
  }

  seal(content: Uint8Array, position: 'inner' | 'last'): Uint8Array {
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce(this.index, position), {
      authTagLength: tagLength,
    });
    this.index += 1n;
    cipher.setAAD(this.aad);
    const body = cipher.update(content);
    cipher.final();
    return Buffer.concat([body, cipher.getAuthTag()]);
  }
}

/** Opens chunk by chunk, in order; throws a PlatformError `BLOB_DAMAGED` and releases nothing of a bad chunk. */
export class ChunkOpener {
  private readonly key: KeyObject;
  private readonly aad: Uint8Array;
  private index = 0n;

  constructor(keys: NodeKeySource, blobId: string, header: Uint8Array) {
    if (header.length !== headerLength || !magic.equals(header.subarray(0, magic.length)))
      throw damaged(blobId);
    const keyId = header.subarray(magic.length, magic.length + keyIdLength);
    if (!Buffer.from(keys.keyId).equals(keyId))
      throw new PlatformError('BLOB_DAMAGED', `blob ${blobId} was sealed by another node key`);
    this.key = keys.deriveKey(header.subarray(magic.length + keyIdLength), 'sealpost blob v1');
    this.aad = Buffer.concat([header, Buffer.from(blobId, 'latin1')]);
    this.blobId = blobId;
  }

  private readonly blobId: string;

  open(chunk: Uint8Array, position: 'inner' | 'last'): Uint8Array {
    if (chunk.length < tagLength) throw damaged(this.blobId);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce(this.index, position), {
      authTagLength: tagLength,
    });
    this.index += 1n;
    decipher.setAAD(this.aad);
    decipher.setAuthTag(chunk.subarray(chunk.length - tagLength));
    const content = decipher.update(chunk.subarray(0, chunk.length - tagLength));
    try {
      decipher.final();
    } catch (cause) {
      throw damaged(this.blobId, cause);
    }
    return content;
  }
}

function nonce(index: bigint, position: 'inner' | 'last'): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(index, 3);
  bytes[11] = position === 'last' ? 1 : 0;
  return bytes;
}

function damaged(blobId: string, cause?: unknown): PlatformError {
  return new PlatformError('BLOB_DAMAGED', `blob ${blobId} is damaged`, cause === undefined ? {} : { cause });
}
