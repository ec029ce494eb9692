import type { Certificate } from '../certificate/certificate';
import type { DigestAlgorithm } from '../crypto/algorithms';
import { derGeneralizedTime, derNull } from '../der/writer';
import { issueOcspResponse } from '../issuing/issue-ocsp-response';
import type { OcspResponseInput, OcspStatusInput } from '../issuing/issue-ocsp-response';
import { oids } from '../oids';
import type { RevocationFinding } from '../path/result';
import { validatePath } from '../path/validate-path';
import { revocationOf, unusedCodes } from '../testing/revocation-of';
import { testAuthority, testCrl, testHolder, testResponder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import type { CertificateList } from './crl';
import { certificateIdDer } from './ocsp-request';
import { parseOcspResponse } from './ocsp';
import type { OcspResponse } from './ocsp';
import { ocspResponseProblem, verifyOcspResponse } from './ocsp-status';

const minutes = (count: number): Date => new Date(times.now.getTime() + count * 60_000);

type SingleInput = OcspStatusInput &
  Partial<OcspResponseInput['responses'][number]> & {
    readonly of?: Certificate;
    readonly hash?: DigestAlgorithm;
  };

describe('OCSP answers', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let certificate: Certificate;
  let responder: TestHolder;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    ({ certificate } = await testHolder(issuing));
    responder = await testResponder(issuing);
  });

  async function answer(
    singles: readonly SingleInput[] = [{ status: 'good' }],
    more: Partial<OcspResponseInput> = {},
  ): Promise<OcspResponse> {
    const responses = await Promise.all(
      singles.map(async ({ of = certificate, hash = 'SHA-1', ...single }) => ({
        id: await certificateIdDer(of, issuing.certificate, hash),
        thisUpdate: minutes(-10),
        nextUpdate: minutes(60),
        ...single,
      })),
    );
    return parseOcspResponse(
      await issueOcspResponse({ responder: responder.signer, producedAt: minutes(-10), responses, ...more }),
    );
  }

  const statusBy = (
    ocsps: readonly OcspResponse[],
    options: {
      readonly crls?: readonly CertificateList[];
      readonly at?: Date;
      readonly of?: Certificate;
    } = {},
  ): Promise<RevocationFinding> => {
    const { of = certificate, ...more } = options;
    return revocationOf(of, [root, issuing], { ocsps, ...more });
  };

  const why = (finding: RevocationFinding): string => [finding.status, ...unusedCodes(finding)].join(' ');

  it.each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const)(
    'name the certificate by %s, and the responder by key or by name',
    async (hash) => {
      for (const responderId of ['key', 'name'] as const) {
        const finding = await statusBy([await answer([{ status: 'good', hash }], { responderId })]);
        expect(finding).toMatchObject({
          status: 'good',
          source: 'ocsp',
          statusTime: minutes(-10),
          unused: [],
        });
      }
    },
  );

  it('may be signed by the issuer itself', async () => {
    const itself = { ...responder.signer, ...issuing.key, certificate: issuing.certificate };
    for (const responderId of ['key', 'name'] as const) {
      expect((await statusBy([await answer(undefined, { responder: itself, responderId })])).status).toBe(
        'good',
      );
    }
  });

  it('about another certificate, or about none, are never used', async () => {
    const { certificate: other } = await testHolder(issuing);
    expect(why(await statusBy([await answer([{ status: 'good', of: other }])]))).toBe(
      'unknown OCSP_OTHER_CERTIFICATE',
    );
    expect(why(await statusBy([await answer([])]))).toBe('unknown OCSP_OTHER_CERTIFICATE');
    // The same serial number under a namesake of the issuer with another key.
    const twin = await testAuthority(root);
    const id = await certificateIdDer(certificate, twin.certificate, 'SHA-1');
    expect(why(await statusBy([await answer([{ status: 'good', id }])]))).toBe(
      'unknown OCSP_OTHER_CERTIFICATE',
    );
  });

  it('of several responses in one answer the worst about the certificate counts', async () => {
    const { certificate: other } = await testHolder(issuing);
    const revoked = { status: 'revoked', revocationTime: minutes(-60), reason: 'superseded' } as const;
    const mixed = await answer([{ ...revoked, of: other }, { status: 'good' }]);
    expect((await statusBy([mixed])).status).toBe('good');
    expect((await statusBy([mixed], { of: other })).status).toBe('revoked');
    expect(
      await statusBy([await answer([{ status: 'good' }, { ...revoked, hash: 'SHA-256' }])]),
    ).toMatchObject({
      status: 'revoked',
      reason: 'superseded',
      at: minutes(-60),
    });
  });

  it('a hold ends with a newer answer', async () => {
    const held = await answer([
      {
        status: 'revoked',
        revocationTime: minutes(-600),
        reason: 'certificateHold',
        thisUpdate: minutes(-60),
      },
    ]);
    expect((await statusBy([held])).status).toBe('suspended');
    expect((await statusBy([await answer(), held])).status).toBe('good');
  });

  it('"revoked" on hold since 1970 stands for a certificate that was never issued', async () => {
    const extensions = [{ oid: oids.ocspExtendedRevoke, value: derNull }];
    const never = { status: 'revoked', revocationTime: new Date(0), reason: 'certificateHold' } as const;
    const finding = await statusBy([await answer([never], { extensions })]);
    expect(finding).toMatchObject({ status: 'revoked', at: new Date(0) });
  });

  it('are used while they are current; only a revocation counts for ever', async () => {
    const old = await answer([{ status: 'good', thisUpdate: minutes(-90), nextUpdate: minutes(-30) }]);
    expect(why(await statusBy([old]))).toBe('unknown OCSP_NOT_CURRENT');
    const past = { thisUpdate: minutes(-90), nextUpdate: minutes(-30), revocationTime: minutes(-99) };
    const told = await answer([{ status: 'revoked', ...past }]);
    expect(why(await statusBy([told]))).toBe('revoked OCSP_NOT_CURRENT');
    const held = await answer([{ status: 'revoked', reason: 'certificateHold', ...past }]);
    expect(why(await statusBy([held]))).toBe('unknown OCSP_NOT_CURRENT');
    const id = await certificateIdDer(certificate, issuing.certificate, 'SHA-1');
    const endless = (thisUpdate: Date): Promise<OcspResponse> =>
      answer([], { responses: [{ status: 'good', id, thisUpdate }], producedAt: thisUpdate });
    expect((await statusBy([await endless(minutes(-4))])).status).toBe('good');
    expect(why(await statusBy([await endless(minutes(-6))]))).toBe('unknown OCSP_NOT_CURRENT');
  });

  it('whose times contradict each other are not used, but for a small difference between clocks', async () => {
    const ahead = (count: number): Promise<OcspResponse> =>
      answer([{ status: 'good', thisUpdate: minutes(-10 + count) }]);
    expect((await statusBy([await ahead(4)])).status).toBe('good');
    expect(why(await statusBy([await ahead(6)]))).toBe('unknown OCSP_TIMES_CONTRADICT');
    const backwards = await answer([{ status: 'good', nextUpdate: minutes(-20) }]);
    expect(why(await statusBy([backwards]))).toBe('unknown OCSP_TIMES_CONTRADICT');
  });

  it('about a certificate that has expired need an archive that goes back far enough', async () => {
    const { certificate: of } = await testHolder(issuing, { notAfter: minutes(-600) });
    const at = minutes(-1200);
    const archive = (cutoff: Date | undefined): Promise<OcspResponse> =>
      answer([
        {
          status: 'good',
          of,
          ...(cutoff && { extensions: [{ oid: oids.ocspArchiveCutoff, value: derGeneralizedTime(cutoff) }] }),
        },
      ]);
    expect((await statusBy([await archive(undefined)], { of, at })).status).toBe('unknown');
    expect((await statusBy([await archive(minutes(-300))], { of, at })).status).toBe('unknown');
    expect((await statusBy([await archive(minutes(-9000))], { of, at })).status).toBe('good');
  });

  it('with unknown critical extensions are not used; those that are understood do no harm', async () => {
    const unknown = [{ oid: '1.2.3.4', critical: true, value: derNull }];
    const wanted = 'unknown OCSP_UNKNOWN_CRITICAL_EXTENSION';
    expect(why(await statusBy([await answer([{ status: 'good', extensions: unknown }])]))).toBe(wanted);
    expect(why(await statusBy([await answer(undefined, { extensions: unknown })]))).toBe(wanted);
    const known = [{ oid: oids.ocspExtendedRevoke, critical: true, value: derNull }];
    expect((await statusBy([await answer(undefined, { extensions: known })])).status).toBe('good');
  });

  it('"unknown" is never good', async () => {
    expect(why(await statusBy([await answer([{ status: 'unknown' }])]))).toBe('unknown OCSP_STATUS_UNKNOWN');
  });

  it('judged without a path ask the same of the certificate of their responder', async () => {
    const context = { at: times.now, crls: [] };
    const problem = async ({ signer }: TestHolder): Promise<string | undefined> =>
      ocspResponseProblem(await answer(undefined, { responder: signer }), issuing.certificate, context);
    expect(await problem(responder)).toBeUndefined();
    expect(await problem(await testResponder(issuing, { notAfter: minutes(-60) }))).toBe(
      'OCSP_RESPONDER_NOT_VALID',
    );
    // The key of the issuer under another name: another authority, by RFC 6960 §4.2.2.2.
    const renamed = await testAuthority(root, 'Renamed CA', { spki: issuing.keys.spki });
    const elsewhere = await testResponder({ ...issuing, certificate: renamed.certificate });
    expect(await problem(elsewhere)).toBe('OCSP_RESPONDER_NOT_AUTHORISED');
  });

  it('come from a responder that the very issuer appointed, in order when it answered', async () => {
    const namesake = await testAuthority(root);
    const unfit = [
      ['OCSP_RESPONDER_NOT_AUTHORISED', await testResponder(root)],
      ['OCSP_RESPONDER_NOT_AUTHORISED', await testResponder(namesake)],
      [
        'OCSP_RESPONDER_NOT_AUTHORISED',
        await testResponder(issuing, { extendedKeyUsage: { purposes: [oids.anyExtendedKeyUsage] } }),
      ],
      ['OCSP_RESPONDER_NOT_AUTHORISED', await testResponder(issuing, { keyUsage: ['keyAgreement'] })],
      ['OCSP_RESPONDER_NOT_VALID', await testResponder(issuing, { notAfter: minutes(-60) })],
      [
        'OCSP_RESPONDER_NOT_VALID',
        await testResponder(issuing, { extensions: [{ oid: '1.2.3.4', critical: true, value: derNull }] }),
      ],
      ['OCSP_RESPONDER_UNPROVEN', await testResponder(issuing, { isOcspNoCheck: false })],
    ] as const;
    for (const [code, { signer }] of unfit) {
      expect(why(await statusBy([await answer(undefined, { responder: signer })]))).toBe(`unknown ${code}`);
    }
    const mute = { ...responder.signer, sign: () => Promise.resolve(new Uint8Array(64)) };
    expect(why(await statusBy([await answer(undefined, { responder: mute })]))).toBe(
      'unknown OCSP_SIGNATURE_INVALID',
    );
  });

  it('of a responder that must be checked count by the list of its issuer', async () => {
    const checked = await testResponder(issuing, { isOcspNoCheck: false });
    const good = await answer(undefined, { responder: checked.signer });
    const list = await testCrl(issuing);
    expect(await statusBy([good], { crls: [list] })).toMatchObject({ status: 'good', unused: [] });
    const { serialNumber } = checked.certificate;
    const lost = await testCrl(issuing, { entries: [{ serialNumber, revocationDate: minutes(-600) }] });
    const finding = await statusBy([good], { crls: [lost] });
    expect(finding.source).toBe('crl');
    expect(unusedCodes(finding)).toEqual(['OCSP_RESPONDER_NOT_VALID']);
  });

  it('of a responder revoked since are not believed, whatever date they bear', async () => {
    for (const isOcspNoCheck of [false, true]) {
      const { certificate: of, signer } = await testResponder(issuing, { isOcspNoCheck });
      const good = await answer([{ status: 'good', thisUpdate: minutes(-900) }], {
        responder: signer,
        producedAt: minutes(-900),
      });
      const revocationDate = minutes(-600);
      const lost = await testCrl(issuing, {
        thisUpdate: minutes(-500),
        entries: [{ serialNumber: of.serialNumber, revocationDate }],
      });
      expect(unusedCodes(await statusBy([good], { crls: [lost], at: minutes(-700) }))).toEqual([]);
      expect(unusedCodes(await statusBy([good], { crls: [lost] }))).toEqual(['OCSP_RESPONDER_NOT_VALID']);
    }
  });

  it('must carry the nonce where one was asked for', async () => {
    const nonce = new Uint8Array(32).fill(7);
    const context = { at: times.now, crls: [] };
    const verify = async (sent: Uint8Array | undefined, asked: Uint8Array | undefined): Promise<boolean> =>
      verifyOcspResponse(await answer(undefined, sent && { nonce: sent }), issuing.certificate, {
        ...context,
        ...(asked && { nonce: asked }),
      });
    expect(await verify(nonce, nonce)).toBe(true);
    expect(await verify(nonce, undefined)).toBe(true);
    expect(await verify(undefined, undefined)).toBe(true);
    expect(await verify(undefined, nonce)).toBe(false);
    expect(await ocspResponseProblem(await answer(), issuing.certificate, { ...context, nonce })).toBe(
      'OCSP_NONCE_DIFFERS',
    );
    expect(await verify(nonce.subarray(1), nonce)).toBe(false);
    expect(await verify(new Uint8Array(32), nonce)).toBe(false);
  });

  it('a responder whose certificate says "do not check" is good for answering as long as nothing speaks against it', async () => {
    const judge = (crls: readonly CertificateList[]): ReturnType<typeof validatePath> =>
      validatePath({
        certificate: responder.certificate,
        intermediates: [issuing.certificate],
        anchors: [root.certificate],
        at: times.now,
        purpose: 'ocsp-signing',
        crls,
        ocsps: [],
        revocation: 'required',
      });
    const rootList = await testCrl(root);
    expect((await judge([rootList])).revocation[0]).toMatchObject({ status: 'good', source: 'nocheck' });
    const { serialNumber } = responder.certificate;
    const lost = await testCrl(issuing, { entries: [{ serialNumber, revocationDate: minutes(-600) }] });
    expect((await judge([rootList, lost])).status).toBe('invalid');
    const { certificate: signer } = await testHolder(issuing, { isOcspNoCheck: true });
    expect((await statusBy([], { of: signer })).status).toBe('unknown');
  });
});
