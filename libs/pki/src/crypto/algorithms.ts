import { PkiError } from '../errors';
import { contextTag } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader, onlyChild } from '../der/reader';
import { expectNull, oidValue, smallInteger } from '../der/values';
import { derExplicit, derInteger, derNull, derOid, derSequence } from '../der/writer';
import { tags } from '../der/element';
import { oids } from '../oids';

export type HashAlgorithm = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** SHA-1 only names things (key identifiers, OCSP CertID); no signature over it is accepted. */
export type DigestAlgorithm = HashAlgorithm | 'SHA-1';

/**
 * How a signature is made. RSA-PSS: MGF1 with the same hash; salt as long as the digest unless
 * `saltLength` (octets) says otherwise, which only happens when reading signatures of others.
 */
export interface SignatureAlgorithm {
  readonly name: 'RSA-PSS' | 'RSA-PKCS1' | 'ECDSA' | 'Ed25519';
  readonly hash: HashAlgorithm;
  readonly saltLength?: number;
}

export const digestLength: Readonly<Record<DigestAlgorithm, number>> = {
  'SHA-1': 20,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
};

const oidOfDigest: Readonly<Record<DigestAlgorithm, string>> = {
  'SHA-1': oids.sha1,
  'SHA-256': oids.sha256,
  'SHA-384': oids.sha384,
  'SHA-512': oids.sha512,
};

const digestOfOid = new Map(Object.entries(oidOfDigest).map(([name, oid]) => [oid, name as DigestAlgorithm]));

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2). */
export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: DerElement | undefined;
  readonly der: Uint8Array;
}

export function readAlgorithmIdentifier(element: DerElement): AlgorithmIdentifier {
  const reader = new DerReader(element);
  const oid = oidValue(reader.read(tags.oid));
  const parameters = reader.hasMore ? reader.any() : undefined;
  reader.finish();
  return { oid, parameters, der: element.der };
}

/** AlgorithmIdentifier of a digest; SHA-2 without parameters (RFC 5754 §2). */
export function encodeDigestAlgorithm(hash: DigestAlgorithm): Uint8Array {
  return hash === 'SHA-1' ? derSequence(derOid(oids.sha1), derNull) : derSequence(derOid(oidOfDigest[hash]));
}

/** Throws ALGORITHM_UNSUPPORTED. NULL or absent parameters are both right (RFC 5754 §2). */
export function digestFromIdentifier(identifier: AlgorithmIdentifier): DigestAlgorithm {
  const digest = digestOfOid.get(identifier.oid);
  if (!digest) throw unsupported(`digest ${identifier.oid}`);
  if (identifier.parameters) expectNull(identifier.parameters);
  return digest;
}

/** A digest that signatures may stand on: SHA-1 is refused. */
export function hashFromIdentifier(identifier: AlgorithmIdentifier): HashAlgorithm {
  const digest = digestFromIdentifier(identifier);
  if (digest === 'SHA-1') throw unsupported('SHA-1');
  return digest;
}

const signatureOids: readonly (readonly [string, SignatureAlgorithm])[] = [
  [oids.sha256WithRsa, { name: 'RSA-PKCS1', hash: 'SHA-256' }],
  [oids.sha384WithRsa, { name: 'RSA-PKCS1', hash: 'SHA-384' }],
  [oids.sha512WithRsa, { name: 'RSA-PKCS1', hash: 'SHA-512' }],
  [oids.ecdsaWithSha256, { name: 'ECDSA', hash: 'SHA-256' }],
  [oids.ecdsaWithSha384, { name: 'ECDSA', hash: 'SHA-384' }],
  [oids.ecdsaWithSha512, { name: 'ECDSA', hash: 'SHA-512' }],
  [oids.ed25519, { name: 'Ed25519', hash: 'SHA-512' }],
];
const signatureOfOid = new Map(signatureOids);

/** AlgorithmIdentifier of a signature (RFC 4055 §3.1 and §5, RFC 5758 §3.2, RFC 8410 §3). */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm.name === 'RSA-PSS') return encodePss(algorithm);
  const found = signatureOids.find(
    ([, known]) => known.name === algorithm.name && known.hash === algorithm.hash,
  );
  if (!found) throw unsupported(`${algorithm.name} with ${algorithm.hash}`);
  return algorithm.name === 'RSA-PKCS1'
    ? derSequence(derOid(found[0]), derNull)
    : derSequence(derOid(found[0]));
}

