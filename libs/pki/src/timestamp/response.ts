import type { HashAlgorithm } from '../crypto/algorithms';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf, DerReader } from '../der/reader';
import { textValue } from '../der/text';
import { bitStringValue, namedBits, smallInteger } from '../der/values';
import { PkiError } from '../errors';
import { parseTimestampToken } from './token';
import type { TimestampToken } from './token';
import { verifyTimestampToken } from './verify-token';

export interface ExpectedTimestamp {
  readonly digest: Uint8Array;
  readonly hash: HashAlgorithm;
  /** Hexadecimal as `nonceHex` gives it. */
  readonly nonce?: string;
}

const failureNames = new Map<number, string>([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);

/**
 * Reads a TimeStampResp and checks status, imprint, nonce and signature of its token (RFC 3161 §2.4.2).
 * Throws TSA_REJECTED when the authority refused, TSA_BAD_TOKEN when the answer is not what was asked for.
 */
export async function parseTimestampResponse(
  der: Uint8Array,
  expected: ExpectedTimestamp,
): Promise<TimestampToken> {
  const token = parseTimestampToken(tokenInResponse(der));
  const verification = await verifyTimestampToken(token, expected);
  if (!verification.ok) {
    const codes = verification.failures.map((failure) => failure.code).join(' ');
    throw new PkiError('TSA_BAD_TOKEN', `the token does not hold: ${codes}`, { detail: { failures: codes } });
  }
  return token;
}

/** The token in a granted response, DER. Throws TSA_REJECTED, TSA_BAD_TOKEN. */
export function tokenInResponse(der: Uint8Array): Uint8Array {
  try {
    const reader = new DerReader(readDer(der));
    const refusal = refusalIn(reader.read(tags.sequence));
    if (refusal !== undefined) throw new PkiError('TSA_REJECTED', refusal);
    const token = reader.read(tags.sequence).der;
    reader.finish();
    return token;
  } catch (error) {
    if (error instanceof PkiError && error.code !== 'TSA_REJECTED') {
      throw new PkiError('TSA_BAD_TOKEN', error.message, { cause: error });
    }
    throw error;
  }
}

/** Text of a PKIStatusInfo that is neither granted (0) nor grantedWithMods (1). */
function refusalIn(statusInfo: DerElement): string | undefined {
  const reader = new DerReader(statusInfo);
  const status = smallInteger(reader.read(tags.integer));
  const texts = reader.optional(tags.sequence);
  const failures = reader.optional(tags.bitString);
  reader.finish();
  if (status <= 1) return undefined;
  const reasons = failures
    ? [...namedBits(bitStringValue(failures))].map((bit) => failureNames.get(bit) ?? `bit ${bit}`)
    : [];
  const words = texts ? childrenOf(texts).map(textValue).join(' ').slice(0, 200) : '';
  return `time-stamping refused, status ${status} ${reasons.join(' ')} ${words}`.trim();
}
