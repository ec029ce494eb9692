import { users } from './constants';
import type { Cryptoki, Handle, Mechanism } from './cryptoki';
import { loginOnce } from './login';
import type { Queue } from './queue';
import type { TokenInfo } from './token-info';
import type { FoundKey, TokenObjects } from './token-keys';

export interface OpenToken {
  readonly cryptoki: Cryptoki;
  readonly slot: Handle;
  readonly info: TokenInfo;
  readonly queue: Queue;
}

/**
 * What a key's operation runs in: a session of its own, so that one that fails halfway, or a secret it derived,
 * is gone with it. The login is the token's, not the session's (PKCS#11 §5.6).
 */
export type InSession = <T>(doing: string, run: (token: TokenObjects) => Promise<T>) => Promise<T>;

export interface KeyInUse {
  readonly token: OpenToken;
  readonly key: FoundKey;
  /** What the token can do, CKM_ numbers. */
  readonly mechanisms: ReadonlySet<number>;
  readonly inSession: InSession;
  /** Present for keys that ask for the PIN at each use. */
  readonly askPin?: () => Promise<Uint8Array>;
}

/** Longer than any signature or decrypted text of a key that is accepted (RSA of 16,384 bits). */
const longestOutput = 2048;

/** Buffers of calls under way. A call runs in a thread of its own that sees only their addresses. */
const underWay = new Set<Buffer>();

/**
 * One signature or decryption. The PIN, where the key wants it each time, is asked for before the token's turn is
 * taken, and given between Init and the operation (CKU_CONTEXT_SPECIFIC, PKCS#11 §5.6.6).
 */
export async function useKey(
  use: KeyInUse,
  purpose: 'sign' | 'decrypt',
  mechanism: Mechanism,
  input: Uint8Array,
): Promise<Uint8Array> {
  const { token, key, inSession } = use;
  const { cryptoki } = token;
  const pin = await use.askPin?.();
  const given = Buffer.from(input);
  const output = Buffer.alloc(longestOutput);
  underWay.add(given).add(output);
  try {
    return await inSession(purpose === 'sign' ? 'signing' : 'decrypting', async ({ session }) => {
      if (purpose === 'sign') cryptoki.C_SignInit(session, mechanism, key.handle);
      else cryptoki.C_DecryptInit(session, mechanism, key.handle);
      if (pin) loginOnce(token, session, users.contextSpecific, pin);
      const made =
        purpose === 'sign'
          ? await cryptoki.C_SignAsync(session, given, output)
          : await cryptoki.C_DecryptAsync(session, given, output);
      return new Uint8Array(made);
    });
  } finally {
    pin?.fill(0);
    output.fill(0);
    underWay.delete(given);
    underWay.delete(output);
  }
}
