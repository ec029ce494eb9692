import type { PkiHolder } from '#directory';
import type { Certificate } from '#pki';
import { derOrPem, parseCertificate } from '#pki';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface HolderKey {
  /** PrivateKeyInfo, DER; the caller wipes it. */
  readonly pkcs8: Uint8Array;
  readonly certificate: Certificate;
  /** Issuer upward, without the root. */
  readonly chain: readonly Certificate[];
}

/**
 * A holder's key from the PEM files of the development PKI. Its PKCS #12 files hold the same, but deriving
 * their keys for a hundred holders would take longer than all the rest of seeding.
 */
export async function readHolderKey(folder: string, holder: PkiHolder): Promise<HolderKey> {
  const read = async (path: string): Promise<Uint8Array> => {
    const [der] = derOrPem(await readFile(join(folder, path)));
    if (!der) throw new Error(`${path} of the development PKI is empty`);
    return der;
  };
  const [pkcs8, certificate, chain] = await Promise.all([
    read(holder.key),
    read(holder.certificate),
    Promise.all(holder.chain.map(read)),
  ]);
  return {
    pkcs8,
    certificate: parseCertificate(certificate),
    chain: chain.map((der) => parseCertificate(der)),
  };
}
