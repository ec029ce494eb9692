import {
  ecdsaFixedToValue,
  generateKeyPair,
  issueCertificate,
  issueCrl,
  issueTimestampToken,
  oids,
  parseCrl,
  randomSerial,
  webCryptoSigner,
} from '#pki';
import type { Certificate, KeyKind, KeyPairBytes, Signer, TimestampSource } from '#pki';
import type { ValidationMaterial } from '../signature-options';
import type { ValidationContext } from '../verification/report';

const day = 86_400_000;

/** A root, an issuing authority, a person, an agency and a time-stamping authority, made anew for a test. */
export interface TestPki {
  readonly root: Certificate;
  readonly issuing: Certificate;
  readonly person: Signer;
  readonly agency: Signer;
  readonly timestamps: TimestampSource;
  /** DER; all empty of revoked certificates. */
  readonly crls: readonly Uint8Array[];
  /** Everything a verifier needs, as the revision of the number carries it. */
  readonly material: ValidationMaterial;
  context(now?: Date): ValidationContext;
  /** A further holder below the issuing authority. */
  holder(options: HolderOptions): Promise<Signer>;
  /** The issuing authority's list with one certificate on it. */
  crlRevoking(certificate: Certificate, at: Date): Promise<Uint8Array>;
}

interface HolderOptions {
  readonly name: string;
  readonly keyKind: KeyKind;
  readonly organizationIdentifier?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly keyUsage?: readonly ('digitalSignature' | 'nonRepudiation' | 'keyEncipherment')[];
  readonly timestamping?: true;
  /** The holder's own; made anew when left out. */
  readonly keys?: KeyPairBytes;
}

export async function makeTestPki(
  options: { readonly personKey?: KeyKind; readonly agencyKey?: KeyKind; readonly now?: Date } = {},
): Promise<TestPki> {
  const now = options.now ?? new Date();
  const notBefore = new Date(now.getTime() - 30 * day);
  const notAfter = new Date(now.getTime() + 365 * day);
  const authority = async (
    name: string,
    above?: { certificate: Certificate; key: Signer },
  ): Promise<{ certificate: Certificate; key: Signer }> => {
    const pair = await generateKeyPair('P-256');
    // A self-signed certificate is needed before a signer can hold it.
    const bare = await rawSigner(pair.pkcs8);
    const certificate = await issueCertificate({
      subject: [
        [oids.countryName, 'VN'],
        [oids.organizationName, 'Cơ quan chứng thực thử nghiệm'],
        [oids.commonName, name],
      ],
      spki: pair.spki,
      issuer: above?.certificate ?? 'self',
      issuerKey: above?.key ?? bare,
      notBefore,
      notAfter: new Date(notAfter.getTime() + 365 * day),
      ca: {},
      keyUsage: ['keyCertSign', 'cRLSign'],
    });
    return { certificate, key: await webCryptoSigner({ pkcs8: pair.pkcs8, certificate, chain: [] }) };
  };
  const root = await authority('Gốc thử nghiệm');
  const issuing = await authority('CA cấp dưới thử nghiệm', root);

  const holder = async (input: HolderOptions): Promise<Signer> => {
    const pair = input.keys ?? (await generateKeyPair(input.keyKind));
    const certificate = await issueCertificate({
      subject: [
        [oids.countryName, 'VN'],
        [oids.organizationName, 'Sở Thử nghiệm'],
        ...(input.organizationIdentifier === undefined
          ? []
          : [[oids.organizationIdentifier, input.organizationIdentifier] as const]),
        [oids.commonName, input.name],
      ],
      spki: pair.spki,
      issuer: issuing.certificate,
      issuerKey: issuing.key,
      notBefore: input.notBefore ?? notBefore,
      notAfter: input.notAfter ?? notAfter,
      keyUsage: input.keyUsage ?? ['digitalSignature', 'nonRepudiation'],
      ...(input.timestamping ? { extendedKeyUsage: { purposes: [oids.timeStamping], critical: true } } : {}),
    });
    return webCryptoSigner({ pkcs8: pair.pkcs8, certificate, chain: [issuing.certificate] });
  };
  const crl = (
    from: { certificate: Certificate; key: Signer },
    entries: Parameters<typeof issueCrl>[0]['entries'],
    number: number,
  ): Promise<Uint8Array> =>
    issueCrl({
      issuer: from.certificate,
      issuerKey: from.key,
      thisUpdate: new Date(now.getTime() - day),
      nextUpdate: new Date(now.getTime() + 30 * day),
      number,
      entries,
    });
  const person = await holder({ name: 'Nguyễn Thị Ánh Ngọc', keyKind: options.personKey ?? 'RSA-2048' });
  const agency = await holder({
    name: 'Sở Thử nghiệm',
    keyKind: options.agencyKey ?? 'P-256',
    organizationIdentifier: '000.00.01.H41',
  });
  const tsa = await holder({ name: 'Máy chủ dấu thời gian', keyKind: 'P-256', timestamping: true });
  const crls = await Promise.all([crl(root, [], 1), crl(issuing, [], 1)]);
  return {
    root: root.certificate,
    issuing: issuing.certificate,
    person,
    agency,
    timestamps: localTimestamps(tsa),
    crls,
    material: { certificates: [issuing.certificate.der, tsa.certificate.der], crls, ocsps: [] },
    context: (at = new Date()) => ({ anchors: [root.certificate], crls: crls.map(parseCrl), now: at }),
    holder,
    crlRevoking: (certificate, at) =>
      crl(issuing, [{ serialNumber: certificate.serialNumber, revocationDate: at }], 2),
  };
}

/** Stamps by the machine's clock, or by another one. */
export function localTimestamps(signer: Signer, clock: () => Date = () => new Date()): TimestampSource {
  return {
    timestamp: (stamped, hash) =>
      issueTimestampToken({
        request: { imprint: { hash, digest: stamped }, nonce: undefined },
        signer,
        genTime: clock(),
        policy: '1.3.6.1.4.1.99999.1',
        serialNumber: randomSerial(),
      }),
  };
}

/** Signs before there is a certificate: ECDSA P-256 by WebCrypto, DER-encoded. */
async function rawSigner(pkcs8: Uint8Array): Promise<Pick<Signer, 'algorithm' | 'sign'>> {
  const key = await globalThis.crypto.subtle.importKey(
    'pkcs8',
    pkcs8.slice(),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  return {
    algorithm: { name: 'ECDSA', hash: 'SHA-256' },
    sign: async (data) =>
      ecdsaFixedToValue(
        new Uint8Array(
          await globalThis.crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, data.slice()),
        ),
      ),
  };
}
