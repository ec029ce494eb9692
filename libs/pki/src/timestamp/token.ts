import { readExtensions } from '../certificate/extensions';
import { parseSignedData } from '../cms/parse-signed-data';
import type { SignedData } from '../cms/parse-signed-data';
import { contextTag, primitiveContextTag, readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader, onlyChild } from '../der/reader';
import { generalizedTimeWithFraction } from '../der/time';
import { booleanValue, integerHex, oidValue, smallInteger, smallIntegerContent } from '../der/values';
import { PkiError } from '../errors';
import { readGeneralName } from '../names/general-name';
import type { GeneralName } from '../names/general-name';
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
  /**
   * The stamped data existed at some moment from `earliest` to `latest`: genTime less and more the accuracy, widened
   * to whole milliseconds. Both are genTime where the token does not say how accurate it is.
   */
  readonly earliest: Date;
  readonly latest: Date;
  /** OID of the policy it was issued under. */
  readonly policy: string;
  /** All tokens of this authority can be ordered by genTime, whatever the accuracy. */
  readonly ordering: boolean;
  /** The authority as it names itself, if it does. */
  readonly authority: GeneralName | undefined;
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
  const authority = reader.optional(contextTag(0));
  const extensions = reader.optional(contextTag(1));
  reader.finish();
  if (extensions) refuseCritical(extensions);
  const micros = accuracy && readAccuracy(accuracy);
  const millis = (micros ?? 0) / 1000;
  return {
    genTime,
    messageImprint,
    serial,
    nonce: nonce && integerHex(nonce),
    accuracy: micros,
    earliest: new Date(genTime.getTime() - Math.ceil(millis)),
    latest: new Date(genTime.getTime() + Math.ceil(millis)),
    policy,
    ordering: ordering ? booleanValue(ordering) : false,
    authority: authority && readGeneralName(onlyChild(authority)),
  };
}

/** Extensions [1] IMPLICIT. None is known here; critical ones must then stop us, others need not (RFC 3161 §2.4.2). */
function refuseCritical(element: DerElement): void {
  const unknown = readExtensions(element, contextTag(1)).find(({ critical }) => critical);
  if (unknown) throw new PkiError('TSA_BAD_TOKEN', `TSTInfo with the critical extension ${unknown.oid}`);
}

/** Microseconds; millis and micros are 1 to 999 each (RFC 3161 §2.4.2). */
function readAccuracy(element: DerElement): number {
  const reader = new DerReader(element);
  const seconds = reader.optional(tags.integer);
  const millis = reader.optional(primitiveContextTag(0));
  const micros = reader.optional(primitiveContextTag(1));
  reader.finish();
  return (
    (seconds ? smallInteger(seconds) : 0) * 1_000_000 +
    (millis ? thousandth(millis) : 0) * 1000 +
    (micros ? thousandth(micros) : 0)
  );
}

function thousandth(element: DerElement): number {
  const value = smallIntegerContent(element);
  if (value < 1 || value > 999) throw new PkiError('TSA_BAD_TOKEN', `an accuracy of ${value} thousandths`);
  return value;
}

/**
 * Which of two tokens was made first. `unknown` where their accuracies overlap, unless one authority made both and
 * promises that its tokens can be ordered (RFC 3161 §2.4.2, ordering); the caller says whether it is one authority.
 */
export function orderOfTimestamps(
  one: TimestampToken,
  other: TimestampToken,
  { isOneAuthority }: { readonly isOneAuthority: boolean },
): 'before' | 'after' | 'unknown' {
  const isOrdered = isOneAuthority && one.ordering && other.ordering;
  const [until, from] = isOrdered ? [one.genTime, other.genTime] : [one.latest, other.earliest];
  if (until < from) return 'before';
  const [otherUntil, oneFrom] = isOrdered ? [other.genTime, one.genTime] : [other.latest, one.earliest];
  return otherUntil < oneFrom ? 'after' : 'unknown';
}
