import { oids } from '../oids';
import { digest } from '../crypto/engine';
import { toPem } from '../pem';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { errorCodeOf } from '../testing/error-code';
import { testAuthority, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import type { KeyKind } from '../issuing/generate-keys';
import { assembleSignedData } from './assemble-signed-data';
import { parseSignedData } from './parse-signed-data';
import { signEnveloping } from './sign-data';
import { prepareSignedAttributes } from './signed-attributes';
import { signedDataDigest, verifySignedData } from './verify-signed-data';

const content = new TextEncoder().encode('Số 57-NQ/TW');

async function signDetached({ signer }: TestHolder): Promise<Uint8Array> {
  const hash = signer.algorithm.hash;
  const signedAttributes = await prepareSignedAttributes({
    messageDigest: await digest(hash, content),
    digestAlgorithm: hash,
    signerCertificate: signer.certificate,
  });
  return assembleSignedData({
    signedAttributes,
    signatureValue: await signer.sign(signedAttributes),
    algorithm: signer.algorithm,
    signerCertificate: signer.certificate,
    chain: signer.chain,
  });
}

describe('CMS signatures', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
  });

  const kinds: readonly KeyKind[] = ['P-256', 'P-384', 'P-521', 'RSA-2048', 'RSA-3072', 'Ed25519'];

  it.each(kinds)('made with a %s key verify, detached and enveloping', async (kind) => {
    const holder = await testHolder(issuing, { kind });
    const detached = parseSignedData(await signDetached(holder));
    expect(signedDataDigest(detached)).toBe(holder.signer.algorithm.hash);
    const verification = await verifySignedData(detached, { content });
    expect(verification.failures).toEqual([]);
    expect(verification.ok).toBe(true);
    expect(verification.signerCertificate?.serialNumber).toBe(holder.certificate.serialNumber);

    const enveloping = parseSignedData(
      await signEnveloping({ signer: holder.signer, content: { oid: oids.data, bytes: content } }),
    );
    expect(enveloping.encapsulatedContent).toEqual(content);
    expect((await verifySignedData(enveloping)).failures).toEqual([]);
  });

  it('are refused when the list of digests does not name the one that the signer used', async () => {
    const der = await signDetached(await testHolder(issuing, { kind: 'P-256' }));
    const sha256 = Buffer.from('0609608648016503040201', 'hex');
    const at = Buffer.from(der).indexOf(sha256) + sha256.length - 1;
    const altered = der.slice();
    altered[at] = 3;
    expect(errorCodeOf(() => parseSignedData(altered))).toBe('CMS_MALFORMED');
  });

  const opensslKinds: readonly KeyKind[] = ['P-256', 'P-384', 'P-521', 'RSA-2048', 'RSA-3072'];

  itWith('openssl').each(opensslKinds)(
    'made with a %s key are accepted by openssl cms -verify -cades',
    async (kind) => {
      const der = await signDetached(await testHolder(issuing, { kind }));
      const run = runOn(
        'openssl',
        [
          'cms',
          '-verify',
          '-cades',
          '-purpose',
          'any',
          '-binary',
          '-inform',
          'DER',
          '-in',
          'sig.der',
          '-content',
          'content',
          '-CAfile',
          'root.pem',
          '-out',
          'out',
        ],
        { 'sig.der': der, content, 'root.pem': toPem(root.certificate.der, 'CERTIFICATE') },
      );
      expect(run).toMatchObject({ status: 0 });
      expect(run.output).toContain('CAdES Verification successful');
    },
  );

  it('carry content-type, message-digest and signing-certificate-v2, and no signing-time', async () => {
    const signedData = parseSignedData(await signDetached(await testHolder(issuing)));
    const types = signedData.signerInfos[0]?.attributes.map((attribute) => attribute.type);
    expect(types?.toSorted()).toEqual(
      [oids.contentType, oids.messageDigest, oids.signingCertificateV2].toSorted(),
    );
  });

  it('may be followed by zeros, as in a PDF, and by nothing else', async () => {
    const der = await signDetached(await testHolder(issuing));
    expect(parseSignedData(Uint8Array.from([...der, 0, 0, 0])).der).toEqual(der);
    expect(errorCodeOf(() => parseSignedData(Uint8Array.from([...der, 0, 1])))).toBe('CMS_MALFORMED');
  });

  it('leave the bytes they are read from as they are, those of a Buffer too', async () => {
    const { signer } = await testHolder(issuing, { kind: 'P-256' });
    const der = await signEnveloping({ signer, content: { oid: oids.data, bytes: content } });
    const buffer = Buffer.from(der);
    await verifySignedData(parseSignedData(buffer));
    expect(Buffer.compare(buffer, der)).toBe(0);
  });

  it('fail on other content, by code', async () => {
    const signedData = parseSignedData(await signDetached(await testHolder(issuing)));
    const { ok, failures } = await verifySignedData(signedData, { content: Uint8Array.of(1) });
    expect(ok).toBe(false);
    expect(failures).toEqual([{ code: 'CMS_DIGEST_MISMATCH' }]);
  });

  it('fail when the signing certificate is swapped for another of the same name and serial', async () => {
    const serialNumber = Uint8Array.of(0x11, 0x22);
    const one = await testHolder(issuing, { serialNumber });
    const other = await testHolder(issuing, { serialNumber });
    const hash = one.signer.algorithm.hash;
    const signedAttributes = await prepareSignedAttributes({
      messageDigest: await digest(hash, content),
      digestAlgorithm: hash,
      signerCertificate: one.certificate,
    });
    const der = assembleSignedData({
      signedAttributes,
      signatureValue: await other.signer.sign(signedAttributes),
      algorithm: other.signer.algorithm,
      signerCertificate: other.certificate,
      chain: [],
    });
    const { failures } = await verifySignedData(parseSignedData(der), { content });
    expect(failures).toEqual([{ code: 'CMS_CERTIFICATE_MISMATCH' }]);
  });

  it('verify the signature itself: any changed bit of the signature value is noticed', async () => {
    const holder = await testHolder(issuing);
    const signedData = parseSignedData(await signDetached(holder));
    const signature = signedData.signerInfos[0]!.signature;
    for (let at = 0; at < signature.length; at += 7) {
      const bit = 1 << (at % 8);
      signature[at]! ^= bit;
      expect((await verifySignedData(signedData, { content })).ok).toBe(false);
      signature[at]! ^= bit;
    }
    expect((await verifySignedData(signedData, { content })).ok).toBe(true);
  });

  it('are found without certificate inside when a candidate is given', async () => {
    const holder = await testHolder(issuing);
    const full = parseSignedData(await signDetached(holder));
    const bare = { ...full, certificates: [] };
    expect((await verifySignedData(bare, { content })).failures).toEqual([
      { code: 'CMS_SIGNER_CERTIFICATE_MISSING' },
    ]);
    expect((await verifySignedData(bare, { content, certificates: [holder.certificate] })).ok).toBe(true);
  });

  itWith('openssl')('made by openssl with RSASSA-PSS are read and verified', async () => {
    const holder = await testHolder(issuing, { kind: 'RSA-2048' });
    const files = {
      content,
      'cert.pem': toPem(holder.certificate.der, 'CERTIFICATE'),
      'key.pem': toPem(holder.keys.pkcs8, 'PRIVATE KEY'),
    };
    const run = runOn(
      'openssl',
      [
        'cms',
        '-sign',
        '-cades',
        '-binary',
        '-in',
        'content',
        '-signer',
        'cert.pem',
        '-inkey',
        'key.pem',
        '-keyopt',
        'rsa_padding_mode:pss',
        '-keyopt',
        'rsa_pss_saltlen:-1',
        '-outform',
        'PEM',
      ],
      files,
    );
    expect(run.status).toBe(0);
    const base64 = /-----BEGIN CMS-----([^-]*)-----END/.exec(run.output)?.[1] ?? '';
    const signedData = parseSignedData(new Uint8Array(Buffer.from(base64, 'base64')));
    const verification = await verifySignedData(signedData, { content });
    expect(verification.failures).toEqual([]);
    expect(verification.algorithm).toEqual({ name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 });
  });
});
