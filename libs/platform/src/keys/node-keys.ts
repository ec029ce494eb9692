import type { KeyObject } from 'node:crypto';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { chmod, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlatformError } from '../platform-error';

const keyLength = 32;
const keyIdLength = 8;
const nonceLength = 12;
const tagLength = 16;
const version = 1;
const overhead = 1 + keyIdLength + nonceLength + tagLength;

/**
 * The node key: 32 random bytes in a file outside the database, without which nothing sealed at rest opens.
 *
 * Wrapped bytes are `version (1) ‖ key id (8) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`, AES-256-GCM (NIST SP
 * 800-38D); the header and the caller's context are authenticated with them. The key id is the head of
 * SHA-256 over the key, so that a wrong key is told from damage.
 */
export class NodeKeys {
  readonly keyId: Uint8Array;
  private readonly master: KeyObject;

  constructor(private readonly key: Uint8Array) {
    if (key.length !== keyLength)
      throw new PlatformError('NODE_KEY_UNUSABLE', `the node key must be ${keyLength} bytes`);
    this.keyId = createHash('sha256')
      .update('sealpost node key v1')
      .update(key)
      .digest()
      .subarray(0, keyIdLength);
    this.master = createSecretKey(key);
  }

  /** @param context what the bytes are (`blob:…`, `private-key:…`): unwrapping needs the same. */
  wrap(bytes: Uint8Array, context: string): Uint8Array {
    const nonce = randomBytes(nonceLength);
    const header = Buffer.concat([Buffer.of(version), this.keyId, nonce]);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce, { authTagLength: tagLength });
    cipher.setAAD(authenticated(header, context));
    const body = cipher.update(bytes);
    cipher.final();
    return Buffer.concat([header, body, cipher.getAuthTag()]);
  }

  /** Throws a PlatformError `UNWRAP_FAILED` for damage, another context or another key. */
  unwrap(wrapped: Uint8Array, context: string): Uint8Array {
    if (wrapped.length < overhead || wrapped[0] !== version)
      throw new PlatformError('UNWRAP_FAILED', 'not bytes wrapped by a node key');
    const headerLength = 1 + keyIdLength + nonceLength;
    const header = wrapped.subarray(0, headerLength);
    if (!this.keyId.every((byte, index) => byte === header[1 + index]))
      throw new PlatformError('UNWRAP_FAILED', 'wrapped by another node key');
    const decipher = createDecipheriv('aes-256-gcm', this.key, header.subarray(1 + keyIdLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(authenticated(header, context));
    decipher.setAuthTag(wrapped.subarray(wrapped.length - tagLength));
    const body = decipher.update(wrapped.subarray(headerLength, wrapped.length - tagLength));
    try {
      decipher.final();
    } catch (cause) {
      throw new PlatformError('UNWRAP_FAILED', 'the wrapped bytes are damaged or belong elsewhere', {
        cause,
      });
    }
    return body;
  }

  /**
   * A key for one purpose and salt (HKDF-SHA-256). As a key object: given bytes, node:crypto throws and catches an
   * error inside to find out that they are none, which costs more than the cryptography.
   */
  deriveKey(salt: Uint8Array, purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.master, salt, purpose, keyLength)));
  }

  /** The key itself, for a backup that wraps it under a passphrase. */
  exportKey(): Uint8Array {
    return Uint8Array.from(this.key);
  }
}

function authenticated(header: Uint8Array, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context, 'utf8')]);
}

/**
 * Reads the node key, or makes it if the file is absent; of several processes that start together one wins.
 * Refuses a file that others may read.
 */
export async function openNodeKeys(
  file: string,
  absence: 'make it' | 'must exist' = 'make it',
): Promise<NodeKeys> {
  if (absence === 'make it') await createIfAbsent(file);
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0)
    throw new PlatformError('NODE_KEY_UNUSABLE', `others may read ${file}: set its mode to 0600`);
  return new NodeKeys(await readFile(file));
}

async function createIfAbsent(file: string): Promise<void> {
  if (await exists(file)) return;
  await writeNodeKey(file, randomBytes(keyLength));
}

/** Writes a key file with mode 0600 that appears whole or not at all; leaves an existing one untouched. */
export async function writeNodeKey(file: string, key: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(temporary, 0o600);
  try {
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
}
