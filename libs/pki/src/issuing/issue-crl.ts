import { fromHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { encodeSignatureAlgorithm } from '../crypto/algorithms';
import { tags } from '../der/element';
import {
  derBitString,
  derEnumerated,
  derExplicit,
  derImplicit,
  derInteger,
  derOctetString,
  derSequence,
  derTime,
  tlv,
} from '../der/writer';
import { oids } from '../oids';
import { reasonValue } from '../revocation/reasons';
import type { RevocationReason } from '../revocation/reasons';
import { encodeExtension, keyIdentifier } from './issue-certificate';
import type { ExtensionInput, IssuingKey } from './issue-certificate';

export interface CrlInput {
  readonly issuer: Certificate;
  readonly issuerKey: IssuingKey;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly number: number | bigint;
  readonly entries: readonly {
    /** As `Certificate.serialNumber`. */
    readonly serialNumber: string;
    readonly revocationDate: Date;
    readonly reason?: RevocationReason;
    /** Further extensions of the entry. */
    readonly extensions?: readonly ExtensionInput[];
  }[];
  readonly extensions?: readonly ExtensionInput[];
}

/** Makes a version 2 CertificateList, DER. For the development PKI and tests. */
export async function issueCrl(input: CrlInput): Promise<Uint8Array> {
  const algorithm = encodeSignatureAlgorithm(input.issuerKey.algorithm);
  const { subjectKeyId } = input.issuer;
  const keyId = subjectKeyId === undefined ? await keyIdentifier(input.issuer.spki) : fromHex(subjectKeyId);
  const entries = input.entries.map(({ serialNumber, revocationDate, reason, extensions: further = [] }) => {
    const own: ExtensionInput[] =
      reason === undefined || reason === 'unspecified'
        ? []
        : [{ oid: oids.reasonCode, value: derEnumerated(reasonValue(reason)) }];
    const all = [...own, ...further].map(encodeExtension);
    return derSequence(
      tlv(tags.integer, fromHex(serialNumber)),
      derTime(revocationDate),
      all.length > 0 ? derSequence(...all) : undefined,
    );
  });
  const extensions: readonly ExtensionInput[] = [
    { oid: oids.authorityKeyIdentifier, value: derSequence(derImplicit(0, derOctetString(keyId))) },
    { oid: oids.cRLNumber, value: derInteger(input.number) },
    ...(input.extensions ?? []),
  ];
  const tbs = derSequence(
    derInteger(1),
    algorithm,
    input.issuer.subject.der,
    derTime(input.thisUpdate),
    derTime(input.nextUpdate),
    entries.length > 0 ? derSequence(...entries) : undefined,
    derExplicit(0, derSequence(...extensions.map(encodeExtension))),
  );
  return derSequence(tbs, algorithm, derBitString(await input.issuerKey.sign(tbs)));
}
