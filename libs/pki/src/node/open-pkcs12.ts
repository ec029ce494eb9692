import { createPrivateKey } from 'node:crypto';
import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { PkiError } from '../errors';
import { chainOf } from './chain-of';
import { isMacRight } from './pkcs12-encryption';
import { isKeyOf } from './private-key';
import { readBags, readPkcs12File } from './pkcs12-structure';
import type { Pkcs12Bags, Pkcs12File } from './pkcs12-structure';

export interface Pkcs12Content {
  /** PrivateKeyInfo, DER. */
  readonly pkcs8: Uint8Array;
  readonly certificate: Certificate;
  /** From the issuer upward as far as the file goes, without a root. */
  readonly chain: readonly Certificate[];
}

/** Largest PKCS#12 file that is opened, in bytes. */
const maxFileBytes = 1024 * 1024;

/**
 * Opens a PKCS#12 file: AES by PBES2 as made today, 3DES and RC2 as made before. Throws PKCS12_WRONG_PASSWORD,
 * PKCS12_DAMAGED, PKCS12_NO_KEY, PKCS12_UNSUPPORTED. Wiping `pkcs8` after use is the caller's duty.
 */
export function openPkcs12(bytes: Uint8Array, password: string): Pkcs12Content {
  if (bytes.length > maxFileBytes) throw new PkiError('PKCS12_UNSUPPORTED', 'the PKCS#12 file is too large');
  try {
    const file = readPkcs12File(bytes);
    return pairUp(openBags(file, password));
  } catch (error) {
    if (error instanceof PkiError && error.code.startsWith('PKCS12_')) throw error;
    throw new PkiError('PKCS12_DAMAGED', 'the PKCS#12 file cannot be read', { cause: error });
  }
}

function openBags(file: Pkcs12File, password: string): Pkcs12Bags {
  if (file.macData && isMacRight(file.macData, file.authenticatedSafe, password)) {
    const bags = readBags(file, password);
    // The MAC vouches for password and bytes: what then fails was written wrongly.
    if (bags === 'wrong-key') throw new PkiError('PKCS12_DAMAGED', 'the PKCS#12 file was encrypted wrongly');
    return bags;
  }
  if (!file.macData) {
    const bags = readBags(file, password);
    if (bags === 'wrong-key') throw wrongPassword();
    return bags;
  }
  throw keyStillOpens(file, password)
    ? new PkiError('PKCS12_DAMAGED', 'the PKCS#12 file was changed after it was made')
    : wrongPassword();
}

/** With the right password and a damaged file, the key usually still decrypts to a key. */
function keyStillOpens(file: Pkcs12File, password: string): boolean {
  try {
    const bags = readBags(file, password);
    if (bags === 'wrong-key') return false;
    return bags.keys.some(
      (key) => createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }).type === 'private',
    );
  } catch {
    // Garbage that is not even a structure comes from a wrong key.
    return false;
  }
}

function wrongPassword(): PkiError {
  return new PkiError('PKCS12_WRONG_PASSWORD', 'the password of the PKCS#12 file is wrong');
}

/** Finds the key's own certificate by its public key, and its chain by names. */
function pairUp({ keys, certificates }: Pkcs12Bags): Pkcs12Content {
  const parsed = certificates.map(parseCertificate);
  for (const pkcs8 of keys) {
    const certificate = parsed.find((candidate) => isKeyOf(pkcs8, candidate));
    if (certificate) return { pkcs8, certificate, chain: chainOf(certificate, parsed) };
  }
  throw new PkiError('PKCS12_NO_KEY', 'the PKCS#12 file holds no key with its certificate');
}
