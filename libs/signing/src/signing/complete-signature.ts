import { assembleSignedData, parseCertificate, verifySignature } from '#pki';
import type { Certificate } from '#pki';
import type { CompletionExtras, PreparedSignature } from '../signature-options';
import { SigningError } from '../signing-error';
import { sameBytes } from '../document/same-object';
import { fromBase64 } from './base64';
import { rangeDigest } from './range-digest';

/**
 * Second phase: puts the value (ECDSA: DER) and perhaps a time-stamp token into the prepared file and returns it whole.
 * The prepared bytes and the session are checked to belong together, and the value to the certificate.
 * @throws SigningError SESSION_MISMATCH, KEY_MISMATCH, PLACEHOLDER_TOO_SMALL
 */
export async function completeSignature(
  prepared: Pick<PreparedSignature, 'session' | 'preparedPdf'>,
  signatureValue: Uint8Array,
  extras: CompletionExtras = {},
): Promise<Uint8Array> {
  const { session, preparedPdf } = prepared;
  const [a, b, c, d] = session.byteRange;
  const shaped =
    a === 0 &&
    b < c &&
    c + d === preparedPdf.length &&
    preparedPdf[b] === 0x3c &&
    preparedPdf[c - 1] === 0x3e;
  const digest = shaped
    ? await rangeDigest(session.algorithm.hash, preparedPdf, session.byteRange)
    : new Uint8Array();
  if (!sameBytes(digest, fromBase64(session.messageDigest))) {
    throw new SigningError('SESSION_MISMATCH', 'the prepared file is not the one of the session');
  }
  const certificate = parseCertificate(fromBase64(session.certificate));
  const chain = session.chain.map((der) => parseCertificate(fromBase64(der)));
  return insertSignature(prepared, signatureValue, extras, { certificate, chain });
}

/** Without comparing file and session again: for callers that have just prepared them. */
export async function insertSignature(
  { session, preparedPdf }: Pick<PreparedSignature, 'session' | 'preparedPdf'>,
  signatureValue: Uint8Array,
  extras: CompletionExtras,
  { certificate, chain }: { readonly certificate: Certificate; readonly chain: readonly Certificate[] },
): Promise<Uint8Array> {
  const signedAttributes = fromBase64(session.signedAttributes);
  if (!(await verifySignature(certificate.spki, session.algorithm, signedAttributes, signatureValue))) {
    throw new SigningError('KEY_MISMATCH', 'the value was not made by the key of the certificate');
  }
  const cms = assembleSignedData({
    signedAttributes,
    signatureValue,
    algorithm: session.algorithm,
    signerCertificate: certificate,
    chain,
    ...(extras.timestampToken ? { timestampToken: extras.timestampToken } : {}),
  });
  const [, start, end] = session.byteRange;
  const room = (end - start - 2) / 2;
  if (cms.length > room)
    throw new SigningError('PLACEHOLDER_TOO_SMALL', `${cms.length} bytes for a room of ${room}`);
  // Not `slice()`: of Node's Buffer that is a view, and the prepared bytes would be written over.
  const signed = new Uint8Array(preparedPdf);
  writeHex(signed, start + 1, cms);
  return signed;
}

const digits = new TextEncoder().encode('0123456789abcdef');

function writeHex(target: Uint8Array, at: number, bytes: Uint8Array): void {
  let position = at;
  for (const byte of bytes) {
    target[position++] = digits[byte >> 4] ?? 0x30;
    target[position++] = digits[byte & 15] ?? 0x30;
  }
}
