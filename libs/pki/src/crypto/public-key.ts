import { ByteCache } from '../byte-cache';
import { compareBytes, copyBytes } from '../bytes';
import { parsingAs, PkiError } from '../errors';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { oidValue, unsignedBytes, wholeBitString } from '../der/values';
import { derBitString, derNull, derOid, derSequence } from '../der/writer';
import { oids } from '../oids';
import { isPointOf } from './curves';
import type { EcCurve } from './curves';
import type { SignatureAlgorithm } from './algorithms';
import type { VerifiableAlgorithm } from './verifiable-algorithms';
import { dsaKey } from './dsa';
import { decodePss, digestLength, readAlgorithmIdentifier } from './algorithms';

/** What a SubjectPublicKeyInfo holds. `unknown` keys can be carried and shown, never used. */
export interface PublicKeyInfo {
  readonly algorithm: 'RSA' | 'EC' | 'Ed25519' | 'DSA' | 'unknown';
  /** Size in bits: the modulus of RSA, the field of a curve, the prime of DSA; 0 when unknown. */
  readonly bits: number;
  readonly curve?: EcCurve;
  /** Set for keys whose certificate limits them to RSASSA-PSS (RFC 4055 §1.2). */
  readonly pssOnly?: true;
  /** The parameters such a key is further limited to, if it names any. */
  readonly pssLimits?: SignatureAlgorithm;
  /** A DSA key whose parameters are its issuer's (RFC 3279 §2.3.2); useless without them. */
  readonly inheritsParameters?: true;
  /** SPKI that WebCrypto imports: the same key under its plain identifier. */
  readonly importable: Uint8Array;
  /** Content of the subjectPublicKey BIT STRING, the input of key hashes. */
  readonly keyBits: Uint8Array;
}

const curves = new Map<string, { readonly curve: EcCurve; readonly bits: number }>([
  [oids.p256, { curve: 'P-256', bits: 256 }],
  [oids.p384, { curve: 'P-384', bits: 384 }],
  [oids.p521, { curve: 'P-521', bits: 521 }],
]);

/** Keys met lately: engines keep their imported form with the PublicKeyInfo, and importing costs as much as reading. */
const recent = new ByteCache<PublicKeyInfo>(512);

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). Throws KEY_MALFORMED; unknown key types do not throw. */
export function parsePublicKey(spki: Uint8Array): PublicKeyInfo {
  // A copy: a view would keep the whole file alive in which the key was found, and change with it.
  return recent.get(spki) ?? parseOwnPublicKey(copyBytes(spki));
}

/** As `parsePublicKey`, of bytes that stay as they are: nothing is copied. */
export function parseOwnPublicKey(spki: Uint8Array): PublicKeyInfo {
  const known = recent.get(spki);
  if (known) return known;
  const info = parsingAs('KEY_MALFORMED', () => readSpki(spki));
  recent.set(spki, info);
  return info;
}

function readSpki(spki: Uint8Array): PublicKeyInfo {
  const reader = new DerReader(readDer(spki));
  const identifier = readAlgorithmIdentifier(reader.read(tags.sequence));
  const keyBits = wholeBitString(reader.read(tags.bitString));
  reader.finish();
  const unknown: PublicKeyInfo = { algorithm: 'unknown', bits: 0, importable: spki, keyBits };
  switch (identifier.oid) {
    case oids.rsaEncryption: {
      // The parameters are NULL, and not left out (RFC 3279 §2.3.1).
      const isPlain = identifier.parameters?.tag === tags.null && identifier.parameters.contentLength === 0;
      return (isPlain ? rsaKey(keyBits, spki) : undefined) ?? unknown;
    }
    case oids.rsassaPss: {
      const plain = derSequence(derSequence(derOid(oids.rsaEncryption), derNull), derBitString(keyBits));
      const key = rsaKey(keyBits, plain);
      if (!key) return unknown;
      if (!identifier.parameters) return { ...key, pssOnly: true };
      const pssLimits = supportedPss(identifier.parameters);
      return pssLimits ? { ...key, pssOnly: true, pssLimits } : unknown;
    }
    case oids.ecPublicKey: {
      // Explicit curve parameters are never accepted (RFC 5480 §2.1.1).
      if (identifier.parameters?.tag !== tags.oid) return unknown;
      const named = curves.get(oidValue(identifier.parameters));
      if (!named) return unknown;
      return isPointOf(named.curve, keyBits)
        ? { algorithm: 'EC', ...named, importable: spki, keyBits }
        : unknown;
    }
    case oids.ed25519: {
      const isSound = !identifier.parameters && keyBits.length === 32;
      return isSound ? { algorithm: 'Ed25519', bits: 256, importable: spki, keyBits } : unknown;
    }
    case oids.dsa: {
      const dsa = dsaKey(identifier.parameters);
      if (!dsa) return unknown;
      const { bits, inheritsParameters } = dsa;
      const key = { algorithm: 'DSA', bits, importable: spki, keyBits } as const;
      return inheritsParameters ? { ...key, inheritsParameters } : key;
    }
    default:
      return unknown;
  }
}

