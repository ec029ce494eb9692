const minute = 60_000;

/**
 * Failed logins in one window, after which further ones are refused untried. Per account against guessing
 * one password; per address against trying one password on many names. Several colleagues may share an
 * address behind one gateway, so it has more room.
 */
export const loginLimits = {
  window: 15 * minute,
  account: 10,
  address: 100,
} as const;
