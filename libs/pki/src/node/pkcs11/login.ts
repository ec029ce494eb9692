import type { PkiErrorDetail } from '../../errors';
import { PkiError } from '../../errors';
import { sessionFlags, users } from './constants';
import type { Handle } from './cryptoki';
import type { OpenToken } from './key-use';
import { calling, ignoringTokens, tokenFailure } from './return-values';
import { pinState } from './token-info';

/** A session that keeps the token logged in. Throws as `TokenModule.open` says. */
export function loginAsUser(token: OpenToken, pin: Uint8Array): Handle {
  const { cryptoki, slot, info } = token;
  if (info.pin === 'locked') throw new PkiError('TOKEN_PIN_LOCKED', 'the token says that its PIN is locked');
  const session = calling('opening a session', () => cryptoki.C_OpenSession(slot, sessionFlags.serial));
  try {
    loginOnce(token, session, users.user, pin);
    return session;
  } catch (error) {
    ignoringTokens(() => {
      cryptoki.C_CloseSession(session);
    });
    throw error;
  }
}

/**
 * Exactly one C_Login, or none for an empty PIN: a wrong try counts, and tokens lock themselves. Already being
 * logged in is a failure, too (TOKEN_IN_USE): the token has then not looked at this PIN.
 */
export function loginOnce(token: OpenToken, session: Handle, user: number, pin: Uint8Array): void {
  if (pin.length === 0) throw new PkiError('TOKEN_PIN_FORM', 'the PIN is empty');
  try {
    // The addon takes a string, which cannot be wiped; the octets are, by whoever took them.
    const text = Buffer.from(pin.buffer, pin.byteOffset, pin.length).toString('utf8');
    token.cryptoki.C_Login(session, user, text);
  } catch (error) {
    throw tokenFailure(error, 'logging in', pinLeft(token));
  }
}

function pinLeft({ cryptoki, slot }: OpenToken): PkiErrorDetail {
  try {
    return { pin: pinState(cryptoki.C_GetTokenInfo(slot).flags) };
  } catch (error) {
    // How the PIN stands is told for comfort; why the login failed is what gets thrown.
    if (tokenFailure(error, 'reading a token') instanceof PkiError) return {};
    throw error;
  }
}
