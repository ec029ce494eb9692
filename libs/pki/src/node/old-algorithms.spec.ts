import { createSign, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { webCryptoEngine } from '../crypto/web-crypto-engine';
import { useCryptoEngine } from '../crypto/engine';
import { parsePublicKey } from '../crypto/public-key';
import { readDer, tags } from '../der/element';
import { childrenOf, DerReader } from '../der/reader';
import { derBitString, derNull, derOid, derSequence } from '../der/writer';
import { oids } from '../oids';
import { defaultAlgorithmPolicy } from '../path/algorithm-policy';
import type { AlgorithmPolicy } from '../path/algorithm-policy';
import { parseCrl, verifyCrl } from '../revocation/crl';
import { codesOf, validateFor } from '../testing/path-results';
import { testAuthority, testCrl, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { useNodeCrypto } from './node-crypto-engine';

type SignedStructure = 'certificate' | 'crl';

/** The same certificate or list, signed anew by an algorithm that this project does not sign by. */
function resigned(
  der: Uint8Array,
  kind: SignedStructure,
  hash: string,
  key: KeyObject,
  oid: string,
): Uint8Array {
  const algorithm = derSequence(derOid(oid), oid === oids.sha1WithRsa ? derNull : undefined);
  const fields = childrenOf(new DerReader(readDer(der)).read(tags.sequence)).map((field) => field.der);
  fields[kind === 'certificate' ? 2 : 1] = algorithm;
  const tbs = derSequence(...fields);
  return derSequence(tbs, algorithm, derBitString(createSign(hash).update(tbs).sign(key)));
}

const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ type: 'spki', format: 'der' }));

/** A DSA key as its certificate holds it that leaves its parameters to its issuer. */
function withoutParameters(spki: Uint8Array): Uint8Array {
  const reader = new DerReader(readDer(spki));
  reader.any();
  return derSequence(derSequence(derOid(oids.dsa)), reader.any().der);
}

