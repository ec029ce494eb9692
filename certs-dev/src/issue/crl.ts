import { derExplicit, derInteger, derSequence, derTime } from '#pki';
import type { Issuer } from './certificate';
import { authorityKeyIdentifier, crlNumber, crlReason, signedStructure } from './extensions';
import type { revocationReasons } from './extensions';
import { signatureAlgorithm, signWith } from './keys';
import { subjectDer } from './subject';

export interface Revocation {
  readonly serialNumber: string;
  readonly at: Date;
  readonly reason: keyof typeof revocationReasons;
}

/** A complete CRL (RFC 5280 §5), DER. Its number is the second of issue, which only grows. */
export function issueCrl(
  issuer: Issuer,
  content: {
    readonly revocations: readonly Revocation[];
    readonly thisUpdate: Date;
    readonly nextUpdate: Date;
  },
): Uint8Array {
  const algorithm = signatureAlgorithm(issuer.keys.algorithm);
  const entries = content.revocations.map(({ serialNumber, at, reason }) =>
    derSequence(derInteger(Buffer.from(serialNumber, 'hex')), derTime(at), derSequence(crlReason(reason))),
  );
  const number = Math.floor(content.thisUpdate.getTime() / 1000);
  const tbs = derSequence(
    derInteger(1),
    algorithm,
    subjectDer(issuer.subject),
    derTime(content.thisUpdate),
    derTime(content.nextUpdate),
    // An empty list is left out altogether (§5.1.2.6).
    entries.length === 0 ? undefined : derSequence(...entries),
    derExplicit(0, derSequence(authorityKeyIdentifier(issuer.keys.spki), crlNumber(number))),
  );
  return signedStructure(tbs, algorithm, signWith(issuer.keys, tbs));
}
