import { hash } from 'node:crypto';
import { BmpString, OctetString } from 'asn1js';
import {
  Attribute,
  AuthenticatedSafe,
  CertBag,
  ContentInfo,
  PFX,
  SafeBag,
  SafeContents,
  id_CertBag_X509Certificate,
} from 'pkijs';
import type { CipherSuite } from './cipher-suite';
import { engine } from './engine';
import { newCiphers } from './new-ciphers';
import { oldCiphers } from './old-ciphers';

/** `new`: PBES2, AES-256, HMAC-SHA-256. `old`: 3DES for the key, 40-bit RC2 for certificates, SHA-1. */
export type Pkcs12Ciphers = 'new' | 'old';

export interface Pkcs12Content {
  /** PKCS #8 private key, DER. */
  readonly pkcs8: Uint8Array;
  /** The holder's certificate first, then its issuers; DER. */
  readonly certificates: readonly Uint8Array[];
  readonly friendlyName: string;
  readonly password: string;
}

const suites: Readonly<Record<Pkcs12Ciphers, CipherSuite>> = { new: newCiphers, old: oldCiphers };

const bagTypes = { shroudedKey: '1.2.840.113549.1.12.10.1.2', certificate: '1.2.840.113549.1.12.10.1.3' };
const attributeTypes = { friendlyName: '1.2.840.113549.1.9.20', localKeyId: '1.2.840.113549.1.9.21' };

/** A PKCS #12 file (PFX, RFC 7292 §4): one key, its certificate and chain, under one password. */
export async function buildPkcs12(content: Pkcs12Content, ciphers: Pkcs12Ciphers): Promise<Uint8Array> {
  const suite = suites[ciphers];
  const [leaf = new Uint8Array()] = content.certificates;
  const tie = (): Attribute[] => keyAttributes(content.friendlyName, hash('sha1', leaf, 'buffer'));
  const certificates = content.certificates.map(
    (der, index) =>
      new SafeBag({
        bagId: bagTypes.certificate,
        bagValue: new CertBag({ certId: id_CertBag_X509Certificate, certValue: octets(der) }),
        ...(index === 0 ? { bagAttributes: tie() } : {}),
      }),
  );
  const key = new SafeBag({
    bagId: bagTypes.shroudedKey,
    bagValue: await suite.wrapKey(content.pkcs8, content.password),
    bagAttributes: tie(),
  });
  const safe = new AuthenticatedSafe({
    safeContents: [
      await suite.encrypt(safeContents(certificates), content.password),
      new ContentInfo({ contentType: ContentInfo.DATA, content: octets(safeContents([key])) }),
    ],
  });
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await pfx.makeInternalValues(
    {
      password: new TextEncoder().encode(content.password).buffer,
      iterations: 2048,
      // Demanded, though PKCS #12 derives the key of its MAC in its own way (RFC 7292 Appendix B).
      pbkdf2HashAlgorithm: { name: suite.macHash },
      hmacHashAlgorithm: suite.macHash,
    },
    engine,
  );
  return new Uint8Array(pfx.toSchema().toBER());
}

function safeContents(safeBags: SafeBag[]): Uint8Array {
  return new Uint8Array(new SafeContents({ safeBags }).toSchema().toBER());
}

/** friendlyName and localKeyId tie a key to its certificate (RFC 7292 §4.2). */
function keyAttributes(friendlyName: string, keyId: Uint8Array): Attribute[] {
  const name = new BmpString({ value: friendlyName.normalize('NFC') });
  return [
    new Attribute({ type: attributeTypes.friendlyName, values: [name] }),
    new Attribute({ type: attributeTypes.localKeyId, values: [octets(keyId)] }),
  ];
}

function octets(valueHex: Uint8Array): OctetString {
  return new OctetString({ valueHex });
}