describe('algorithms of old', () => {
  let root: TestAuthority;

  beforeAll(async () => {
    useNodeCrypto();
    root = await testRoot();
  });
  afterAll(() => {
    useCryptoEngine(webCryptoEngine);
  });

  const policy = (changes: Partial<AlgorithmPolicy>): AlgorithmPolicy => ({
    ...defaultAlgorithmPolicy,
    ...changes,
  });
  const sha1 = (until?: Date): AlgorithmPolicy =>
    policy({ digests: [...defaultAlgorithmPolicy.digests, { hash: 'SHA-1', ...(until && { until }) }] });

  describe.each([
    ['RSA', oids.sha1WithRsa, () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ECDSA', oids.ecdsaWithSha1, () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ] as const)('SHA-1 under %s', (_, oid, makeKeys) => {
    let issuing: Certificate;
    let holder: Certificate;

    beforeAll(async () => {
      const { publicKey, privateKey } = makeKeys();
      issuing = (await testAuthority(root, 'Old CA', { spki: spkiOf(publicKey) })).certificate;
      const { certificate } = await testHolder({ ...root, certificate: issuing });
      holder = parseCertificate(resigned(certificate.der, 'certificate', 'sha1', privateKey, oid));
    });

    const judge = (algorithms?: AlgorithmPolicy) =>
      validateFor({
        certificate: holder,
        intermediates: [issuing],
        anchors: [root.certificate],
        ...(algorithms && { algorithms }),
      });

    it('is too weak, unless the policy allows it', async () => {
      expect(codesOf(await judge())).toEqual(['CERTIFICATE_WEAK_ALGORITHM']);
      expect((await judge(sha1())).status).toBe('valid');
    });

    it('is judged by the time asked about', async () => {
      expect((await judge(sha1(new Date(times.now.getTime() + 1)))).status).toBe('valid');
      expect(codesOf(await judge(sha1(times.now)))).toEqual(['CERTIFICATE_WEAK_ALGORITHM']);
    });

    it('is verified, not only believed', async () => {
      const { certificate } = await testHolder({ ...root, certificate: issuing });
      const { privateKey } = makeKeys();
      const forged = parseCertificate(resigned(certificate.der, 'certificate', 'sha1', privateKey, oid));
      const result = await validateFor({
        certificate: forged,
        intermediates: [issuing],
        anchors: [root.certificate],
        algorithms: sha1(),
      });
      expect(codesOf(result)).toContain('CERTIFICATE_SIGNATURE_INVALID');
    });
  });

  it('judges keys by size and time, the anchor’s as well, but not the anchor’s own signature', async () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const anchor = await testAuthority(root, 'Small', { spki: spkiOf(small.publicKey) });
    const signed = (der: Uint8Array): Certificate =>
      parseCertificate(resigned(der, 'certificate', 'sha1', small.privateKey, oids.sha1WithRsa));
    // An anchor signed by SHA-1: nobody relies on that signature.
    const weakAnchor = signed(anchor.certificate.der);
    const holder = signed((await testHolder(anchor)).certificate.der);
    const judge = (keys: AlgorithmPolicy['keys']) =>
      validateFor({ certificate: holder, anchors: [weakAnchor], algorithms: { ...sha1(), keys } });
    const ec = { algorithm: 'EC', minBits: 256 } as const;
    expect(codesOf(await judge(defaultAlgorithmPolicy.keys))).toEqual(['CERTIFICATE_WEAK_KEY']);
    expect((await judge([ec, { algorithm: 'RSA', minBits: 1024 }])).status).toBe('valid');
    expect(codesOf(await judge([ec, { algorithm: 'RSA', minBits: 1024, until: times.now }]))).toEqual([
      'CERTIFICATE_WEAK_KEY',
    ]);
    const direct = (await testHolder(root)).certificate;
    const justAnchor = { certificate: direct, anchors: [signed(root.certificate.der)] };
    expect((await validateFor(justAnchor)).status).toBe('valid');
  });

  describe('DSA', () => {
    const algorithms = policy({
      keys: [...defaultAlgorithmPolicy.keys, { algorithm: 'DSA', minBits: 1024 }],
    });
    const upperKeys = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
    let upper: TestAuthority;

    beforeAll(async () => {
      upper = await testAuthority(root, 'DSA CA', { spki: spkiOf(upperKeys.publicKey), ca: {} });
    });

    /** A holder under `upper`, signed by DSA with SHA-256. */
    const holderOf = async (privateKey: KeyObject): Promise<Certificate> => {
      const { certificate } = await testHolder({ ...root, certificate: upper.certificate });
      return parseCertificate(
        resigned(certificate.der, 'certificate', 'sha256', privateKey, oids.dsaWithSha256),
      );
    };
    const judge = (certificate: Certificate, overrides: Partial<Parameters<typeof validateFor>[0]> = {}) =>
      validateFor({
        certificate,
        intermediates: [upper.certificate],
        anchors: [root.certificate],
        algorithms,
        ...overrides,
      });

    it('is verified where the policy allows it, and refused otherwise', async () => {
      const holder = await holderOf(upperKeys.privateKey);
      expect((await judge(holder)).status).toBe('valid');
      const refused = await judge(holder, { algorithms: defaultAlgorithmPolicy });
      expect(codesOf(refused)).toEqual(['CERTIFICATE_WEAK_KEY']);
      const others = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
      expect(codesOf(await judge(await holderOf(others.privateKey)))).toContain(
        'CERTIFICATE_SIGNATURE_INVALID',
      );
    });

    it('is refused where the engine has none', async () => {
      const holder = await holderOf(upperKeys.privateKey);
      useCryptoEngine(webCryptoEngine);
      const result = await judge(holder);
      useNodeCrypto();
      expect(codesOf(result)).toContain('CERTIFICATE_WEAK_ALGORITHM');
    });

    it('signs revocation lists', async () => {
      const list = await testCrl({ ...root, certificate: upper.certificate });
      const sign = (key: KeyObject): Uint8Array => resigned(list.der, 'crl', 'sha1', key, oids.dsaWithSha1);
      expect(await verifyCrl(parseCrl(sign(upperKeys.privateKey)), upper.certificate)).toBe(true);
    });

    it('believes nothing that is signed by a key whose issuer has no parameters either', async () => {
      const spki = withoutParameters(spkiOf(upperKeys.publicKey));
      const heir = (await testAuthority(root, 'Heir of nobody', { spki })).certificate;
      // Signed by somebody else altogether, and nobody can tell.
      const { certificate } = await testHolder({ ...root, certificate: heir });
      const keys = [...defaultAlgorithmPolicy.keys, { algorithm: 'DSA', minBits: 0 }] as const;
      const result = await judge(certificate, { intermediates: [heir], algorithms: policy({ keys }) });
      expect(codesOf(result)).toContain('CERTIFICATE_WEAK_KEY');
    });

    it('takes parameters that a key leaves out from its issuer (RFC 3279 §2.3.2)', async () => {
      // The same key again, its certificate without parameters: with the issuer's it is whole.
      const spki = withoutParameters(spkiOf(upperKeys.publicKey));
      const { certificate } = await testAuthority({ ...root, certificate: upper.certificate }, 'Heir', {
        spki,
      });
      const heir = parseCertificate(
        resigned(certificate.der, 'certificate', 'sha1', upperKeys.privateKey, oids.dsaWithSha1),
      );
      expect(heir.publicKey).toMatchObject({ algorithm: 'DSA', bits: 0, inheritsParameters: true });
      const signedBy = async (privateKey: KeyObject): Promise<Certificate> => {
        const made = await testHolder({ ...root, certificate: heir });
        return parseCertificate(
          resigned(made.certificate.der, 'certificate', 'sha1', privateKey, oids.dsaWithSha1),
        );
      };
      const options = {
        intermediates: [heir, upper.certificate],
        algorithms: { ...algorithms, digests: sha1().digests },
      };
      const result = await judge(await signedBy(upperKeys.privateKey), options);
      expect(result.status).toBe('valid');
      expect(parsePublicKey(result.path[1]!.spki)).toMatchObject({ algorithm: 'DSA', bits: 1024 });
      const other = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
      expect((await judge(await signedBy(other.privateKey), options)).status).toBe('invalid');
      // Under an issuer of another kind there is nothing to inherit.
      const orphan = await testAuthority(root, 'Orphan', { spki });
      const made = await testHolder({ ...root, certificate: orphan.certificate });
      const lost = parseCertificate(
        resigned(made.certificate.der, 'certificate', 'sha1', upperKeys.privateKey, oids.dsaWithSha1),
      );
      expect((await judge(lost, { ...options, intermediates: [orphan.certificate] })).status).toBe('invalid');
    });
  });
});
