import { parseSignedData } from '../cms/parse-signed-data';
import type { SignedData } from '../cms/parse-signed-data';
import { contextTag, primitiveContextTag, readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { generalizedTimeWithFraction } from '../der/time';
import { booleanValue, integerHex, oidValue, smallInteger, smallIntegerContent } from '../der/values';
import { PkiError } from '../errors';
import { oids } from '../oids';
import { readImprint } from './request';
import type { MessageImprint } from './request';

/** A time-stamp token as read; nothing is verified yet (RFC 3161 §2.4.2). */
export interface TimestampToken {
  readonly der: Uint8Array;
  readonly genTime: Date;
  readonly messageImprint: MessageImprint;
  /** Hexadecimal. */
  readonly serial: string;
  /** Hexadecimal of the INTEGER's content octets. */
  readonly nonce: string | undefined;
  /** Microseconds either way, or undefined when the token does not say. */
  readonly accuracy: number | undefined;
  readonly policy: string;
  readonly ordering: boolean;
  readonly signedData: SignedData;
}

/** Throws TSA_BAD_TOKEN for whatever is no well-formed token. */
export function parseTimestampToken(der: Uint8Array): TimestampToken {
  try {
    const signedData = parseSignedData(der);
    if (signedData.contentType !== oids.tstInfo || !signedData.encapsulatedContent) {
      throw new PkiError('TSA_BAD_TOKEN', `content ${signedData.contentType} is not TSTInfo`);
    }
    return { der: signedData.der, ...readTstInfo(readDer(signedData.encapsulatedContent)), signedData };
  } catch (error) {
    if (error instanceof PkiError && error.code !== 'TSA_BAD_TOKEN') {
      throw new PkiError('TSA_BAD_TOKEN', error.message, { cause: error });
    }
    throw error;
  }
}

function readTstInfo(element: DerElement): Omit<TimestampToken, 'der' | 'signedData'> {
  const reader = new DerReader(element);
  if (smallInteger(reader.read(tags.integer)) !== 1)
    throw new PkiError('TSA_BAD_TOKEN', 'TSTInfo is not version 1');
  const policy = oidValue(reader.read(tags.oid));
  const messageImprint = readImprint(reader.read(tags.sequence));
  const serial = integerHex(reader.read(tags.integer));
  const genTime = generalizedTimeWithFraction(reader.read(tags.generalizedTime));
  const accuracy = reader.optional(tags.sequence);
  const ordering = reader.optional(tags.boolean);
  const nonce = reader.optional(tags.integer);
  reader.optional(contextTag(0));
  const extensions = reader.optional(contextTag(1));
  reader.finish();
  if (extensions) throw new PkiError('TSA_BAD_TOKEN', 'TSTInfo with extensions is not supported');
  return {
    genTime,
    messageImprint,
    serial,
    nonce: nonce && integerHex(nonce),
    accuracy: accuracy && readAccuracy(accuracy),
    policy,
    ordering: ordering ? booleanValue(ordering) : false,
  };
}

function readAccuracy(element: DerElement): number {
  const reader = new DerReader(element);
  const seconds = reader.optional(tags.integer);
  const millis = reader.optional(primitiveContextTag(0));
  const micros = reader.optional(primitiveContextTag(1));
  reader.finish();
  return (
    (seconds ? smallInteger(seconds) : 0) * 1_000_000 +
    (millis ? smallIntegerContent(millis) : 0) * 1000 +
    (micros ? smallIntegerContent(micros) : 0)
  );
}
