import type { Certificate } from '../certificate/certificate';
import type { CrlInput } from '../issuing/issue-crl';
import { issueOcspResponse } from '../issuing/issue-ocsp-response';
import { oids } from '../oids';
import type { RevocationFinding } from '../path/result';
import { listedChain, revoked, since } from '../testing/listed-chain';
import type { ListedChain } from '../testing/listed-chain';
import { certificateIssuer, deltaTo, distributionPoints, issuingPoint } from '../testing/revocation-points';
import { revocationOf, unusedCodes } from '../testing/revocation-of';
import { testAuthority, testCrl, testHolder, testListSigner, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { parseOcspResponse } from './ocsp';
import { certificateIdDer } from './ocsp-request';
import type { CertificateList } from './crl';

/** Lists of an issuer that the certificates name, with entries of several authorities (RFC 5280 §5.2.5, §5.3.3). */
describe('indirect revocation lists', () => {
  let root: ListedChain['root'];
  let issuing: ListedChain['issuing'];
  let certificate: ListedChain['certificate'];
  let rootList: ListedChain['rootList'];
  let statusOf: ListedChain['statusOf'];

  beforeAll(async () => {
    ({ root, issuing, certificate, rootList, statusOf } = await listedChain());
  });

  const indirect = issuingPoint({ indirect: true });
  let lister: TestAuthority;
  let named: Certificate;
  let twin: Certificate;

  beforeAll(async () => {
    lister = await testListSigner(root, 'List Authority');
    const points = distributionPoints([{ crlIssuer: lister.certificate.subject }]);
    const serialNumber = Uint8Array.of(0x51, 0x52);
    const other = await testAuthority(root, 'Second CA');
    ({ certificate: named } = await testHolder(issuing, { serialNumber, extensions: [points] }));
    ({ certificate: twin } = await testHolder(other, { serialNumber, extensions: [points] }));
  });

  const listed = (...entries: CrlInput['entries']): Promise<CertificateList> =>
    testCrl(lister, { extensions: [indirect], entries });

  const ask = (crl: CertificateList, of: Certificate): Promise<RevocationFinding> =>
    statusOf([rootList, crl], { of, signers: [lister] });

  it('speak for certificates that name their issuer', async () => {
    expect((await ask(await listed(), named)).status).toBe('good');
    const finding = await ask(await listed(), certificate);
    expect(finding.status).toBe('unknown');
    expect(unusedCodes(finding)).toContain('CRL_OTHER_ISSUER');
    const direct = await ask(await testCrl(lister), named);
    expect(unusedCodes(direct)).toContain('CRL_OTHER_ISSUER');
  });

  it('with a point of their own fit a certificate that only names their issuer if the point is that issuer', async () => {
    for (const [name, status] of [
      [lister.certificate.subject, 'good'],
      [root.certificate.subject, 'unknown'],
    ] as const) {
      const extensions = [issuingPoint({ indirect: true, point: { name } })];
      expect((await ask(await testCrl(lister, { extensions }), named)).status).toBe(status);
    }
  });

  it('and a point named relative to their issuer mean a name under that issuer', async () => {
    const point = { under: 'Part 1' };
    const crlIssuer = lister.certificate.subject;
    const { certificate: of } = await testHolder(issuing, {
      extensions: [distributionPoints([{ point, crlIssuer }])],
    });
    const crl = await testCrl(lister, { extensions: [issuingPoint({ indirect: true, point })] });
    expect((await ask(crl, of)).status).toBe('good');
  });

  it('are not taken from below another anchor, even one that is trusted', async () => {
    const other = await testRoot('Other Root');
    const crls = [rootList, await testCrl(other)];
    const far = await testListSigner(other, 'List Authority');
    const anchors = [root.certificate, other.certificate];
    const status = async (signer: TestAuthority): Promise<string> => {
      const list = await testCrl(signer, { extensions: [indirect] });
      const evidence = { anchors, crls: [...crls, list] };
      return (await revocationOf(named, [root, issuing, signer], evidence)).status;
    };
    expect(await status(lister)).toBe('good');
    expect(await status(far)).toBe('unknown');
  });

  it('name the issuer of an entry once, for it and those after it', async () => {
    const of = (issuer: Certificate): Pick<CrlInput['entries'][number], 'extensions'> => ({
      extensions: [certificateIssuer(issuer.subject)],
    });
    const filler = { serialNumber: '33', revocationDate: since };
    const carried = await listed(
      revoked(named),
      { ...filler, ...of(root.certificate) },
      filler,
      { ...filler, ...of(issuing.certificate) },
      filler,
      revoked(named),
    );
    expect((await ask(carried, named)).status).toBe('revoked');
    const elsewhere = await listed(revoked(named), { ...filler, ...of(root.certificate) }, revoked(named));
    expect((await ask(elsewhere, named)).status).toBe('good');
    expect(carried.entry(named.serialNumber, twin.issuer)).toBeUndefined();
    expect(carried.entry(named.serialNumber)?.revocationDate).toEqual(since);
  });

  it('merge with their deltas', async () => {
    const base = await listed({
      ...revoked(named),
      reason: 'certificateHold',
      extensions: [certificateIssuer(issuing.certificate.subject)],
    });
    expect((await ask(base, named)).status).toBe('suspended');
    const freeing = await testCrl(lister, {
      number: 2,
      extensions: [indirect, deltaTo(1)],
      entries: [
        {
          ...revoked(named),
          reason: 'removeFromCRL',
          extensions: [certificateIssuer(issuing.certificate.subject)],
        },
      ],
    });
    const crls = [rootList, base, freeing];
    expect((await statusOf(crls, { of: named, signers: [lister] })).status).toBe('good');
  });

  it('are not read where certificateIssuer stands in a list that is not indirect', async () => {
    const crl = await testCrl(issuing, {
      entries: [{ ...revoked(twin), extensions: [certificateIssuer(twin.issuer)] }],
    });
    expect(unusedCodes(await statusOf([crl]))).toEqual(['CRL_UNKNOWN_CRITICAL_EXTENSION']);
  });

  it('may cover their own signer only where its certificate says so', async () => {
    const name = lister.certificate.subject;
    const own = await testListSigner(issuing, 'List Authority', {
      extensions: [distributionPoints([{ crlIssuer: name }])],
    });
    const clean = await testCrl(own, { extensions: [indirect] });
    const signers = [own];
    expect((await statusOf([rootList, clean], { of: named, signers })).status).toBe('good');
    const confesses = await testCrl(own, {
      extensions: [indirect],
      entries: [
        { ...revoked(own.certificate), extensions: [certificateIssuer(issuing.certificate.subject)] },
      ],
    });
    expect((await statusOf([rootList, confesses], { of: named, signers })).status).toBe('unknown');
    const plain = await testListSigner(issuing, 'List Authority');
    const unknown = await statusOf([rootList, await testCrl(plain, { extensions: [indirect] })], {
      of: named,
      signers: [plain],
    });
    expect(unknown.status).toBe('unknown');
  });

  it('and answers whose signers vouch for each other prove nothing', async () => {
    const own = await testListSigner(issuing, 'List Authority');
    const { certificate: checked, signer: responder } = await testHolder(issuing, {
      subject: [[oids.commonName, 'Test OCSP']],
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { purposes: [oids.ocspSigning] },
      extensions: [distributionPoints([{ crlIssuer: lister.certificate.subject }])],
    });
    expect(checked.isOcspNoCheck).toBe(false);
    const ids = await Promise.all(
      [named, own.certificate].map((of) => certificateIdDer(of, issuing.certificate, 'SHA-256')),
    );
    const period = { thisUpdate: times.now, nextUpdate: times.end };
    const ocsp = await issueOcspResponse({
      responder,
      producedAt: times.now,
      responses: ids.map((id) => ({ id, status: 'good', ...period })),
    });
    const crls = [rootList, await testCrl(own, { extensions: [indirect] })];
    const finding = await statusOf(crls, { of: named, signers: [own], ocsps: [parseOcspResponse(ocsp)] });
    expect(finding.status).toBe('unknown');
    expect(unusedCodes(finding)).toEqual([
      'OCSP_RESPONDER_UNPROVEN',
      'CRL_OTHER_ISSUER',
      'CRL_SIGNER_UNPROVEN',
    ]);
  });

  it('follow signers who vouch for signers a few steps, not for ever', async () => {
    const names = ['A', 'B', 'C', 'D', 'E'].map((letter) => `Lister ${letter}`);
    // Each is listed by the next one, the last by the root.
    const signers: TestAuthority[] = [];
    for (const name of names.toReversed()) {
      const extensions = signers[0] && [distributionPoints([{ crlIssuer: signers[0].certificate.subject }])];
      signers.unshift(await testListSigner(signers[0] ? issuing : root, name, extensions && { extensions }));
    }
    const lists = await Promise.all(signers.map((signer) => testCrl(signer, { extensions: [indirect] })));
    const listedBy = async (first: number): Promise<string> => {
      const crlIssuer = signers[first]!.certificate.subject;
      const { certificate: of } = await testHolder(issuing, {
        extensions: [distributionPoints([{ crlIssuer }])],
      });
      return (await statusOf([rootList, ...lists], { of, signers })).status;
    };
    expect(await Promise.all([0, 1, 2, 3, 4].map(listedBy))).toEqual([
      'unknown',
      'unknown',
      'good',
      'good',
      'good',
    ]);
  });

  it('end in bounded time where signers vouch for each other in circles', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((letter) => `Lister ${letter}`);
    const subjects = await Promise.all(
      names.map(async (name) => (await testListSigner(root, name)).certificate.subject),
    );
    const points = distributionPoints(subjects.map((crlIssuer) => ({ crlIssuer })));
    const signers = await Promise.all(
      names.map((name) => testListSigner(issuing, name, { extensions: [points] })),
    );
    const crls = await Promise.all(signers.map((signer) => testCrl(signer, { extensions: [indirect] })));
    const { certificate: of } = await testHolder(issuing, { extensions: [points] });
    const started = performance.now();
    expect(['good', 'unknown']).toContain((await statusOf(crls, { of, signers })).status);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
