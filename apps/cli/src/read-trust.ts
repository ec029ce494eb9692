import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { derOrPem, parseCertificate, parseCrl, PkiError } from '#pki';
import type { Certificate, CertificateList } from '#pki';
import { UsageError } from './command';

export interface TrustFiles {
  readonly anchors: readonly Certificate[];
  /** Authorities found in folders that are no roots. */
  readonly intermediates: readonly Certificate[];
}

/** One kind of object that files may hold, as DER or as PEM blocks of its label. */
interface Kind<T> {
  readonly label: string;
  readonly endings: readonly string[];
  parse(der: Uint8Array): T;
}

const certificates: Kind<Certificate> = {
  label: 'CERTIFICATE',
  endings: ['.pem', '.crt', '.cer', '.der'],
  parse: parseCertificate,
};
const revocationLists: Kind<CertificateList> = {
  label: 'X509 CRL',
  endings: ['.crl', '.pem', '.der'],
  parse: parseCrl,
};

/**
 * Reads what `--trust` names. A file's authorities are trusted as they are; of a folder only the self-issued ones,
 * the others help to build chains. End-entity certificates are never trusted. @throws UsageError
 */
export async function readTrust(paths: readonly string[]): Promise<TrustFiles> {
  const anchors: Certificate[] = [];
  const intermediates: Certificate[] = [];
  for (const path of paths) {
    const found = await readPath(path, certificates);
    const authorities = found.items.filter((certificate) => certificate.isCa);
    if (authorities.length === 0) {
      throw new UsageError({
        vi: `“${path}” không chứa chứng thư của tổ chức chứng thực nào.`,
        en: `“${path}” holds no certificate of an authority.`,
      });
    }
    for (const authority of authorities) {
      const isAnchor = !found.isFolder || authority.subject.equals(authority.issuer);
      (isAnchor ? anchors : intermediates).push(authority);
    }
  }
  return { anchors, intermediates };
}

/** Reads what `--crl` names. @throws UsageError */
export async function readCrls(paths: readonly string[]): Promise<readonly CertificateList[]> {
  const crls: CertificateList[] = [];
  for (const path of paths) {
    const { items } = await readPath(path, revocationLists);
    if (items.length === 0) {
      throw new UsageError({
        vi: `“${path}” không chứa danh sách thu hồi nào.`,
        en: `“${path}” holds no revocation list.`,
      });
    }
    crls.push(...items);
  }
  return crls;
}

interface Found<T> {
  readonly items: readonly T[];
  readonly isFolder: boolean;
}

async function readPath<T>(path: string, kind: Kind<T>): Promise<Found<T>> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    if (!isFolder) return { items: await readObjects(path, kind), isFolder };
    const items: T[] = [];
    for (const name of (await readdir(path)).sort()) {
      if (kind.endings.includes(extname(name).toLowerCase()))
        items.push(...(await readIfOfKind(join(path, name), kind)));
    }
    return { items, isFolder };
  } catch (error) {
    if (!(error instanceof PkiError) && !isFileError(error)) throw error;
    throw new UsageError({
      vi: `Không đọc được “${path}”. Hãy kiểm tra đường dẫn và định dạng (PEM hoặc DER).`,
      en: `“${path}” cannot be read. Check the path and the format (PEM or DER).`,
    });
  }
}

async function readObjects<T>(path: string, kind: Kind<T>): Promise<readonly T[]> {
  return derOrPem(new Uint8Array(await readFile(path)), kind.label).map((der) => kind.parse(der));
}

/** In a folder, files of other kinds (keys, requests, lists) are passed over. */
async function readIfOfKind<T>(path: string, kind: Kind<T>): Promise<readonly T[]> {
  try {
    return await readObjects(path, kind);
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

function isFileError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error;
}
