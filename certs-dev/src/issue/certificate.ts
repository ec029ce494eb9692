import { hash, randomBytes } from 'node:crypto';
import { derExplicit, derInteger, derSequence, derTime } from '#pki';
import { authorityKeyIdentifier, signedStructure, subjectKeyIdentifier } from './extensions';
import { signatureAlgorithm, signWith } from './keys';
import type { KeyPair } from './keys';
import { subjectDer } from './subject';
import type { Subject } from './subject';

/** Who signs: a name and a key. */
export interface Issuer {
  readonly subject: Subject;
  readonly keys: KeyPair;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface CertificateRequest extends Validity {
  readonly subject: Subject;
  readonly spki: Uint8Array;
  /** Extensions beside the key identifiers, DER. */
  readonly extensions: readonly Uint8Array[];
}

export interface IssuedCertificate extends Validity {
  readonly subject: Subject;
  readonly der: Uint8Array;
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** SHA-256 of `der`, lower-case hex. */
  readonly thumbprint: string;
}

/** An X.509 v3 certificate signed by `issuer` (RFC 5280 §4.1). Times are cut to whole seconds. */
export function issueCertificate(issuer: Issuer, request: CertificateRequest): IssuedCertificate {
  const serial = newSerialNumber();
  const algorithm = signatureAlgorithm(issuer.keys.algorithm);
  const tbs = derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(serial),
    algorithm,
    subjectDer(issuer.subject),
    derSequence(derTime(request.notBefore), derTime(request.notAfter)),
    subjectDer(request.subject),
    request.spki,
    derExplicit(
      3,
      derSequence(
        subjectKeyIdentifier(request.spki),
        authorityKeyIdentifier(issuer.keys.spki),
        ...request.extensions,
      ),
    ),
  );
  const der = signedStructure(tbs, algorithm, signWith(issuer.keys, tbs));
  return {
    subject: request.subject,
    der,
    serialNumber: Buffer.from(serial).toString('hex'),
    thumbprint: hash('sha256', der, 'hex'),
    notBefore: request.notBefore,
    notAfter: request.notAfter,
  };
}

/** Sixteen random bytes, positive and of full length. */
function newSerialNumber(): Uint8Array {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return serial;
}
