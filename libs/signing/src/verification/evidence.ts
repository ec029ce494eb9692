import { asArray, asDict, PdfError, PdfStream } from '#pdf';
import type { PdfView } from '#pdf';
import { parseCertificate, parseCrl, parseOcspResponse, PkiError } from '#pki';
import type { Certificate, CertificateList, OcspResponse, SignedData } from '#pki';
import type { ValidationContext } from './report';
import { sameBytes } from '../document/same-object';

/** Certificates and revocation data at hand for one file: from the caller, the file's own store and its signatures. */
export interface Evidence {
  readonly certificates: Certificate[];
  readonly crls: CertificateList[];
  readonly ocsps: OcspResponse[];
}

export function evidenceOf(view: PdfView, context: ValidationContext): Evidence {
  const evidence: Evidence = {
    certificates: [...context.anchors, ...(context.intermediates ?? [])],
    crls: [...(context.crls ?? [])],
    ocsps: [...(context.ocsps ?? [])],
  };
  const store = securityStore(view);
  for (const der of store.certificates) add(evidence.certificates, der, parseCertificate);
  for (const der of store.crls) add(evidence.crls, der, parseCrl);
  for (const der of store.ocsps) add(evidence.ocsps, der, parseOcspResponse);
  return evidence;
}

/** What a CMS brings along. */
export function addEmbedded(evidence: Evidence, signedData: SignedData): void {
  for (const certificate of signedData.certificates)
    add(evidence.certificates, certificate.der, () => certificate);
  for (const der of signedData.crls) add(evidence.crls, der, parseCrl);
  for (const der of signedData.ocsps) add(evidence.ocsps, der, parseOcspResponse);
}

/** The copy of a certificate that was read first: what is remembered about it, such as its imported key, serves again. */
export function firstRead(evidence: Evidence, certificate: Certificate): Certificate {
  return evidence.certificates.find((known) => sameBytes(known.der, certificate.der)) ?? certificate;
}

/** What is known keeps its parsed form, so that signatures over it are verified once. What cannot be read proves nothing. */
function add<T extends { readonly der: Uint8Array }>(
  known: T[],
  der: Uint8Array,
  parse: (der: Uint8Array) => T,
): void {
  if (known.some((item) => sameBytes(item.der, der))) return;
  try {
    known.push(parse(der));
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
  }
}

interface SecurityStore {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}

/** Contents of the document security store (ETSI EN 319 142-1 §5.4.2). */
export function securityStore(view: PdfView): SecurityStore {
  const store = asDict(view.resolve(view.catalog().get('DSS')));
  const list = (key: string): Uint8Array[] =>
    (asArray(view.resolve(store?.get(key)))?.items ?? []).slice(0, 1000).flatMap((item) => {
      try {
        const stream = view.resolve(item);
        return stream instanceof PdfStream ? [view.decodeStream(stream)] : [];
      } catch (error) {
        if (error instanceof PdfError) return [];
        throw error;
      }
    });
  return { certificates: list('Certs'), crls: list('CRLs'), ocsps: list('OCSPs') };
}
