import { join } from 'node:path';
import type { Certificate, CertificateList, FindRevocation, OcspResponse, SourceContent } from '#pki';
import { isSelfIssued } from '#pki';
import { readSourcesFolder } from '#pki/node';

/** What trust rests on. Nothing in it comes from a document or a message. */
export interface TrustMaterial {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
  /** Asked where none of these speaks about a certificate; absent on a node that works offline. */
  readonly findRevocation?: FindRevocation;
}

/**
 * Reads `trust/` (self-issued certificates are anchors, the others intermediates) and `crl/` below a folder that only
 * the node's operator writes: PEM, DER and PKCS #7 files. A missing folder means that nothing is trusted.
 *
 * @throws PkiError for a file that is not what its name says: half a trust store would be worse than none
 */
export async function readTrustFolder(folder: string): Promise<TrustMaterial> {
  const { certificates, ...beside } = await readAll(join(folder, 'trust'));
  const lists = await readAll(join(folder, 'crl'));
  return {
    anchors: certificates.filter((certificate) => isSelfIssued(certificate)),
    intermediates: certificates.filter((certificate) => !isSelfIssued(certificate)),
    crls: [...beside.crls, ...lists.crls],
    ocsps: [...beside.ocsps, ...lists.ocsps],
  };
}

async function readAll(folder: string): Promise<SourceContent> {
  const { unreadable, ...content } = await readSourcesFolder(folder);
  const [first] = unreadable;
  if (first) throw first.error;
  return content;
}
