import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import {
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  parsePemBlocks,
  parseSignedData,
  PkiError,
  pkiProblems,
  tags,
} from '#pki';
import type { Certificate, CertificateList, OcspResponse, PemBlock, SignedData } from '#pki';
import { UsageError } from './command';
import type { Text } from './command';
import { FileProblem, readBounded } from './read-bounded';

export interface TrustFiles {
  readonly anchors: readonly Certificate[];
  /** Authorities found in folders that are no roots. */
  readonly intermediates: readonly Certificate[];
}

/** One kind of object that files may hold: as DER, as PEM blocks of its labels, or in a PKCS #7 bundle. */
interface Kind<T> {
  /** RFC 7468, and what older programs write. */
  readonly labels: readonly string[];
  readonly endings: readonly string[];
  /** Bound of one file. */
  readonly maxBytes: number;
  /** Said of a file that holds none. */
  readonly missing: Text;
  parse(der: Uint8Array): T;
  /** DER of those in a bundle. */
  bundled(bundle: SignedData): readonly Uint8Array[];
}

const mebibyte = 1024 * 1024;
const bundleEndings = ['.p7b', '.p7c'];

const certificates: Kind<Certificate> = {
  labels: ['CERTIFICATE', 'X509 CERTIFICATE'],
  endings: ['.pem', '.crt', '.cer', '.der', ...bundleEndings],
  maxBytes: 16 * mebibyte,
  missing: { vi: 'không chứa chứng thư nào', en: 'holds no certificate' },
  parse: parseCertificate,
  bundled: (bundle) => bundle.certificates.map(({ der }) => der),
};
/** The lists of large authorities have some hundred thousand entries. */
const revocationLists: Kind<CertificateList> = {
  labels: ['X509 CRL', 'CRL'],
  endings: ['.crl', '.pem', '.der', ...bundleEndings],
  maxBytes: 160 * mebibyte,
  missing: { vi: 'không chứa danh sách thu hồi nào', en: 'holds no revocation list' },
  parse: parseCrl,
  bundled: (bundle) => bundle.crls,
};
const ocspAnswers: Kind<OcspResponse> = {
  labels: ['OCSP RESPONSE'],
  endings: ['.ors', '.ocsp', '.pem', '.der'],
  maxBytes: 2 * mebibyte,
  missing: { vi: 'không chứa câu trả lời OCSP nào', en: 'holds no OCSP answer' },
  parse: parseOcspResponse,
  bundled: (bundle) => bundle.ocsps,
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
  if (!first) throw new PkiError('PEM_MALFORMED', 'no certificate among the PEM blocks');
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
      if (kind.endings.includes(extname(name).toLowerCase()))
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

async function readObjects<T>(path: string, kind: Kind<T>): Promise<readonly T[]> {
  const bytes = await readBounded(path, kind.maxBytes);
  const isDer = bytes[0] === tags.sequence;
  const blocks = isDer ? [{ label: labelOfDer(bytes, kind), der: bytes }] : pemBlocks(bytes);
  return blocks.flatMap(({ label, der }) => {
    if (bundleLabels.includes(label)) return kind.bundled(parseSignedData(der)).map((one) => kind.parse(one));
    return kind.labels.includes(label) ? [kind.parse(der)] : [];
  });
}

/** RFC 7468 §8 and §9. */
const bundleLabels: readonly string[] = ['PKCS7', 'CMS'];

/** A bundle begins with the identifier of its content type (RFC 5652 §3), no other structure here does. */
function labelOfDer(der: Uint8Array, { labels }: Kind<unknown>): string {
  const length = der[1] ?? 0;
  const isBundle = der[length < 0x80 ? 2 : 2 + (length & 0x7f)] === tags.oid;
  return (isBundle ? bundleLabels[0] : labels[0]) ?? '';
}

function pemBlocks(bytes: Uint8Array): readonly PemBlock[] {
  return parsePemBlocks(new TextDecoder().decode(bytes));
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
