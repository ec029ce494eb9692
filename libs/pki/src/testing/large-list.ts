import type { Certificate } from '../certificate/certificate';
import { encodeSignatureAlgorithm } from '../crypto/algorithms';
import { derBitString, derExplicit, derInteger, derSequence, derTime } from '../der/writer';
import { fromHex } from '../bytes';
import { encodeExtension } from '../issuing/issue-certificate';
import { oids } from '../oids';
import type { TestAuthority } from './test-pki';

const time = new Date('2026-06-01T00:00:00Z');

/**
 * A list current at `times.now` of this many entries, each with a serial number of 16 octets and a reason, 49 octets
 * in all; `listed` stands in the middle. Built octet by octet: entries as objects would need gigabytes.
 */
export async function largeList(
  issuer: TestAuthority,
  input: { readonly entries: number; readonly listed: Certificate },
): Promise<Uint8Array> {
  const template = derSequence(
    derInteger(new Uint8Array(16).fill(0x40)),
    derTime(time),
    derSequence(encodeExtension({ oid: oids.reasonCode, value: Uint8Array.of(0x0a, 1, 4) })),
  );
  const body = new Uint8Array(input.entries * template.length);
  const { imul } = Math;
  let seed = 1;
  for (let at = 0; at < body.length; at += template.length) {
    body.set(template, at);
    // Numerical Recipes' generator: its high octets are as good as random here.
    for (let i = 5; i < 20; i++) {
      seed = (imul(seed, 1664525) + 1013904223) >>> 0;
      body[at + i] = seed >>> 24;
    }
  }
  const middle = Math.floor(input.entries / 2) * template.length;
  body.set(fromHex(input.listed.serialNumber), middle + 4);
  const algorithm = encodeSignatureAlgorithm(issuer.key.algorithm);
  const tbs = derSequence(
    derInteger(1),
    algorithm,
    issuer.certificate.subject.der,
    derTime(new Date('2026-06-14T00:00:00Z')),
    derTime(new Date('2026-06-21T00:00:00Z')),
    derSequence(body),
    derExplicit(0, derSequence(encodeExtension({ oid: oids.cRLNumber, value: derInteger(1) }))),
  );
  return derSequence(tbs, algorithm, derBitString(await issuer.key.sign(tbs)));
}
