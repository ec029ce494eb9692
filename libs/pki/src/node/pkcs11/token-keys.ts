import { toHex } from '../../bytes';
import type { Certificate } from '../../certificate/certificate';
import { parseCertificate, thumbprint } from '../../certificate/parse-certificate';
import type { PublicKeyInfo } from '../../crypto/public-key';
import { PkiError } from '../../errors';
import { chainOf } from '../chain-of';
import { attributes, keyTypes, objectClasses } from './constants';
import type { Cryptoki, Handle } from './cryptoki';
import { returnValueOf, returnValues } from './return-values';

export type KeyUse = 'sign' | 'decrypt' | 'derive';

/** A private key of a token with its certificate. */
export interface TokenKey {
  /** CKA_ID, hexadecimal. */
  readonly id: string;
  /** CKA_LABEL of the key, or of its certificate where the key has none. */
  readonly label: string;
  readonly certificate: Certificate;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly thumbprint: string;
  /** From the issuer upward as far as the token's certificates go, without a root. */
  readonly chain: readonly Certificate[];
  readonly uses: readonly KeyUse[];
  /** CKA_ALWAYS_AUTHENTICATE: a person gives the PIN anew for each use. */
  readonly asksPinEachTime: boolean;
}

/** Which key is meant: exactly one has to fit all that is given. */
export interface KeySelection {
  readonly id?: string;
  readonly label?: string;
  /** Tells a renewed certificate of the same key from the old one. */
  readonly thumbprint?: string;
}

export interface FoundKey extends TokenKey {
  readonly handle: Handle;
}

/** A session on a token of some library. */
export interface TokenObjects {
  readonly cryptoki: Cryptoki;
  readonly session: Handle;
}

/** Each private key once for each of its certificates; keys without one are of no use here. */
export async function listKeys(token: TokenObjects): Promise<FoundKey[]> {
  const certificates = findAll(token, objectClasses.certificate).flatMap((handle) => {
    const certificate = readCertificate(read(token, handle, attributes.value));
    return certificate
      ? [{ certificate, id: idOf(token, handle), label: textOf(token, handle, attributes.label) }]
      : [];
  });
  const all = certificates.map(({ certificate }) => certificate);
  const keys: FoundKey[] = [];
  for (const handle of findAll(token, objectClasses.privateKey)) {
    const id = idOf(token, handle);
    const type = numberOf(read(token, handle, attributes.keyType));
    for (const { certificate, ...found } of certificates) {
      if (found.id !== id || type !== keyTypeOf(certificate.publicKey)) continue;
      keys.push({
        handle,
        id,
        label: textOf(token, handle, attributes.label) || found.label,
        certificate,
        thumbprint: await thumbprint(certificate),
        chain: chainOf(certificate, all),
        uses: usesOf(token, handle),
        asksPinEachTime: isSet(token, handle, attributes.alwaysAuthenticate),
      });
    }
  }
  return keys;
}

/** Throws TOKEN_KEY_NOT_FOUND, TOKEN_AMBIGUOUS. */
export async function selectKey(token: TokenObjects, selection: KeySelection): Promise<FoundKey> {
  const { id, label, thumbprint: print } = selection;
  const found = (await listKeys(token)).filter(
    (key) =>
      (id === undefined || key.id === id.toLowerCase()) &&
      (label === undefined || key.label === label.normalize('NFC')) &&
      (print === undefined || key.thumbprint === print.toLowerCase()),
  );
  const [only, ...others] = found;
  if (!only) throw new PkiError('TOKEN_KEY_NOT_FOUND', 'the token holds no such key with its certificate');
  if (others.length > 0) throw new PkiError('TOKEN_AMBIGUOUS', `${found.length} keys answer the selection`);
  return only;
}

const handlesAtOnce = 32;

function findAll({ cryptoki, session }: TokenObjects, objectClass: number): Handle[] {
  cryptoki.C_FindObjectsInit(session, [{ type: attributes.class, value: objectClass }]);
  try {
    const found: Handle[] = [];
    for (;;) {
      const some = cryptoki.C_FindObjects(session, handlesAtOnce);
      if (some.length === 0) return found;
      found.push(...some);
    }
  } finally {
    cryptoki.C_FindObjectsFinal(session);
  }
}

/** Undefined for an attribute the object does not have, or does not show. One at a time: the addon gives all or none. */
export function read({ cryptoki, session }: TokenObjects, object: Handle, type: number): Buffer | undefined {
  try {
    return cryptoki.C_GetAttributeValue(session, object, [{ type }])[0]?.value;
  } catch (error) {
    const value = returnValueOf(error);
    if (value === returnValues.attributeTypeInvalid || value === returnValues.attributeSensitive) {
      return undefined;
    }
    throw error;
  }
}

function idOf(token: TokenObjects, object: Handle): string {
  return toHex(read(token, object, attributes.id) ?? new Uint8Array());
}

function textOf(token: TokenObjects, object: Handle, type: number): string {
  return (read(token, object, type)?.toString('utf8') ?? '').normalize('NFC');
}

function isSet(token: TokenObjects, object: Handle, type: number): boolean {
  return read(token, object, type)?.[0] === 1;
}

/** CK_ULONG: four or eight octets in the machine's own order, which is little-endian wherever the addon runs. */
function numberOf(value: Buffer | undefined): number | undefined {
  return value && value.length >= 4 ? value.readUInt32LE(0) : undefined;
}

function usesOf(token: TokenObjects, key: Handle): KeyUse[] {
  const uses: readonly KeyUse[] = ['sign', 'decrypt', 'derive'];
  return uses.filter((use) => isSet(token, key, attributes[use]));
}

function keyTypeOf({ algorithm }: PublicKeyInfo): number | undefined {
  switch (algorithm) {
    case 'RSA':
      return keyTypes.rsa;
    case 'EC':
      return keyTypes.ec;
    case 'Ed25519':
      return keyTypes.edwards;
    case 'DSA':
    case 'unknown':
      return undefined;
  }
}

/** A damaged or foreign certificate (tokens carry WTLS ones, too) must not hide the keys beside it. */
function readCertificate(der: Uint8Array | undefined): Certificate | undefined {
  try {
    return der && parseCertificate(new Uint8Array(der));
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}
