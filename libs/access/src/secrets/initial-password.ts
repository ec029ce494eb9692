import { randomInt } from 'node:crypto';

/** Without what is mistaken for something else when read out: 0 and O, 1 and I and l. */
const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password to be told once and changed at the first login: 16 random letters, some 92 bits. */
export function initialPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
