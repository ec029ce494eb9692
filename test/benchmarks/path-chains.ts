import { generateKeyPair, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Certificate, CertificateInput, IssuingKey, SignatureAlgorithm } from '#pki';
import {
  certificateIdDer,
  issueCertificate,
  issueCrl,
  issueOcspResponse,
  oids,
  parseCertificate,
  toHex,
} from '#pki';

/** Keys and certificates that the benchmark of paths asks about, made anew each time. */

export type ChainKind = 'P-256' | 'RSA-3072';

export interface Authority {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  readonly key: IssuingKey;
}

/** DER of a chain of three, and what its two authorities say about revocation. */
export interface Chain {
  readonly leaf: Uint8Array;
  readonly issuing: Uint8Array;
  readonly root: Uint8Array;
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}

export const at = new Date('2026-06-15T03:00:00Z');
const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2029-12-31T23:59:59Z');
const day = 24 * 3600 * 1000;

const generate = promisify(generateKeyPair);

export interface Keys {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
  readonly key: IssuingKey;
}

export async function makeKeys(kind: ChainKind): Promise<Keys> {
  const { privateKey, publicKey } =
    kind === 'P-256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 3072 });
  const algorithm: SignatureAlgorithm = {
    name: kind === 'P-256' ? 'ECDSA' : 'RSA-PKCS1',
    hash: 'SHA-256',
  };
  return {
    privateKey,
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    key: { algorithm, sign: (data) => Promise.resolve(new Uint8Array(sign('sha256', data, privateKey))) },
  };
}

type Details = Partial<CertificateInput>;

export async function makeRoot(name: string, keys: Keys, details: Details = {}): Promise<Authority> {
  return {
    ...keys,
    certificate: await issueCertificate({
      subject: [
        [oids.countryName, 'VN'],
        [oids.organizationName, 'Ban Cơ yếu Chính phủ'],
        [oids.commonName, name],
      ],
      spki: keys.spki,
      issuer: 'self',
      issuerKey: keys.key,
      notBefore,
      notAfter,
      ca: {},
      keyUsage: ['keyCertSign', 'cRLSign'],
      ...details,
    }),
  };
}

export async function makeAuthority(
  issuer: Authority,
  name: string,
  keys: Keys,
  details: Details = {},
): Promise<Authority> {
  return makeRoot(name, keys, {
    issuer: issuer.certificate,
    issuerKey: issuer.key,
    crlUrls: ['http://crl.example.vn/root.crl'],
    ocspUrls: ['http://ocsp.example.vn'],
    caIssuerUrls: ['http://aia.example.vn/root.cer'],
    ...details,
  });
}

export function makeLeaf(issuer: Authority, spki: Uint8Array, details: Details = {}): Promise<Certificate> {
  return issueCertificate({
    subject: [
      [oids.countryName, 'VN'],
      [oids.organizationName, 'Ủy ban nhân dân xã Thử Nghiệm'],
      [oids.organizationIdentifier, '000.00.01.T01'],
      [oids.commonName, 'Nguyễn Văn Thử'],
    ],
    spki,
    issuer: issuer.certificate,
    issuerKey: issuer.key,
    notBefore,
    notAfter,
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    extendedKeyUsage: { purposes: [oids.documentSigning, oids.emailProtection] },
    crlUrls: ['http://crl.example.vn/issuing.crl'],
    ocspUrls: ['http://ocsp.example.vn'],
    caIssuerUrls: ['http://aia.example.vn/issuing.cer'],
    ...details,
  });
}

/** Chains that share nothing: each has its own root, its own issuing authority and its own lists. */
export function makeChains(kind: ChainKind, count: number): Promise<readonly Chain[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [rootKeys, issuingKeys, holder] = await Promise.all([
        makeKeys(kind),
        makeKeys(kind),
        makeKeys('P-256'),
      ]);
      const root = await makeRoot(`Gốc ${index}`, rootKeys);
      const issuing = await makeAuthority(root, `CA ${index}`, issuingKeys, { ca: { pathLength: 0 } });
      const leaf = await makeLeaf(issuing, holder.spki);
      const below = [issuing.certificate, leaf] as const;
      const above = [root, issuing] as const;
      return {
        leaf: leaf.der,
        issuing: issuing.certificate.der,
        root: root.certificate.der,
        crls: await Promise.all(above.map(listOf)),
        ocsps: await Promise.all(above.map((issuer, level) => answerAbout(below[level], issuer))),
      };
    }),
  );
}

function listOf({ certificate, key }: Authority): Promise<Uint8Array> {
  return issueCrl({
    issuer: certificate,
    issuerKey: key,
    thisUpdate: new Date(at.getTime() - day),
    nextUpdate: new Date(at.getTime() + 6 * day),
    number: 1,
    entries: Array.from({ length: 20 }, (_, index) => ({
      serialNumber: toHex(Uint8Array.of(0x11, index)),
      revocationDate: notBefore,
    })),
  });
}

async function answerAbout(certificate: Certificate | undefined, issuer: Authority): Promise<Uint8Array> {
  if (!certificate) throw new Error('no certificate to answer about');
  return issueOcspResponse({
    responder: { certificate: issuer.certificate, chain: [], ...issuer.key },
    producedAt: at,
    responses: [
      {
        id: await certificateIdDer(certificate, issuer.certificate, 'SHA-1'),
        status: 'good',
        thisUpdate: new Date(at.getTime() - 3600 * 1000),
        nextUpdate: new Date(at.getTime() + day),
      },
    ],
  });
}

const encoder = new TextEncoder();

/** Certificates with keys, names and serial numbers of their own, which nobody signed: enough of them push all others out of every cache. */
export function strangers(like: Uint8Array, count: number): readonly Uint8Array[] {
  const { publicKey, serialNumber } = parseCertificate(like);
  const text = toHex(like);
  const places = [toHex(publicKey.keyBits), serialNumber].map((hex) => text.indexOf(hex) / 2 + 8);
  const nameAt = text.indexOf(toHex(encoder.encode('Nguy'))) / 2;
  return Array.from({ length: count }, (_, index) => {
    const der = new Uint8Array(like);
    const view = new DataView(der.buffer);
    for (const place of places) view.setUint32(place, index + 1);
    der.set(encoder.encode(String(1000 + index)), nameAt);
    return der;
  });
}
