import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiAuthority } from '#directory';
import { parseCertificate, parsePem } from '#pki';
import type { Certificate } from '#pki';
import { issuingKey } from './keys';

export interface LoadedAuthority {
  readonly id: PkiAuthority['id'];
  readonly certificate: Certificate;
  readonly key: ReturnType<typeof issuingKey>;
}

/** An authority's certificate and key, from disk. */
export async function loadAuthority(pkiDir: string, authority: PkiAuthority): Promise<LoadedAuthority> {
  const der = async (path: string): Promise<Uint8Array> => {
    const [first] = parsePem(await readFile(join(pkiDir, path), 'utf8'));
    if (first === undefined) throw new Error(`${path} is empty`);
    return first;
  };
  const pkcs8 = await der(authority.key);
  return {
    id: authority.id,
    certificate: parseCertificate(await der(authority.certificate)),
    key: issuingKey({ pkcs8, algorithm: authority.algorithm }),
  };
}