/** Undefined for parameters outside of what is supported (SHA-1, other masks): the key can then not be used. */
function supportedPss(parameters: DerElement): SignatureAlgorithm | undefined {
  try {
    return decodePss(parameters);
  } catch (error) {
    if (error instanceof PkiError && error.code === 'ALGORITHM_UNSUPPORTED') return undefined;
    throw error;
  }
}

const maxRsaBits = 16384;
/** Up to this size exponents of 64 bits are taken; for larger keys only those up to 2^16 + 1, which all of them have. */
const maxBitsForAnyExponent = 4096;
const maxExponentOctets = 8;

/**
 * Undefined for keys that cannot be used: so large that one use would be an attack on us, with an exponent of one
 * (everything is its own signature) or even numbers (no RSA key has them). Looks at octets only.
 */
function rsaKey(keyBits: Uint8Array, importable: Uint8Array): PublicKeyInfo | undefined {
  const reader = new DerReader(readDer(keyBits));
  const modulus = unsignedBytes(reader.read(tags.integer));
  const exponent = unsignedBytes(reader.read(tags.integer));
  reader.finish();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const isOne = exponent.length === 1 && exponent[0] === 1;
  const isUsable =
    bits >= 512 &&
    bits <= maxRsaBits &&
    exponent.length <= maxExponentOctets &&
    (bits <= maxBitsForAnyExponent || compareNumbers(exponent, commonExponent) <= 0) &&
    isOdd(modulus) &&
    isOdd(exponent) &&
    !isOne;
  return isUsable ? { algorithm: 'RSA', bits, importable, keyBits } : undefined;
}

const commonExponent = Uint8Array.of(1, 0, 1);

/** Order of two numbers without leading zeros. */
function compareNumbers(a: Uint8Array, b: Uint8Array): number {
  return a.length - b.length || compareBytes(a, b);
}

function isOdd(magnitude: Uint8Array): boolean {
  return ((magnitude.at(-1) ?? 0) & 1) === 1;
}

/** Whether a key of this kind can have made a signature of that kind. */
export function keySuits(key: PublicKeyInfo, algorithm: VerifiableAlgorithm): boolean {
  switch (algorithm.name) {
    case 'RSA-PSS': {
      if (key.algorithm !== 'RSA') return false;
      const { pssLimits, bits } = key;
      const salt = algorithm.saltLength ?? digestLength[algorithm.hash];
      // RFC 8017 §9.1.2: hash and salt must fit; WebCrypto fails where they do not.
      if (digestLength[algorithm.hash] + salt + 2 > Math.ceil((bits - 1) / 8)) return false;
      return !pssLimits || (algorithm.hash === pssLimits.hash && salt >= (pssLimits.saltLength ?? 20));
    }
    case 'RSA-PKCS1':
      // RFC 8017 §9.2: the hash in its 19 octets of DER, and 11 octets of padding.
      return (
        key.algorithm === 'RSA' && !key.pssOnly && key.bits >= 8 * (digestLength[algorithm.hash] + 19 + 11)
      );
    case 'ECDSA':
      return key.algorithm === 'EC';
    case 'Ed25519':
      return key.algorithm === 'Ed25519';
    case 'DSA':
      return key.algorithm === 'DSA' && !key.inheritsParameters;
  }
}

/** The algorithm this project signs with for a key: RSASSA-PSS, ECDSA with the curve's hash, or Ed25519. */
export function preferredAlgorithm(key: PublicKeyInfo): SignatureAlgorithm {
  switch (key.algorithm) {
    case 'RSA': {
      const { hash = 'SHA-256', saltLength = 0 } = key.pssLimits ?? {};
      return saltLength > digestLength[hash]
        ? { name: 'RSA-PSS', hash, saltLength }
        : { name: 'RSA-PSS', hash };
    }
    case 'EC':
      return {
        name: 'ECDSA',
        hash: key.curve === 'P-521' ? 'SHA-512' : key.curve === 'P-384' ? 'SHA-384' : 'SHA-256',
      };
    case 'Ed25519':
      return { name: 'Ed25519', hash: 'SHA-512' };
    case 'DSA':
    case 'unknown':
      throw new PkiError('KEY_UNSUPPORTED', 'this type of key cannot sign here');
  }
}
