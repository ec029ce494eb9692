import { createPrivateKey } from 'node:crypto';
import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { PkiError } from '../errors';
import { chainOf } from './chain-of';
import { derivationBudget } from './pkcs12-derivation';
import type { DerivationBudget } from './pkcs12-derivation';
import { isMacRight } from './pkcs12-mac';
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
 * Opens a PKCS#12 file: AES by PBES2 as made today, 3DES and RC2 as made before. Of several keys it takes the first
 * whose certificate may sign, else the first that has one. Throws PKCS12_WRONG_PASSWORD, PKCS12_DAMAGED,
 * PKCS12_NO_KEY, PKCS12_UNSUPPORTED (also for a file that costs more than seconds to open). Wiping `pkcs8` after use
 * is the caller's duty.
 */
export function openPkcs12(bytes: Uint8Array, password: string): Pkcs12Content {
  if (bytes.length > maxFileBytes) throw new PkiError('PKCS12_UNSUPPORTED', 'the PKCS#12 file is too large');
  try {
    const file = readPkcs12File(bytes);
    return pairUp(openBags(file, password, derivationBudget()));
  } catch (error) {
    if (error instanceof PkiError && error.code.startsWith('PKCS12_')) throw error;
    throw new PkiError('PKCS12_DAMAGED', 'the PKCS#12 file cannot be read', { cause: error });
  }
}

function openBags(file: Pkcs12File, password: string, budget: DerivationBudget): Pkcs12Bags {
  if (file.macData && isMacRight(file.macData, file.authenticatedSafe, password, budget)) {
    const bags = readBags(file, password, budget);
    // The MAC vouches for password and bytes: what then fails was written wrongly.
    if (bags === 'wrong-key') throw new PkiError('PKCS12_DAMAGED', 'the PKCS#12 file was encrypted wrongly');
    return bags;
  }
  if (!file.macData) {
    const bags = readBags(file, password, budget);
    if (bags === 'wrong-key') throw wrongPassword();
    return bags;
  }
  throw keyStillOpens(file, password, budget)
    ? new PkiError('PKCS12_DAMAGED', 'the PKCS#12 file was changed after it was made')
    : wrongPassword();
}

/** With the right password and a damaged file, the key usually still decrypts to a key. */
function keyStillOpens(file: Pkcs12File, password: string, budget: DerivationBudget): boolean {
  try {
    const bags = readBags(file, password, budget);
    if (bags === 'wrong-key') return false;
    return bags.keys.some(
      (key) => createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }).type === 'private',
    );
  } catch (error) {
    // What cannot be decrypted here was not decrypted wrongly.
    if (error instanceof PkiError && error.code === 'PKCS12_UNSUPPORTED') throw error;
    // Garbage that is not even a structure comes from a wrong key.
    return false;
  }
}

function wrongPassword(): PkiError {
  return new PkiError('PKCS12_WRONG_PASSWORD', 'the password of the PKCS#12 file is wrong');
}

/** Finds each key's own certificate by its public key, and the chain by names. */
function pairUp({ keys, certificates }: Pkcs12Bags): Pkcs12Content {
  const parsed = certificates.map(parseCertificate);
  const pairs = keys.flatMap((pkcs8) => {
    const certificate = parsed.find((candidate) => isKeyOf(pkcs8, candidate));
    return certificate ? [{ pkcs8, certificate, chain: chainOf(certificate, parsed) }] : [];
  });
  const chosen = pairs.find(({ certificate }) => maySign(certificate)) ?? pairs[0];
  if (!chosen) throw new PkiError('PKCS12_NO_KEY', 'the PKCS#12 file holds no key with its certificate');
  return chosen;
}

function maySign({ keyUsage }: Certificate): boolean {
  return !keyUsage || keyUsage.has('nonRepudiation') || keyUsage.has('digitalSignature');
}
