import type { SignatureAlgorithm } from '../../crypto/algorithms';
import type { Decrypter, KeyAgreement } from '../../crypto/key-agreement';
import type { Signer } from '../../crypto/signer';
import { PkiError } from '../../errors';
import type { Handle } from './cryptoki';
import { sessionFlags, userFunctions } from './constants';
import type { InSession, KeyInUse, OpenToken } from './key-use';
import { loginAsUser } from './login';
import { calling, callingAsync, ignoringTokens } from './return-values';
import { tokenDecrypter, tokenKeyAgreement } from './token-decryption';
import type { TokenInfo } from './token-info';
import type { KeySelection, TokenKey } from './token-keys';
import { listKeys, selectKey } from './token-keys';
import { tokenSigner } from './token-signer';

export interface KeyUseOptions {
  /**
   * Asks a person for the PIN (UTF-8; wiped after use). Called once for each use of a key with
   * `asksPinEachTime`, which cannot be had without, and never for other keys.
   */
  readonly askPin?: () => Promise<Uint8Array>;
}

/** A token after login. Whoever opened it closes it. */
export interface TokenSession {
  readonly token: TokenInfo;
  /** The private keys that have a certificate on the token. Throws as tokens do. */
  keys(): Promise<readonly TokenKey[]>;
  /**
   * RSASSA-PSS, ECDSA or Ed25519 by the key unless `algorithm` says otherwise. Each signature is verified by the
   * certificate before it is handed out. Throws TOKEN_KEY_NOT_FOUND, TOKEN_AMBIGUOUS, TOKEN_UNSUPPORTED,
   * TOKEN_PIN_NEEDED, KEY_MISMATCH.
   */
  signer(
    selection: KeySelection,
    options?: KeyUseOptions & { readonly algorithm?: SignatureAlgorithm },
  ): Promise<Signer>;
  /** ECDH by an EC key. Throws as `signer` does. */
  keyAgreement(selection: KeySelection, options?: KeyUseOptions): Promise<KeyAgreement>;
  /** RSA-OAEP by an RSA key. Throws as `signer` does. */
  decrypter(selection: KeySelection, options?: KeyUseOptions): Promise<Decrypter>;
  /** Logs out, which ends every session of this process on the token, and closes. */
  close(): Promise<void>;
}

/** See `TokenModule.open`. */
export async function openSession(token: OpenToken, pin: Uint8Array): Promise<TokenSession> {
  const session = await token.queue(() => Promise.resolve(loginAsUser(token, pin)));
  return makeSession(token, session);
}

function makeSession(token: OpenToken, session: Handle): TokenSession {
  const { cryptoki, slot, queue, info } = token;
  let isOpen = true;
  const inSession: InSession = (doing, run) =>
    queue(async () => {
      if (!isOpen) throw new PkiError('TOKEN_SESSION_CLOSED', 'the session was closed');
      // The token may be logged in by others of this process by now: never act on their login.
      const { state } = calling(doing, () => cryptoki.C_GetSessionInfo(session));
      if (state !== userFunctions) throw new PkiError('TOKEN_SESSION_CLOSED', 'the login has ended');
      const own = calling(doing, () => cryptoki.C_OpenSession(slot, sessionFlags.serial));
      try {
        return await callingAsync(doing, () => run({ cryptoki, session: own }));
      } finally {
        ignoringTokens(() => {
          cryptoki.C_CloseSession(own);
        });
      }
    });
  const use = async (selection: KeySelection, { askPin }: KeyUseOptions): Promise<KeyInUse> => {
    const found = await inSession('looking for a key', async (objects) => ({
      key: await selectKey(objects, selection),
      mechanisms: new Set(cryptoki.C_GetMechanismList(slot)),
    }));
    if (!found.key.asksPinEachTime) return { token, inSession, ...found };
    if (!askPin) throw new PkiError('TOKEN_PIN_NEEDED', 'the key asks for the PIN at each use');
    return { token, inSession, ...found, askPin };
  };
  return {
    token: info,
    async keys() {
      const found = await inSession('listing keys', listKeys);
      return found.map(({ handle: _, ...key }) => key);
    },
    async signer(selection, options = {}) {
      return tokenSigner(await use(selection, options), options.algorithm);
    },
    async keyAgreement(selection, options = {}) {
      return tokenKeyAgreement(await use(selection, options));
    },
    async decrypter(selection, options = {}) {
      return tokenDecrypter(await use(selection, options));
    },
    close() {
      return queue(() => {
        if (!isOpen) return Promise.resolve();
        isOpen = false;
        // A token that was pulled out is logged out.
        ignoringTokens(() => {
          cryptoki.C_Logout(session);
        });
        ignoringTokens(() => {
          cryptoki.C_CloseSession(session);
        });
        return Promise.resolve();
      });
    },
  };
}
