import { Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  OCSPRequest,
  RSASSAPSSParams,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { CryptoEngineSignatureParams } from 'pkijs';
import { asBufferSource, toHex } from './bytes';
import type { Certificate } from './certificate/certificate';
import { parseSignedData } from './cms/parse-signed-data';
import { verifySignedData } from './cms/verify-signed-data';
import { digest } from './crypto/engine';
import { oids } from './oids';
import { namesCertificate, parseOcspRequest } from './revocation/ocsp-request';
import { errorCodeOf } from './testing/error-code';
import { testAuthority, testHolder, testRoot } from './testing/test-pki';
import type { TestAuthority, TestHolder } from './testing/test-pki';
import { bufferOf, otherEngine, theirs } from './testing/pkijs';

const content = new TextEncoder().encode('Số 57-NQ/TW');

let root: TestAuthority;
let issuing: TestAuthority;
let holder: TestHolder;

beforeAll(async () => {
  root = await testRoot();
  issuing = await testAuthority(root);
  holder = await testHolder(issuing);
});

describe('what pkijs makes', () => {
  it('with ECDSA is read and verified', async () => {
    const { failures, algorithm } = await verifyTheirs(
      await sign(holder, { name: 'ECDSA', hash: 'SHA-256' }),
    );
    expect(failures).toEqual([]);
    expect(algorithm).toEqual({ name: 'ECDSA', hash: 'SHA-256' });
  });

  describe('with an RSA key', () => {
    let rsa: TestHolder;

    beforeAll(async () => {
      rsa = await testHolder(issuing, { kind: 'RSA-2048' });
    });

    it.each([
      ['SHA-256', 32],
      ['SHA-384', 48],
      ['SHA-512', 64],
    ] as const)(
      'and RSASSA-PSS over %s is read and verified with a salt of %i octets',
      async (hash, saltLength) => {
        const { failures, algorithm } = await verifyTheirs(await sign(rsa, { name: 'RSA-PSS', hash }));
        expect(failures).toEqual([]);
        expect(algorithm).toEqual({ name: 'RSA-PSS', hash, saltLength });
      },
    );

    it('and RSASSA-PSS with the default salt of the standard, 20 octets, is read and verified', async () => {
      const der = await sign(rsa, { name: 'RSA-PSS', hash: 'SHA-256' }, { engine: new DefaultSaltEngine() });
      const { failures, algorithm } = await verifyTheirs(der);
      expect(failures).toEqual([]);
      expect(algorithm).toEqual({ name: 'RSA-PSS', hash: 'SHA-256', saltLength: 20 });
    });

    it('and every default of RSASSA-PSS, so SHA-1, is refused', async () => {
      const { failures } = await verifyTheirs(await sign(rsa, { name: 'RSA-PSS', hash: 'SHA-1' }));
      expect(failures).toEqual([{ code: 'CMS_ALGORITHM_UNSUPPORTED' }]);
    });

    it('and PKCS#1 v1.5, as in old files, is read and verified', async () => {
      const der = await sign(rsa, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' });
      expect((await verifyTheirs(der)).failures).toEqual([]);
    });
  });

  it('without signed attributes, or without the certificate among them, is refused', async () => {
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;
    const unbound = await verifyTheirs(await sign(holder, algorithm, { attributes: 'unbound' }));
    expect(unbound.failures).toEqual([{ code: 'CMS_CERTIFICATE_UNBOUND' }]);
    const bare = await verifyTheirs(await sign(holder, algorithm, { attributes: 'none' }));
    expect(bare.failures.map(({ code }) => code)).toContain('CMS_ATTRIBUTES_MISSING');
  });

  it('is refused in BER of indefinite length', async () => {
    const der = await sign(holder, { name: 'ECDSA', hash: 'SHA-256' });
    const info = ContentInfo.fromBER(bufferOf(der)).toSchema();
    info.lenBlock.isIndefiniteForm = true;
    expect(errorCodeOf(() => parseSignedData(new Uint8Array(info.toBER())))).toBe('CMS_MALFORMED');
  });

  it('as an OCSP request is read by ours', async () => {
    const request = new OCSPRequest();
    await request.createForCertificate(
      theirs(holder.certificate),
      { hashAlgorithm: 'SHA-256', issuerCertificate: theirs(issuing.certificate) },
      otherEngine,
    );
    const der = new Uint8Array(request.toSchema(true).toBER());
    const { ids, nonce } = parseOcspRequest(der);
    expect(ids).toHaveLength(1);
    expect(ids[0]?.id.hash).toBe('SHA-256');
    expect(await namesCertificate(ids[0]!.id, holder.certificate, issuing.certificate)).toBe(true);
    expect(await namesCertificate(ids[0]!.id, issuing.certificate, root.certificate)).toBe(false);
    expect(nonce).toBeUndefined();
    expect(toHex(der)).toContain(toHex(ids[0]!.der));
  });
});

const verifyTheirs = (der: Uint8Array): ReturnType<typeof verifySignedData> =>
  verifySignedData(parseSignedData(der), { content });

interface Form {
  readonly attributes?: 'bound' | 'unbound' | 'none';
  readonly engine?: CryptoEngine;
}

/** A detached SignedData by pkijs, DER. */
async function sign(
  { certificate, keys }: TestHolder,
  { name, hash }: { readonly name: string; readonly hash: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' },
  form: Form = {},
): Promise<Uint8Array> {
  const key = await globalThis.crypto.subtle.importKey(
    'pkcs8',
    asBufferSource(keys.pkcs8),
    { name, hash, namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  const own = theirs(certificate);
  const attributes = form.attributes === 'none' ? [] : await signedAttributes(certificate, hash);
  if (form.attributes === 'unbound') attributes.pop();
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    ...(attributes.length > 0
      ? { signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }) }
      : {}),
  });
  const signedData = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oids.data }),
    signerInfos: [signerInfo],
    certificates: [own],
  });
  await signedData.sign(key, 0, hash, bufferOf(content), form.engine ?? otherEngine);
  const info = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signedData.toSchema(true) });
  return new Uint8Array(info.toSchema().toBER());
}

