import type { PkiHolder } from '#directory';
import type { Certificate } from '#pki';
import { derOrPem, parseCertificate } from '#pki';
import { openPkcs12 } from '#pki/node';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface HolderKey {
  /** PrivateKeyInfo, DER; the caller wipes it. */
  readonly pkcs8: Uint8Array;
  readonly certificate: Certificate;
  /** Issuer upward, without the root. */
  readonly chain: readonly Certificate[];
}

/** A holder's key as an office receives it, in a PKCS #12 file; where there is none, from the PEM files. */
export async function readHolderKey(folder: string, holder: PkiHolder): Promise<HolderKey> {
  const read = (path: string): Promise<Uint8Array> => readFile(join(folder, path));
  if (holder.pkcs12 !== undefined) return openPkcs12(await read(holder.pkcs12), holder.pkcs12Password ?? '');
  const one = async (path: string): Promise<Uint8Array> => {
    const [der] = derOrPem(await read(path));
    if (!der) throw new Error(`${path} of the development PKI is empty`);
    return der;
  };
  const chain = await Promise.all(holder.chain.map(one));
  return {
    pkcs8: await one(holder.key),
    certificate: parseCertificate(await one(holder.certificate)),
    chain: chain.map((der) => parseCertificate(der)),
  };
}
