import { encodeDigestAlgorithm, digestFromIdentifier, readAlgorithmIdentifier } from '../crypto/algorithms';
import type { DigestAlgorithm, HashAlgorithm } from '../crypto/algorithms';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { booleanValue, integerHex, octetStringValue, oidValue, smallInteger } from '../der/values';
import { derBoolean, derInteger, derOctetString, derOid, derSequence } from '../der/writer';
import { toHex } from '../bytes';
import { parsingAs, PkiError } from '../errors';

/** What is stamped: a digest and the algorithm it was made by (RFC 3161 §2.4.1). */
export interface MessageImprint {
  readonly hash: DigestAlgorithm;
  readonly digest: Uint8Array;
}

export interface TimestampRequestInput {
  readonly digest: Uint8Array;
  readonly hash: HashAlgorithm;
  /** Big-endian magnitude; see `newNonce`. */
  readonly nonce?: Uint8Array;
  /** Ask for the certificate of the authority inside of the token. */
  readonly certReq?: boolean;
  /** OID of the policy wanted. */
  readonly policy?: string;
}

/** 16 random octets whose INTEGER form is positive and of constant length. */
export function newNonce(): Uint8Array {
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(16));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/** The form nonces are compared in: hexadecimal of the INTEGER's content octets. */
export function nonceHex(nonce: Uint8Array): string {
  return toHex(derInteger(nonce).subarray(2));
}

/** TimeStampReq (RFC 3161 §2.4.1), DER. */
export function buildTimestampRequest(input: TimestampRequestInput): Uint8Array {
  return derSequence(
    derInteger(1),
    encodeImprint(input),
    input.policy === undefined ? undefined : derOid(input.policy),
    input.nonce && derInteger(input.nonce),
    input.certReq ? derBoolean(true) : undefined,
  );
}

export interface TimestampRequest {
  readonly imprint: MessageImprint;
  readonly policy: string | undefined;
  /** Hexadecimal of the INTEGER's content octets. */
  readonly nonce: string | undefined;
  readonly certReq: boolean;
}

/** Reads a TimeStampReq, for the development authority and tests. Throws DER_MALFORMED, ALGORITHM_UNSUPPORTED. */
export function parseTimestampRequest(der: Uint8Array): TimestampRequest {
  return parsingAs('DER_MALFORMED', () => {
    const reader = new DerReader(readDer(der, { maxBytes: 64 * 1024 }));
    if (smallInteger(reader.read(tags.integer)) !== 1) throw new PkiError('DER_MALFORMED', 'not version 1');
    const imprint = readImprint(reader.read(tags.sequence));
    const policy = reader.optional(tags.oid);
    const nonce = reader.optional(tags.integer);
    const certReq = reader.optional(tags.boolean);
    reader.finish();
    return {
      imprint,
      policy: policy && oidValue(policy),
      nonce: nonce && integerHex(nonce),
      certReq: certReq ? booleanValue(certReq) : false,
    };
  });
}

export function encodeImprint({ hash, digest }: MessageImprint): Uint8Array {
  return derSequence(encodeDigestAlgorithm(hash), derOctetString(digest));
}

export function readImprint(element: DerElement): MessageImprint {
  const reader = new DerReader(element);
  const hash = digestFromIdentifier(readAlgorithmIdentifier(reader.read(tags.sequence)));
  const digest = octetStringValue(reader.read(tags.octetString));
  reader.finish();
  return { hash, digest };
}
