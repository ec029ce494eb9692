import { dict, IncrementalWriter, openPdf } from '#pdf';
import type { PdfDict, PdfFile } from '#pdf';
import { prepareSignedAttributes } from '#pki';
import type { Certificate } from '#pki';
import { addToSecurityStore } from '../form/security-store';
import { attachSignature } from '../form/signature-field';
import type { PreparedSignature, SignatureOptions } from '../signature-options';
import { SigningError } from '../signing-error';
import { signedFields } from '../document/form-fields';
import { toBase64 } from './base64';
import { rangeDigest } from './range-digest';
import {
  byteRangeBytes,
  byteRangePlaceholder,
  contentsPlaceholder,
  hasPermissions,
  signatureDictionary,
} from './signature-dictionary';

/** Signed attributes, algorithm identifiers, lengths and what else stands in a CMS beside certificates and value. */
const cmsOverhead = 1024;

/**
 * First phase: appends a revision with the signature field, its appearance and an empty /Contents, and tells what
 * the key must sign. The bytes given are a prefix of the prepared file.
 * @throws SigningError, PdfError
 */
export function prepareSignature(pdf: Uint8Array, options: SignatureOptions): Promise<PreparedSignature> {
  return prepareOn(openPdf(pdf), options);
}

/** The same for a file that is open already. */
export async function prepareOn(file: PdfFile, options: SignatureOptions): Promise<PreparedSignature> {
  checkValidity(options.certificate, options.claimedTime);
  const writer = new IncrementalWriter(file);
  const byteRangeHole = byteRangePlaceholder();
  const contentsHole = contentsPlaceholder(placeholderSize(options));
  const value = writer.allocate();
  await attachSignature(writer, options, value);
  if (options.docMdp !== undefined) certify(writer, value);
  if (options.validationMaterial) addToSecurityStore(writer, options.validationMaterial);
  const shownName = options.name ?? options.certificate.subject.commonName ?? '';
  writer.put(
    value,
    signatureDictionary(
      writer,
      { ...options, name: shownName },
      { byteRange: byteRangeHole, contents: contentsHole },
    ),
  );

  const { appended, length, verbatim } = writer.finishParts();
  const preparedPdf = new Uint8Array(length);
  preparedPdf.set(file.bytes);
  preparedPdf.set(appended, file.bytes.length);
  const contents = verbatim.get(contentsHole);
  const rangeAt = verbatim.get(byteRangeHole);
  if (!contents || !rangeAt) throw new Error('the writer left out the signature dictionary');
  const byteRange = [0, contents.start, contents.end, length - contents.end] as const;
  preparedPdf.set(byteRangeBytes(byteRange), rangeAt.start);

  const { algorithm, certificate, chain } = options;
  const messageDigest = await rangeDigest(algorithm.hash, preparedPdf, byteRange);
  const bytesToSign = await prepareSignedAttributes({
    messageDigest,
    digestAlgorithm: algorithm.hash,
    signerCertificate: certificate,
  });
  return {
    session: {
      version: 1,
      fieldName: options.fieldName,
      byteRange,
      messageDigest: toBase64(messageDigest),
      signedAttributes: toBase64(bytesToSign),
      algorithm,
      certificate: toBase64(certificate.der),
      chain: chain.map((issuer) => toBase64(issuer.der)),
    },
    preparedPdf,
    bytesToSign,
    digest: messageDigest,
  };
}

function checkValidity(certificate: Certificate, at: Date): void {
  if (at > certificate.notAfter)
    throw new SigningError('CERTIFICATE_EXPIRED', `since ${certificate.notAfter.toISOString()}`);
  if (at < certificate.notBefore)
    throw new SigningError('CERTIFICATE_NOT_YET_VALID', `until ${certificate.notBefore.toISOString()}`);
}

function placeholderSize({ certificate, chain, timestampReserve = 0 }: SignatureOptions): number {
  const certificates = [certificate, ...chain].reduce((sum, { der }) => sum + der.length, 0);
  const value = Math.max(144, Math.ceil(certificate.publicKey.bits / 8));
  return cmsOverhead + certificates + value + timestampReserve;
}

/** Only the first signature of a file may certify it (ISO 32000-1 §12.8.1). */
function certify(writer: IncrementalWriter, value: Parameters<IncrementalWriter['put']>[0]): void {
  if (hasPermissions(writer) || signedFields(writer.view).length > 0) {
    throw new SigningError('UPLOAD_CERTIFIED', 'only the first signature can certify');
  }
  const permissions: PdfDict = dict({ DocMDP: value });
  writer.put(writer.view.catalogRef(), writer.catalog().with({ Perms: permissions }));
}
