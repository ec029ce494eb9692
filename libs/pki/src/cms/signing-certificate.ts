import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { digestFromIdentifier, readAlgorithmIdentifier } from '../crypto/algorithms';
import type { DigestAlgorithm } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { integerHex, octetStringValue } from '../der/values';
import { readGeneralNames } from '../names/general-name';
import { oids } from '../oids';
import type { CmsAttribute } from './parse-signed-data';

interface CertificateReference {
  readonly hash: DigestAlgorithm;
  readonly certHash: Uint8Array;
  readonly issuerSerial: DerElement | undefined;
}

/**
 * Whether signing-certificate-v2 (RFC 5035 §3), or the older signing-certificate (RFC 2634 §5.4),
 * names this certificate first. `absent` when neither attribute is there.
 */
export async function signingCertificateBinding(
  attributes: readonly CmsAttribute[],
  certificate: Certificate,
): Promise<'bound' | 'mismatch' | 'absent'> {
  const references = attributes.flatMap((found) => {
    if (found.type === oids.signingCertificateV2)
      return found.values.map((value) => firstReference(value, 'SHA-256'));
    if (found.type === oids.signingCertificate)
      return found.values.map((value) => firstReference(value, 'SHA-1'));
    return [];
  });
  if (references.length === 0) return 'absent';
  for (const reference of references) {
    if (!equalBytes(await digest(reference.hash, certificate.der), reference.certHash)) return 'mismatch';
    if (reference.issuerSerial && !namesCertificate(reference.issuerSerial, certificate)) return 'mismatch';
  }
  return 'bound';
}

/** First ESSCertID or ESSCertIDv2; the hash algorithm of the former is SHA-1, of the latter SHA-256 by default. */
function firstReference(value: DerElement, defaultHash: DigestAlgorithm): CertificateReference {
  const references = new DerReader(value).enter(tags.sequence);
  const reader = references.enter(tags.sequence);
  const algorithm = defaultHash === 'SHA-256' ? reader.optional(tags.sequence) : undefined;
  const certHash = octetStringValue(reader.read(tags.octetString));
  const issuerSerial = reader.optional(tags.sequence);
  reader.finish();
  const hash = algorithm ? digestFromIdentifier(readAlgorithmIdentifier(algorithm)) : defaultHash;
  return { hash, certHash, issuerSerial };
}

function namesCertificate(issuerSerial: DerElement, certificate: Certificate): boolean {
  const reader = new DerReader(issuerSerial);
  const names = readGeneralNames(reader.any());
  const serial = integerHex(reader.read(tags.integer));
  reader.finish();
  const isIssuerNamed = names.some(
    (name) => name.kind === 'directory' && name.name.equals(certificate.issuer),
  );
  return isIssuerNamed && serial === certificate.serialNumber;
}
