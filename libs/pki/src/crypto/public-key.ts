import { copyBytes, toHex } from '../bytes';
import { parsingAs, PkiError } from '../errors';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader } from '../der/reader';
import { oidValue, unsignedBytes, wholeBitString } from '../der/values';
import { derBitString, derNull, derOid, derSequence } from '../der/writer';
import { oids } from '../oids';
import type { SignatureAlgorithm } from './algorithms';
import type { VerifiableAlgorithm } from './verifiable-algorithms';
import { dsaKey } from './dsa';
import { decodePss, digestLength, readAlgorithmIdentifier } from './algorithms';

export type EcCurve = 'P-256' | 'P-384' | 'P-521';

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

/**
 * Keys met lately, by content: engines keep their imported form with the PublicKeyInfo, and importing costs more
 * than verifying. Bounded, oldest out first.
 */
const recent = new Map<string, PublicKeyInfo>();
const maxRecent = 512;

const seen = new WeakMap<Uint8Array, PublicKeyInfo>();

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). Throws KEY_MALFORMED; unknown key types do not throw. */
export function parsePublicKey(spki: Uint8Array): PublicKeyInfo {
  const known = seen.get(spki);
  if (known) return known;
  const content = toHex(spki);
  const info = recent.get(content) ?? remember(content, spki);
  seen.set(spki, info);
  return info;
}

function remember(content: string, spki: Uint8Array): PublicKeyInfo {
  // A copy: a view would keep the whole file alive in which the key was found.
  const info = parsingAs('KEY_MALFORMED', () => readSpki(copyBytes(spki)));
  const [oldest] = recent.keys();
  if (recent.size >= maxRecent && oldest !== undefined) recent.delete(oldest);
  recent.set(content, info);
  return info;
}

function readSpki(spki: Uint8Array): PublicKeyInfo {
  const reader = new DerReader(readDer(spki));
  const identifier = readAlgorithmIdentifier(reader.read(tags.sequence));
  const keyBits = wholeBitString(reader.read(tags.bitString));
  reader.finish();
  const unknown: PublicKeyInfo = { algorithm: 'unknown', bits: 0, importable: spki, keyBits };
  switch (identifier.oid) {
    case oids.rsaEncryption:
      return rsaKey(keyBits, spki) ?? unknown;
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
      const isUncompressed = keyBits[0] === 4 && keyBits.length === 1 + 2 * Math.ceil(named.bits / 8);
      return isUncompressed ? { algorithm: 'EC', ...named, importable: spki, keyBits } : unknown;
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

/** Undefined for keys so large, or with exponents so large, that one use would be an attack on us. */
function rsaKey(keyBits: Uint8Array, importable: Uint8Array): PublicKeyInfo | undefined {
  const reader = new DerReader(readDer(keyBits));
  const modulus = unsignedBytes(reader.read(tags.integer));
  const exponent = unsignedBytes(reader.read(tags.integer));
  reader.finish();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const isUsable = bits >= 512 && bits <= 16384 && exponent.length <= 8 && ((exponent.at(-1) ?? 0) & 1) === 1;
  return isUsable ? { algorithm: 'RSA', bits, importable, keyBits } : undefined;
}

/** Whether a key of this kind can have made a signature of that kind. */
export function keySuits(key: PublicKeyInfo, algorithm: VerifiableAlgorithm): boolean {
  switch (algorithm.name) {
    case 'RSA-PSS': {
      if (key.algorithm !== 'RSA') return false;
      const { pssLimits } = key;
      if (!pssLimits) return true;
      const salt = algorithm.saltLength ?? digestLength[algorithm.hash];
      return algorithm.hash === pssLimits.hash && salt >= (pssLimits.saltLength ?? 20);
    }
    case 'RSA-PKCS1':
      return key.algorithm === 'RSA' && !key.pssOnly;
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
    case 'RSA':
      return { name: 'RSA-PSS', hash: key.pssLimits?.hash ?? 'SHA-256' };
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
