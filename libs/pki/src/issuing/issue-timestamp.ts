import { fromHex } from '../bytes';
import { signEnveloping } from '../cms/sign-data';
import type { Signer } from '../crypto/signer';
import { tags } from '../der/element';
import {
  derBoolean,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derInteger,
  derNamedBits,
  derOid,
  derSequence,
  derUtf8String,
  tlv,
} from '../der/writer';
import { oids } from '../oids';
import { encodeExtension } from './issue-certificate';
import type { ExtensionInput } from './issue-certificate';
import { encodeImprint } from '../timestamp/request';
import type { TimestampRequest } from '../timestamp/request';

export interface TimestampIssueInput {
  readonly request: Pick<TimestampRequest, 'imprint' | 'nonce'>;
  /** The authority: its certificate has timeStamping as its only, critical purpose. */
  readonly signer: Signer;
  readonly genTime: Date;
  /** OID of the policy the token is issued under. */
  readonly policy: string;
  /** Magnitude, unique per authority. */
  readonly serialNumber: Uint8Array;
  /** Milliseconds. */
  readonly accuracyMs?: number;
  /** The authority promises that its tokens can be ordered by their times. */
  readonly ordering?: true;
  /** How the authority names itself: GeneralName, DER. */
  readonly authority?: Uint8Array;
  readonly extensions?: readonly ExtensionInput[];
}

/** Makes a time-stamp token, DER. For the development PKI and tests. */
export async function issueTimestampToken(input: TimestampIssueInput): Promise<Uint8Array> {
  const { nonce, imprint } = input.request;
  const accuracy = input.accuracyMs ?? 1000;
  const tstInfo = derSequence(
    derInteger(1),
    derOid(input.policy),
    encodeImprint(imprint),
    derInteger(input.serialNumber),
    derGeneralizedTime(input.genTime),
    derSequence(
      accuracy >= 1000 ? derInteger(Math.floor(accuracy / 1000)) : undefined,
      accuracy % 1000 > 0 ? derImplicit(0, derInteger(accuracy % 1000)) : undefined,
    ),
    input.ordering && derBoolean(true),
    nonce === undefined ? undefined : tlv(tags.integer, fromHex(nonce)),
    input.authority && derExplicit(0, input.authority),
    input.extensions && derImplicit(1, derSequence(...input.extensions.map(encodeExtension))),
  );
  return signEnveloping({ signer: input.signer, content: { oid: oids.tstInfo, bytes: tstInfo } });
}

/** TimeStampResp that grants a token. */
export function timestampGranted(token: Uint8Array): Uint8Array {
  return derSequence(derSequence(derInteger(0)), token);
}

const failureBits = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  systemFailure: 25,
} as const;

/** TimeStampResp that refuses. */
export function timestampRejected(failure: keyof typeof failureBits, text: string): Uint8Array {
  return derSequence(
    derSequence(derInteger(2), derSequence(derUtf8String(text)), derNamedBits([failureBits[failure]])),
  );
}
