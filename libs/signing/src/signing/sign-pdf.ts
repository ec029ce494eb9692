import { openPdf } from '#pdf';
import type { PdfFile } from '#pdf';
import { digest } from '#pki';
import type { Signer, TimestampSource } from '#pki';
import type { SignatureOptions } from '../signature-options';
import { SigningError } from '../signing-error';
import { insertSignature } from './complete-signature';
import { prepareOn } from './prepare-signature';

/** Kept for a token that brings its authority's certificates; a larger one is met by signing again. */
const defaultReserve = 6144;

export type SignPdfOptions = Omit<SignatureOptions, 'certificate' | 'chain' | 'algorithm'> & {
  readonly signer: Signer;
  /** Proves the time inside the signature (PAdES B-T); absent: B-B. */
  readonly timestamps?: TimestampSource;
};

/** Signs with a key at hand: both phases and the time-stamp between them. @throws SigningError, PkiError, PdfError */
export function signPdf(pdf: Uint8Array, options: SignPdfOptions): Promise<Uint8Array> {
  return signFile(openPdf(pdf), options);
}

/** The same for a file that is open already. */
export async function signFile(file: PdfFile, options: SignPdfOptions): Promise<Uint8Array> {
  const reserve = options.timestamps ? (options.timestampReserve ?? defaultReserve) : 0;
  try {
    return await signOnce(file, options, reserve);
  } catch (error) {
    if (!(error instanceof TokenTooLarge)) throw error;
    // The token's size is known now; the next one will hardly differ.
    return await signOnce(file, options, error.tokenSize + 1024);
  }
}

class TokenTooLarge extends SigningError {
  constructor(
    readonly tokenSize: number,
    cause: SigningError,
  ) {
    super(cause.code, cause.message, { cause });
  }
}

async function signOnce(
  file: PdfFile,
  options: SignPdfOptions,
  timestampReserve: number,
): Promise<Uint8Array> {
  const { signer, timestamps, ...placement } = options;
  const { certificate, chain, algorithm } = signer;
  const prepared = await prepareOn(file, {
    ...placement,
    certificate,
    chain,
    algorithm,
    timestampReserve,
  });
  const value = await signer.sign(prepared.bytesToSign);
  if (!timestamps) return insertSignature(prepared, value, {}, signer);
  const timestampToken = await timestamps.timestamp(await digest(algorithm.hash, value), algorithm.hash);
  try {
    return await insertSignature(prepared, value, { timestampToken }, signer);
  } catch (error) {
    if (error instanceof SigningError && error.code === 'PLACEHOLDER_TOO_SMALL')
      throw new TokenTooLarge(timestampToken.length, error);
    throw error;
  }
}
