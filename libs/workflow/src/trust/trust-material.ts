import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate, CertificateList, OcspResponse } from '#pki';
import { isSelfIssued, parseCertificate, parseCrl, parsePem } from '#pki';

/** What trust rests on. Nothing in it comes from a document or a message. */
export interface TrustMaterial {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
}

/**
 * Reads `trust/*.pem` (self-issued ones are anchors, the others intermediates) and `crl/*.crl` (DER) below a
 * folder that only the node's operator writes. A missing folder means that nothing is trusted.
 *
 * @throws PkiError for a file that is not what its name says: half a trust store would be worse than none
 */
export async function readTrustFolder(folder: string): Promise<TrustMaterial> {
  const pems = await readAll(join(folder, 'trust'), '.pem');
  const certificates = pems
    .flatMap((pem) => parsePem(new TextDecoder().decode(pem)))
    .map((der) => parseCertificate(der));
  const crls = await readAll(join(folder, 'crl'), '.crl');
  return {
    anchors: certificates.filter((certificate) => isSelfIssued(certificate)),
    intermediates: certificates.filter((certificate) => !isSelfIssued(certificate)),
    crls: crls.map((der) => parseCrl(der)),
    ocsps: [],
  };
}

async function readAll(folder: string, extension: string): Promise<Uint8Array[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const wanted = names.filter((name) => name.endsWith(extension)).sort();
  return Promise.all(wanted.map(async (name) => new Uint8Array(await readFile(join(folder, name)))));
}

const longestCrl = 16 * 1024 * 1024;

/** Fetches one configured CRL. No redirects, bounded in time and size. */
export async function fetchCrl(url: string, timeoutMs: number): Promise<CertificateList> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > longestCrl) throw new Error(`${url} answers more than ${longestCrl} bytes`);
    parts.push(part);
  }
  return parseCrl(new Uint8Array(Buffer.concat(parts)));
}
