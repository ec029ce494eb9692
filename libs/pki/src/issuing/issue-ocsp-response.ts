import { fromHex } from '../bytes';
import { encodeSignatureAlgorithm } from '../crypto/algorithms';
import type { Signer } from '../crypto/signer';
import {
  derBitString,
  derEnumerated,
  derExplicit,
  derGeneralizedTime,
  derOctetString,
  derOid,
  derSequence,
} from '../der/writer';
import { oids } from '../oids';
import { reasonValue } from '../revocation/reasons';
import type { RevocationReason } from '../revocation/reasons';
import { encodeExtension, keyIdentifier } from './issue-certificate';
import type { ExtensionInput } from './issue-certificate';

export type OcspStatusInput =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly revocationTime: Date; readonly reason?: RevocationReason };

export interface OcspResponseInput {
  /** The authority itself or its delegated responder. Its certificate is put in. */
  readonly responder: Signer;
  readonly producedAt: Date;
  readonly responses: readonly (OcspStatusInput & {
    /** CertID, DER, as it stood in the request. */
    readonly id: Uint8Array;
    readonly thisUpdate: Date;
    readonly nextUpdate?: Date;
    readonly extensions?: readonly ExtensionInput[];
  })[];
  /** How the responder names itself: by its key unless said otherwise. */
  readonly responderId?: 'key' | 'name';
  readonly extensions?: readonly ExtensionInput[];
  /** Octets of the request's nonce. */
  readonly nonce?: Uint8Array;
}

/** Makes a successful OCSPResponse, DER. For the development PKI and tests. */
export async function issueOcspResponse(input: OcspResponseInput): Promise<Uint8Array> {
  const { responder, nonce } = input;
  const keyId =
    responder.certificate.subjectKeyId === undefined
      ? await keyIdentifier(responder.certificate.spki)
      : fromHex(responder.certificate.subjectKeyId);
  const singles = input.responses.map((single) =>
    derSequence(
      single.id,
      encodeStatus(single),
      derGeneralizedTime(single.thisUpdate),
      single.nextUpdate && derExplicit(0, derGeneralizedTime(single.nextUpdate)),
      single.extensions && derExplicit(1, derSequence(...single.extensions.map(encodeExtension))),
    ),
  );
  const extensions = [
    ...(nonce ? [{ oid: oids.ocspNonce, value: derOctetString(nonce) }] : []),
    ...(input.extensions ?? []),
  ].map(encodeExtension);
  const tbs = derSequence(
    input.responderId === 'name'
      ? derExplicit(1, responder.certificate.subject.der)
      : derExplicit(2, derOctetString(keyId)),
    derGeneralizedTime(input.producedAt),
    derSequence(...singles),
    extensions.length > 0 ? derExplicit(1, derSequence(...extensions)) : undefined,
  );
  const basic = derSequence(
    tbs,
    encodeSignatureAlgorithm(responder.algorithm),
    derBitString(await responder.sign(tbs)),
    derExplicit(0, derSequence(responder.certificate.der)),
  );
  return derSequence(
    derEnumerated(0),
    derExplicit(0, derSequence(derOid(oids.ocspBasic), derOctetString(basic))),
  );
}

const errorValues = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;

/** An OCSPResponse that is an error (RFC 6960 §4.2.1). */
export function ocspErrorResponse(error: keyof typeof errorValues): Uint8Array {
  return derSequence(derEnumerated(errorValues[error]));
}

function encodeStatus(input: OcspStatusInput): Uint8Array {
  if (input.status !== 'revoked') return Uint8Array.of(input.status === 'good' ? 0x80 : 0x82, 0);
  const reason = input.reason && derExplicit(0, derEnumerated(reasonValue(input.reason)));
  return derExplicit(1, derGeneralizedTime(input.revocationTime), reason);
}
