import { readDer, tags } from '../der/element';
import { DerReader } from '../der/reader';
import { oidValue, unsignedBytes, wholeBitString } from '../der/values';
import { derBitString, derOid, derSequence } from '../der/writer';
import type { DerElement } from '../der/element';
import { oids } from '../oids';

/**
 * DSA (RFC 3279 §2.3.2), which no certificate of our time should use: understood so that old paths can be judged,
 * verified by the node engine alone, and refused unless an algorithm policy allows it.
 */
export interface DsaKey {
  /** Bits of the prime p; 0 while the parameters are inherited. */
  readonly bits: number;
  readonly inheritsParameters: true | undefined;
}

/** Undefined for parameters so large that one use would be an attack on us. */
export function dsaKey(parameters: DerElement | undefined): DsaKey | undefined {
  if (!parameters) return { bits: 0, inheritsParameters: true };
  const reader = new DerReader(parameters);
  const [p, q, g] = [reader.read(tags.integer), reader.read(tags.integer), reader.read(tags.integer)].map(
    unsignedBytes,
  );
  reader.finish();
  const bits = p ? p.length * 8 - Math.clz32(p[0] ?? 0) + 24 : 0;
  const isUsable = bits >= 512 && bits <= 4096 && q && q.length <= 32 && g && g.length <= 512;
  return isUsable ? { bits, inheritsParameters: undefined } : undefined;
}

/** The SubjectPublicKeyInfo of a key that inherits its issuer's parameters, with them (RFC 3279 §2.3.2). */
export function withInheritedParameters(spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array | undefined {
  const own = readDsaSpki(spki);
  const issuer = readDsaSpki(issuerSpki);
  if (!own || !issuer?.parameters) return undefined;
  return derSequence(derSequence(derOid(oids.dsa), issuer.parameters.der), derBitString(own.keyBits));
}

function readDsaSpki(
  spki: Uint8Array,
): { readonly parameters: DerElement | undefined; readonly keyBits: Uint8Array } | undefined {
  const reader = new DerReader(readDer(spki));
  const identifier = reader.enter(tags.sequence);
  if (oidValue(identifier.read(tags.oid)) !== oids.dsa) return undefined;
  const parameters = identifier.hasMore ? identifier.any() : undefined;
  return { parameters, keyBits: wholeBitString(reader.read(tags.bitString)) };
}
