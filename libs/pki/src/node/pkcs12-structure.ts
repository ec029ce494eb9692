import forge from 'node-forge';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import { readDer } from '../der/element';
import { PkiError } from '../errors';
import { unsupported } from './pkcs12-derivation';
import type { DerivationBudget } from './pkcs12-derivation';
import { decryptByPassword } from './pkcs12-encryption';

/*
 * PKCS#12 files are BER: indefinite lengths and chunked OCTET STRINGs are common. node-forge's reader takes them;
 * certificates and keys are then carried over as the bytes they are, never re-encoded.
 */

type Asn1 = forge.asn1.Asn1;

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const;

export interface Pkcs12File {
  readonly authenticatedSafe: Uint8Array;
  /** MacData, DER, if the file is protected by one. */
  readonly macData: Uint8Array | undefined;
}

export interface Pkcs12Bags {
  /** PrivateKeyInfo, DER. */
  readonly keys: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
}

/** Reads the outer PFX. Throws PKCS12_DAMAGED, PKCS12_UNSUPPORTED. */
export function readPkcs12File(bytes: Uint8Array): Pkcs12File {
  const [version, authSafe, macData] = childrenOf(readBer(bytes));
  if (!version || !authSafe) throw damaged('PFX without content');
  const [type, content] = childrenOf(authSafe);
  if (oidOf(type) !== oids.data) throw unsupported('integrity by public key');
  return { authenticatedSafe: octetsOf(explicitOf(content)), macData: macData && toDer(macData) };
}

/**
 * Decrypts and lists keys and certificates. `wrong-key` when something does not decrypt: a wrong password or
 * damage, which only the MAC tells apart.
 */
export function readBags(
  file: Pkcs12File,
  password: string,
  budget: DerivationBudget,
): Pkcs12Bags | 'wrong-key' {
  const keys: Uint8Array[] = [];
  const certificates: Uint8Array[] = [];
  for (const contentInfo of childrenOf(readBer(file.authenticatedSafe))) {
    const [type, content] = childrenOf(contentInfo);
    const inner = explicitOf(content);
    const safe =
      oidOf(type) === oids.encryptedData ? decryptContent(inner, password, budget) : octetsOf(inner);
    if (!safe) return 'wrong-key';
    for (const bag of childrenOf(readBer(safe))) {
      const [bagType, bagValue] = childrenOf(bag);
      const value = explicitOf(bagValue);
      switch (oidOf(bagType)) {
        case oids.keyBag:
          keys.push(toDer(value));
          break;
        case oids.shroudedKeyBag: {
          const key = decryptKey(value, password, budget);
          if (!key) return 'wrong-key';
          keys.push(key);
          break;
        }
        case oids.certBag:
          certificates.push(...certificateOf(value));
          break;
        default:
          // CRLs, secrets and nested safes are of no use here.
          break;
      }
    }
  }
  return { keys, certificates };
}

/** EncryptedData (RFC 5652 §8): its content is an IMPLICIT OCTET STRING, often in chunks. */
function decryptContent(
  encryptedData: Asn1,
  password: string,
  budget: DerivationBudget,
): Uint8Array | undefined {
  const [, info] = childrenOf(encryptedData);
  const [, algorithm, content] = childrenOf(info);
  if (!algorithm || !content) throw damaged('EncryptedData without content');
  return decryptByPassword(
    readAlgorithmIdentifier(readDer(toDer(algorithm))),
    octetsOf(content),
    password,
    budget,
  );
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3). */
function decryptKey(encryptedKey: Asn1, password: string, budget: DerivationBudget): Uint8Array | undefined {
  const [algorithm, content] = childrenOf(encryptedKey);
  if (!algorithm || !content) throw damaged('key bag without content');
  return decryptByPassword(
    readAlgorithmIdentifier(readDer(toDer(algorithm))),
    octetsOf(content),
    password,
    budget,
  );
}

function certificateOf(certBag: Asn1): Uint8Array[] {
  const [type, value] = childrenOf(certBag);
  return oidOf(type) === oids.x509Certificate ? [octetsOf(explicitOf(value))] : [];
}

function readBer(bytes: Uint8Array): Asn1 {
  try {
    return forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'), true);
  } catch (cause) {
    throw damaged('BER cannot be read', cause);
  }
}

function toDer(element: Asn1): Uint8Array {
  return new Uint8Array(Buffer.from(forge.asn1.toDer(element).getBytes(), 'latin1'));
}

function childrenOf(element: Asn1 | undefined): readonly Asn1[] {
  if (!element || typeof element.value === 'string') throw damaged('a list of elements is missing');
  return element.value;
}

function explicitOf(element: Asn1 | undefined): Asn1 {
  const [child] = childrenOf(element);
  if (!child) throw damaged('an explicit tag is empty');
  return child;
}

function oidOf(element: Asn1 | undefined): string {
  if (!element || typeof element.value !== 'string') throw damaged('an object identifier is missing');
  return forge.asn1.derToOid(element.value);
}

function octetsOf(element: Asn1, depth = 0): Uint8Array {
  if (typeof element.value === 'string') return new Uint8Array(Buffer.from(element.value, 'latin1'));
  if (depth > 4) throw damaged('OCTET STRING nested too deeply');
  return new Uint8Array(Buffer.concat(element.value.map((chunk) => octetsOf(chunk, depth + 1))));
}

function damaged(what: string, cause?: unknown): PkiError {
  return new PkiError('PKCS12_DAMAGED', `PKCS#12: ${what}`, { cause });
}
