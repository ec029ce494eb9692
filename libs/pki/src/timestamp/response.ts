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
  /** OID of the policy asked for. */
  readonly policy?: string;
}

/** Bits of PKIFailureInfo that a time-stamping authority may set (RFC 3161 §2.4.2), and what they mean. */
const failureBits = new Map<number, { readonly name: string; readonly text: string }>([
  [0, { name: 'badAlg', text: 'the algorithm is unknown or not supported' }],
  [2, { name: 'badRequest', text: 'the request is not permitted or not supported' }],
  [5, { name: 'badDataFormat', text: 'the data submitted has the wrong format' }],
  [14, { name: 'timeNotAvailable', text: 'the time source of the authority is not available' }],
  [15, { name: 'unacceptedPolicy', text: 'the policy asked for is not supported' }],
  [16, { name: 'unacceptedExtension', text: 'an extension asked for is not supported' }],
  [17, { name: 'addInfoNotAvailable', text: 'the additional information asked for is not available' }],
  [25, { name: 'systemFailure', text: 'the request cannot be handled because of a failure of the system' }],
]);

/** PKIStatus (RFC 3161 §2.4.2): the two that come with a token, and the names of the others. */
const grantedStatuses = new Set([0, 1]);
const refusalNames = new Map<number, string>([
  [2, 'rejection'],
  [3, 'waiting'],
  [4, 'revocationWarning'],
  [5, 'revocationNotification'],
]);

/**
 * Reads a TimeStampResp and checks status, imprint, nonce, policy and signature of its token (RFC 3161 §2.4.2).
 * Throws TSA_REJECTED when the authority refused (in `detail` its status, `failures` by name and text), TSA_BAD_TOKEN
 * when the answer is not what was asked for.
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
    refuseUnlessGranted(reader.read(tags.sequence));
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

/** Throws TSA_REJECTED for a PKIStatusInfo that is neither granted nor grantedWithMods. */
function refuseUnlessGranted(statusInfo: DerElement): void {
  const reader = new DerReader(statusInfo);
  const status = smallInteger(reader.read(tags.integer));
  const texts = reader.optional(tags.sequence);
  const failInfo = reader.optional(tags.bitString);
  reader.finish();
  const bits = failInfo ? [...namedBits(bitStringValue(failInfo))] : [];
  if (grantedStatuses.has(status)) {
    // failInfo says why a token is missing: with one, the answer contradicts itself.
    if (bits.length > 0) throw new PkiError('TSA_BAD_TOKEN', 'a token is granted and refused at once');
    return;
  }
  const name = refusalNames.get(status) ?? `status ${status}`;
  const failures = bits.map((bit) => failureBits.get(bit) ?? { name: `bit ${bit}`, text: 'unknown' });
  const words = texts ? childrenOf(texts).map(textValue).join(' ').slice(0, 200) : '';
  const reasons = failures.map((failure) => `${failure.name} (${failure.text})`).join(', ');
  throw new PkiError('TSA_REJECTED', `time-stamping refused: ${name} ${reasons} ${words}`.trim(), {
    detail: { status: name, failures: failures.map((failure) => failure.name).join(' '), text: words },
  });
}
