/** Characters; length is what makes a password hard to guess (NIST SP 800-63B §5.1.1). */
const passwordLength = { min: 12, max: 200 } as const;

/** Why a new password is not taken; undefined when it is good. */
export function passwordFault(
  fresh: string,
  { loginName, current }: { readonly loginName: string; readonly current: string },
): string | undefined {
  const text = fresh.normalize('NFC');
  if (Array.from(text).length < passwordLength.min) return 'it is too short';
  if (new Set(text).size < 5) return 'it repeats few characters';
  if (text.toLowerCase().includes(loginName)) return 'it contains the login name';
  return text === current.normalize('NFC') ? 'it is the present one' : undefined;
}