function encodePss({ hash, saltLength = digestLength[hash] }: SignatureAlgorithm): Uint8Array {
  // RFC 4055 §2.1: within PSS parameters the hash identifier carries NULL.
  const hashIdentifier = derSequence(derOid(oidOfDigest[hash]), derNull);
  return derSequence(
    derOid(oids.rsassaPss),
    derSequence(
      derExplicit(0, hashIdentifier),
      derExplicit(1, derSequence(derOid(oids.mgf1), hashIdentifier)),
      saltLength === defaultSalt ? undefined : derExplicit(2, derInteger(saltLength)),
    ),
  );
}

/** Throws ALGORITHM_UNSUPPORTED for what is unknown, SHA-1 based or oddly parametrised. */
export function signatureFromIdentifier(identifier: AlgorithmIdentifier): SignatureAlgorithm {
  if (identifier.oid === oids.rsassaPss) return decodePss(identifier.parameters);
  const algorithm = signatureOfOid.get(identifier.oid);
  if (!algorithm) throw unsupported(`signature ${identifier.oid}`);
  if (algorithm.name === 'RSA-PKCS1') {
    if (identifier.parameters) expectNull(identifier.parameters);
  } else if (identifier.parameters) {
    throw unsupported(`${identifier.oid} with parameters`);
  }
  return algorithm;
}

/** Defaults of RSASSA-PSS-params, never written out (X.690 §11.5). */
const defaultSalt = 20;
const defaultTrailer = 1;

/** RSASSA-PSS-params (RFC 4055 §3.1). All defaults mean SHA-1, which is refused. */
export function decodePss(parameters: DerElement | undefined): SignatureAlgorithm {
  if (!parameters) throw unsupported('RSASSA-PSS without parameters');
  const reader = new DerReader(parameters);
  const hashField = reader.optional(contextTag(0));
  const maskField = reader.optional(contextTag(1));
  const saltField = reader.optional(contextTag(2));
  const trailerField = reader.optional(contextTag(3));
  reader.finish();
  if (!hashField || !maskField) throw unsupported('RSASSA-PSS with SHA-1');
  const hash = hashFromIdentifier(readAlgorithmIdentifier(onlyChild(hashField)));
  const mask = readAlgorithmIdentifier(onlyChild(maskField));
  if (mask.oid !== oids.mgf1 || !mask.parameters) throw unsupported(`mask generation ${mask.oid}`);
  if (hashFromIdentifier(readAlgorithmIdentifier(mask.parameters)) !== hash) {
    throw unsupported('RSASSA-PSS whose mask uses another hash');
  }
  const saltLength = saltField ? smallInteger(onlyChild(saltField)) : defaultSalt;
  if (saltLength > 512) throw unsupported(`RSASSA-PSS salt of ${saltLength} octets`);
  const trailer = trailerField && smallInteger(onlyChild(trailerField));
  if (trailer !== undefined && trailer !== defaultTrailer) throw unsupported('RSASSA-PSS trailer field');
  if ((saltField && saltLength === defaultSalt) || trailer !== undefined)
    throw new PkiError('DER_NOT_CANONICAL', 'a default of RSASSA-PSS is written out');
  return { name: 'RSA-PSS', hash, saltLength };
}

/**
 * The algorithm of a CMS SignerInfo, which may name only the key type and leave the hash to
 * digestAlgorithm (RFC 5754 §3.2, RFC 5753 §2.1.1). Refuses the two to disagree.
 */
export function signerInfoAlgorithm(
  signature: AlgorithmIdentifier,
  digest: HashAlgorithm,
): SignatureAlgorithm {
  if (signature.oid === oids.rsaEncryption) {
    if (signature.parameters) expectNull(signature.parameters);
    return { name: 'RSA-PKCS1', hash: digest };
  }
  const algorithm = signatureFromIdentifier(signature);
  if (algorithm.hash !== digest)
    throw unsupported(`${algorithm.name} with ${algorithm.hash} over a ${digest} digest`);
  return algorithm;
}

function unsupported(what: string): PkiError {
  return new PkiError('ALGORITHM_UNSUPPORTED', `${what} is not supported`);
}