/** content-type, message-digest and, last, signing-certificate-v2 by SHA-256 (RFC 5035 §3). */
async function signedAttributes(
  certificate: Certificate,
  hash: Parameters<typeof digest>[0],
): Promise<Attribute[]> {
  const octets = (bytes: Uint8Array): OctetString => new OctetString({ valueHex: bufferOf(bytes) });
  const certificateHash = octets(await digest('SHA-256', certificate.der));
  const essCertificates = new Sequence({ value: [new Sequence({ value: [certificateHash] })] });
  return [
    new Attribute({ type: oids.contentType, values: [new ObjectIdentifier({ value: oids.data })] }),
    new Attribute({ type: oids.messageDigest, values: [octets(await digest(hash, content))] }),
    new Attribute({ type: oids.signingCertificateV2, values: [new Sequence({ value: [essCertificates] })] }),
  ];
}

/** Signs by RSASSA-PSS over SHA-256 with the salt that RFC 4055 §3.1 takes for granted. */
class DefaultSaltEngine extends CryptoEngine {
  constructor() {
    super({ name: 'node', crypto: globalThis.crypto });
  }

  override async getSignatureParameters(key: CryptoKey, hash?: string): Promise<CryptoEngineSignatureParams> {
    const { parameters } = await super.getSignatureParameters(key, hash);
    const algorithm = parameters.algorithm as RsaPssParams;
    const sha256 = new AlgorithmIdentifier({ algorithmId: oids.sha256, algorithmParams: new Null() });
    const mgf1 = new AlgorithmIdentifier({ algorithmId: oids.mgf1, algorithmParams: sha256.toSchema() });
    const pss = new RSASSAPSSParams({ hashAlgorithm: sha256, maskGenAlgorithm: mgf1 });
    return {
      signatureAlgorithm: new AlgorithmIdentifier({
        algorithmId: oids.rsassaPss,
        algorithmParams: pss.toSchema(),
      }),
      parameters: { ...parameters, algorithm: { ...algorithm, saltLength: 20 } },
    };
  }
}
