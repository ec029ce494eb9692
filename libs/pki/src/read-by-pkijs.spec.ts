import {
  BasicOCSPResponse,
  CertificateRevocationList,
  ContentInfo,
  OCSPRequest,
  OCSPResponse,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { assembleSignedData } from './cms/assemble-signed-data';
import { signEnveloping } from './cms/sign-data';
import { prepareSignedAttributes } from './cms/signed-attributes';
import { digest } from './crypto/engine';
import type { KeyKind } from './issuing/generate-keys';
import { issueOcspResponse } from './issuing/issue-ocsp-response';
import { randomSerial } from './issuing/issue-certificate';
import { issueTimestampToken, timestampGranted, timestampRejected } from './issuing/issue-timestamp';
import { oids } from './oids';
import { buildOcspRequest, certificateIdDer } from './revocation/ocsp-request';
import { testAuthority, testCrl, testHolder, testRoot, testTsa, times } from './testing/test-pki';
import type { TestAuthority, TestHolder } from './testing/test-pki';
import { buildTimestampRequest, newNonce, parseTimestampRequest } from './timestamp/request';
import { bufferOf, otherEngine, theirs } from './testing/pkijs';

const content = new TextEncoder().encode('Số 57-NQ/TW');
/** pkijs judges chains by today's date. */
const lasting = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T00:00:00Z') };

let root: TestAuthority;
let issuing: TestAuthority;
let holder: TestHolder;

beforeAll(async () => {
  root = await testRoot('Gốc', 'P-256', lasting);
  issuing = await testAuthority(root, 'Cấp dưới', lasting);
  holder = await testHolder(issuing, lasting);
});

describe('pkijs', () => {
  const kinds: readonly KeyKind[] = ['P-256', 'P-384', 'P-521', 'RSA-2048', 'RSA-3072'];

  it.each(kinds)('verifies CMS signatures of ours made with a %s key, and their chain', async (kind) => {
    const { signer } = await testHolder(issuing, { kind, ...lasting });
    const { hash } = signer.algorithm;
    const signedAttributes = await prepareSignedAttributes({
      messageDigest: await digest(hash, content),
      digestAlgorithm: hash,
      signerCertificate: signer.certificate,
    });
    const detached = assembleSignedData({
      signedAttributes,
      signatureValue: await signer.sign(signedAttributes),
      algorithm: signer.algorithm,
      signerCertificate: signer.certificate,
      chain: signer.chain,
    });
    const enveloping = await signEnveloping({ signer, content: { oid: oids.data, bytes: content } });
    const trust = {
      signer: 0,
      checkChain: true,
      passedWhenNotRevValues: true,
      trustedCerts: [theirs(root.certificate)],
    };
    expect(await read(detached).verify({ ...trust, data: bufferOf(content) }, otherEngine)).toBe(true);
    expect(await read(enveloping).verify(trust, otherEngine)).toBe(true);
    await expect(
      read(detached).verify({ ...trust, data: bufferOf(content.toReversed()) }, otherEngine),
    ).rejects.toThrow("digest doesn't match");
  });

  it('reads time-stamp requests of ours', async () => {
    const nonce = newNonce();
    const imprint = await digest('SHA-384', content);
    const request = TimeStampReq.fromBER(
      bufferOf(
        buildTimestampRequest({ digest: imprint, hash: 'SHA-384', nonce, certReq: true, policy: '1.2.3.4' }),
      ),
    );
    expect(request.messageImprint.hashAlgorithm.algorithmId).toBe(oids.sha384);
    expect(new Uint8Array(request.messageImprint.hashedMessage.getValue())).toEqual(imprint);
    expect(request).toMatchObject({ version: 1, certReq: true, reqPolicy: '1.2.3.4' });
    expect(request.nonce?.valueBlock.valueHexView).toEqual(nonce);
  });

  it.each(['P-256', 'RSA-2048'] as const)('verifies time-stamps of ours by a %s key', async (kind) => {
    const imprint = await digest('SHA-256', content);
    const nonce = newNonce();
    const { signer } = await testTsa(issuing, kind);
    const token = await issueTimestampToken({
      request: parseTimestampRequest(
        buildTimestampRequest({ digest: imprint, hash: 'SHA-256', nonce, certReq: true }),
      ),
      signer,
      genTime: times.now,
      policy: '1.3.6.1.4.1.99999.1',
      serialNumber: randomSerial(),
      accuracyMs: 1500,
    });
    const response = TimeStampResp.fromBER(bufferOf(timestampGranted(token)));
    const trust = { signer: 0, trustedCerts: [theirs(root.certificate)] };
    expect(await response.verify({ ...trust, data: bufferOf(content) }, otherEngine)).toBe(true);
    await expect(response.verify({ ...trust, data: bufferOf(imprint) }, otherEngine)).rejects.toThrow(
      'TSTInfo',
    );
    const info = TSTInfo.fromBER(read(token).encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0));
    expect(info.genTime).toEqual(times.now);
    expect(info.accuracy).toMatchObject({ seconds: 1, millis: 500 });
    expect(info.nonce?.valueBlock.valueHexView).toEqual(nonce);
  });

  it('reads refusals of a time-stamp of ours', () => {
    const { status, timeStampToken } = TimeStampResp.fromBER(
      bufferOf(timestampRejected('timeNotAvailable', 'Đồng hồ sai')),
    );
    expect(timeStampToken).toBeUndefined();
    expect(status.status).toBe(2);
    expect(status.statusStrings?.map(({ valueBlock }) => valueBlock.value)).toEqual(['Đồng hồ sai']);
  });

  it('reads OCSP requests of ours', async () => {
    const nonce = newNonce();
    for (const hash of ['SHA-1', 'SHA-256'] as const) {
      const der = await buildOcspRequest(holder.certificate, issuing.certificate, { nonce, hash });
      const { tbsRequest } = OCSPRequest.fromBER(bufferOf(der));
      const [request] = tbsRequest.requestList;
      const { serialNumber } = theirs(holder.certificate);
      expect(request?.reqCert.serialNumber.isEqual(serialNumber)).toBe(true);
      expect(tbsRequest.requestExtensions?.map(({ extnID }) => extnID)).toEqual([oids.ocspNonce]);
    }
  });

  it.each(['P-256', 'RSA-2048'] as const)('verifies OCSP answers of ours by a %s responder', async (kind) => {
    const responder = await testHolder(issuing, {
      kind,
      ...lasting,
      subject: [[oids.commonName, 'OCSP']],
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { purposes: [oids.ocspSigning] },
      isOcspNoCheck: true,
    });
    const statusOf = async (input: Parameters<typeof answer>[1]): Promise<number> => {
      const response = await answer(responder, input);
      expect(response.responseStatus.valueBlock.valueDec).toBe(0);
      expect(await verifyAnswer(response)).toBe(true);
      const found = await response.getCertificateStatus(
        theirs(holder.certificate),
        theirs(issuing.certificate),
        otherEngine,
      );
      expect(found.isForCertificate).toBe(true);
      return found.status;
    };
    expect(await statusOf({ status: 'good' })).toBe(0);
    expect(await statusOf({ status: 'revoked', revocationTime: times.start, reason: 'keyCompromise' })).toBe(
      1,
    );
    expect(await statusOf({ status: 'unknown' })).toBe(2);
    const stranger = await testAuthority(root, 'Cấp dưới', lasting);
    const forged = await answer(await testHolder(stranger, lasting), { status: 'good' });
    await expect(verifyAnswer(forged)).rejects.toThrow('OCSP responder verification failed');
  });

  it.each(['P-256', 'RSA-2048'] as const)('verifies CRLs of ours by a %s authority', async (kind) => {
    const authority = await testAuthority(root, 'Cấp dưới', { kind });
    const [revoked, good] = [await testHolder(authority), await testHolder(authority)];
    const { der } = await testCrl(authority, {
      entries: [
        {
          serialNumber: revoked.certificate.serialNumber,
          revocationDate: times.start,
          reason: 'certificateHold',
        },
      ],
    });
    const crl = CertificateRevocationList.fromBER(bufferOf(der));
    expect(await crl.verify({ issuerCertificate: theirs(authority.certificate) }, otherEngine)).toBe(true);
    const twin = await testAuthority(root, 'Cấp dưới', { kind });
    expect(await crl.verify({ issuerCertificate: theirs(twin.certificate) }, otherEngine)).toBe(false);
    expect(crl.isCertificateRevoked(theirs(revoked.certificate))).toBe(true);
    expect(crl.isCertificateRevoked(theirs(good.certificate))).toBe(false);
    expect(crl.crlExtensions?.extensions.map(({ extnID }) => extnID)).toEqual(
      expect.arrayContaining([oids.authorityKeyIdentifier, oids.cRLNumber]),
    );
  });

  function verifyAnswer({ responseBytes }: OCSPResponse): Promise<boolean> {
    const basic = BasicOCSPResponse.fromBER(responseBytes?.response.getValue() ?? new ArrayBuffer(0));
    const trust = { issuerCerts: [theirs(issuing.certificate)], trustedCerts: [theirs(root.certificate)] };
    return basic.verify(trust, otherEngine);
  }

  async function answer(
    responder: TestHolder,
    status:
      { status: 'good' | 'unknown' } | { status: 'revoked'; revocationTime: Date; reason: 'keyCompromise' },
  ): Promise<OCSPResponse> {
    const der = await issueOcspResponse({
      responder: responder.signer,
      producedAt: new Date(),
      responses: [
        {
          id: await certificateIdDer(holder.certificate, issuing.certificate, 'SHA-1'),
          thisUpdate: new Date(),
          nextUpdate: lasting.notAfter,
          ...status,
        },
      ],
    });
    return OCSPResponse.fromBER(bufferOf(der));
  }
});

function read(der: Uint8Array): SignedData {
  const info = ContentInfo.fromBER(bufferOf(der));
  expect(info.contentType).toBe(ContentInfo.SIGNED_DATA);
  return new SignedData({ schema: info.content as unknown });
}
