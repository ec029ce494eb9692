import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseCertificate, parseCrl, parseOcspResponse, PkiError, pkiProblems, sourceParts } from '#pki';
import type { Certificate, CertificateList, OcspResponse, SourceKind } from '#pki';
import { UsageError } from './command';
import type { Text } from './command';
import { FileProblem, readBounded } from './read-bounded';

export interface TrustFiles {
  readonly anchors: readonly Certificate[];
  /** Authorities found in folders that are no roots. */
  readonly intermediates: readonly Certificate[];
}

/** One kind of object that files may hold: as DER, as PEM, or in a PKCS #7 bundle. */
interface Kind<T> {
  readonly kind: SourceKind;
  readonly endings: readonly string[];
  /** Bound of one file. */
  readonly maxBytes: number;
  /** Said of a file that holds none. */
  readonly missing: Text;
  readonly parse: (der: Uint8Array) => T;
}

const mebibyte = 1024 * 1024;
const bundleEndings = ['.p7b', '.p7c'];

const certificates: Kind<Certificate> = {
  kind: 'certificate',
  endings: ['.pem', '.crt', '.cer', '.der', ...bundleEndings],
  maxBytes: 16 * mebibyte,
  missing: { vi: 'không chứa chứng thư nào', en: 'holds no certificate' },
  parse: parseCertificate,
};
/** The lists of large authorities have some hundred thousand entries. */
const revocationLists: Kind<CertificateList> = {
  kind: 'crl',
  endings: ['.crl', '.pem', '.der', ...bundleEndings],
  maxBytes: 160 * mebibyte,
  missing: { vi: 'không chứa danh sách thu hồi nào', en: 'holds no revocation list' },
  parse: parseCrl,
};
const ocspAnswers: Kind<OcspResponse> = {
  kind: 'ocsp',
  endings: ['.ors', '.ocsp', '.pem', '.der'],
  maxBytes: 2 * mebibyte,
  missing: { vi: 'không chứa câu trả lời OCSP nào', en: 'holds no OCSP answer' },
  parse: parseOcspResponse,
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

/** Reads what `--intermediate` names. @throws UsageError */
export function readIntermediates(paths: readonly string[]): Promise<readonly Certificate[]> {
  return readAll(paths, certificates);
}

/** Reads what `--crl` names. @throws UsageError */
export function readCrls(paths: readonly string[]): Promise<readonly CertificateList[]> {
  return readAll(paths, revocationLists);
}

/** Reads what `--ocsp` names. @throws UsageError */
export function readOcsps(paths: readonly string[]): Promise<readonly OcspResponse[]> {
  return readAll(paths, ocspAnswers);
}

/** The certificates of one file, at least one. @throws FileProblem, PkiError */
export async function readCertificates(path: string): Promise<readonly [Certificate, ...Certificate[]]> {
  const [first, ...others] = await readObjects(path, certificates);
  if (!first) throw new PkiError('SOURCE_UNRECOGNISED', 'no certificate in the file');
  return [first, ...others];
}

async function readAll<T>(paths: readonly string[], kind: Kind<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for (const path of paths) {
    const { items } = await readPath(path, kind);
    if (items.length === 0) {
      const { vi, en } = kind.missing;
      throw new UsageError({ vi: `“${path}” ${vi}.`, en: `“${path}” ${en}.` });
    }
    all.push(...items);
  }
  return all;
}

interface Found<T> {
  readonly items: readonly T[];
  readonly isFolder: boolean;
}

async function readPath<T>(path: string, kind: Kind<T>): Promise<Found<T>> {
  try {
    const names = await filesIn(path);
    if (!names) return { items: await readObjects(path, kind), isFolder: false };
    const items: T[] = [];
    for (const name of names) {
      if (kind.endings.includes(extname(name).toLowerCase()) && (await isOrdinary(join(path, name))))
        items.push(...(await readIfOfKind(join(path, name), kind)));
    }
    return { items, isFolder: true };
  } catch (error) {
    const { code, vi, en } = fileError(error);
    throw new UsageError({ vi: `“${path}”: ${vi} [${code}]`, en: `“${path}”: ${en} [${code}]` });
  }
}

export interface FileError extends Text {
  readonly code: string;
}

/** What a person is told of a file that is not there, too large or damaged; anything else is thrown on. */
export function fileError(error: unknown): FileError {
  if (error instanceof FileProblem) return { code: error.code, ...error.text };
  if (error instanceof PkiError) return { code: error.code, ...pkiProblems[error.code] };
  throw error;
}

/** Names of the files in a folder; undefined for what is none or may not be listed: reading it will tell. */
async function filesIn(path: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
  } catch {
    return undefined;
  }
}

/** No pipe or device, which may never end; of what cannot be looked at, reading it will tell. */
async function isOrdinary(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return true;
  }
}

async function readObjects<T>(path: string, { kind, maxBytes, parse }: Kind<T>): Promise<readonly T[]> {
  const parts = [...sourceParts(await readBounded(path, maxBytes), kind)];
  return parts.filter((part) => part.kind === kind).map(({ der }) => parse(der));
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
