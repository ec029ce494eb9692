import type { Certificate } from '../certificate/certificate';
import { derGeneralizedTime, derNull } from '../der/writer';
import type { CrlInput } from '../issuing/issue-crl';
import { oids } from '../oids';
import type { RevocationFinding } from '../path/result';
import { deltaTo, distributionPoints, issuingPoint } from '../testing/revocation-points';
import { revocationOf, unusedCodes } from '../testing/revocation-of';
import type { IssuingPointInput, PointInput } from '../testing/revocation-points';
import { testAuthority, testCrl, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import type { CertificateList } from './crl';
import type { RevocationReason } from './reasons';

const day = (text: string): Date => new Date(`2026-${text}T00:00:00Z`);

/** Lists of the issuing authority about one certificate. */
describe('revocation lists of the issuer', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let certificate: Certificate;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    ({ certificate } = await testHolder(issuing));
  });

  const statusOf = (
    crls: readonly CertificateList[],
    { at = times.now, of = certificate }: { readonly at?: Date; readonly of?: Certificate } = {},
  ): Promise<RevocationFinding> => revocationOf(of, [root, issuing], { crls, at });

  const entry = (reason: RevocationReason, date: string, of = certificate): CrlInput['entries'][number] => ({
    serialNumber: of.serialNumber,
    revocationDate: day(date),
    reason,
  });

  const list = (
    number: number,
    entries: CrlInput['entries'] = [],
    more: Partial<CrlInput> = {},
  ): Promise<CertificateList> => testCrl(issuing, { number, entries, ...more });

  const delta = (
    base: number,
    number: number,
    entries: CrlInput['entries'],
    more: Partial<CrlInput> = {},
  ): Promise<CertificateList> =>
    list(number, entries, { thisUpdate: day('06-15'), extensions: [deltaTo(base)], ...more });

  describe('delta lists', () => {
    it('revoke on top of their base, and release from a hold that stands in it', async () => {
      const clean = await list(1);
      const held = await list(1, [entry('certificateHold', '06-10')]);
      expect((await statusOf([held])).status).toBe('suspended');

      const worse = await statusOf([clean, await delta(1, 2, [entry('keyCompromise', '06-14')])]);
      expect(worse).toMatchObject({ status: 'revoked', reason: 'keyCompromise', statusTime: day('06-15') });
      const lost = await statusOf([held, await delta(1, 2, [entry('keyCompromise', '06-14')])]);
      expect(lost).toMatchObject({ status: 'revoked', at: day('06-14') });
      const freed = await statusOf([held, await delta(1, 2, [entry('removeFromCRL', '06-14')])]);
      expect(freed).toMatchObject({ status: 'good', statusTime: day('06-15') });
      expect(freed.unused).toEqual([]);
    });

    it('count from their own date on: a hold lasts until the day of its removal', async () => {
      const crls = [
        await list(1, [entry('certificateHold', '06-10')]),
        await delta(1, 2, [entry('removeFromCRL', '06-14')]),
      ];
      expect((await statusOf(crls, { at: day('06-09') })).status).toBe('good');
      expect((await statusOf(crls, { at: day('06-13') })).status).toBe('suspended');
      expect((await statusOf(crls, { at: day('06-14') })).status).toBe('good');
    });

    it('are announced by their base, with addresses to get them from', async () => {
      const freshest = distributionPoints([{ point: { url: 'http://crl.example/d.crl' } }], oids.freshestCRL);
      expect((await list(1, [], { extensions: [freshest] })).deltaUrls).toEqual(['http://crl.example/d.crl']);
      expect(await delta(1, 2, [])).toMatchObject({ isDelta: true, baseCrlNumber: '01', deltaUrls: [] });
    });

    it('the newest of several counts', async () => {
      const held = await list(1);
      const first = await delta(1, 2, [entry('certificateHold', '06-14')]);
      const second = await delta(1, 3, [entry('removeFromCRL', '06-15')]);
      expect((await statusOf([second, held, first])).status).toBe('good');
      expect((await statusOf([first, held])).status).toBe('suspended');
    });

    it('need a base that fits: number, scope, key of the authority; without one only their bad news counts', async () => {
      const freeing = [entry('removeFromCRL', '06-14')];
      const held = await list(5, [entry('certificateHold', '06-10')]);
      const unfitting = [
        await delta(6, 7, freeing),
        await delta(4, 5, freeing),
        await delta(4, 6, freeing, { extensions: [deltaTo(4), issuingPoint({ only: 'users' })] }),
      ];
      for (const crl of unfitting) {
        const finding = await statusOf([held, crl]);
        expect(finding.status).toBe('suspended');
        expect(unusedCodes(finding)).toEqual(['CRL_DELTA_WITHOUT_BASE']);
        expect((await statusOf([crl])).status).toBe('unknown');
      }
      expect((await statusOf([await delta(6, 7, [entry('superseded', '06-12')])])).status).toBe('revoked');
    });

    it('that have run out release nobody', async () => {
      const held = await list(1, [entry('certificateHold', '06-05')], { thisUpdate: day('06-07') });
      const period = { thisUpdate: day('06-08'), nextUpdate: day('06-10') };
      const freeing = await delta(1, 2, [entry('removeFromCRL', '06-08')], period);
      expect((await statusOf([held, freeing])).status).toBe('suspended');
      expect((await statusOf([held, freeing], { at: day('06-09') })).status).toBe('good');
    });

    it('are told from complete lists in time: a base that has run out is not revived by them', async () => {
      const old = await list(1, [], { thisUpdate: day('06-01'), nextUpdate: day('06-08') });
      const finding = await statusOf([old, await delta(1, 2, [])]);
      expect(finding.status).toBe('unknown');
      expect(unusedCodes(finding)).toEqual(['CRL_NOT_CURRENT', 'CRL_DELTA_WITHOUT_BASE']);
    });
  });

  describe('editions of the same list', () => {
    it('a hold ends with a newer edition, a revocation does not', async () => {
      const newer = await list(2, [], { thisUpdate: day('06-15') });
      const held = await list(1, [entry('certificateHold', '06-10')]);
      const revoked = await list(1, [entry('superseded', '06-10')]);
      for (const crls of [
        [held, newer],
        [newer, held],
      ]) {
        expect((await statusOf(crls)).status).toBe('good');
      }
      expect((await statusOf([revoked, newer])).status).toBe('revoked');
    });

    it('a hold counts at a time before the newer edition was out', async () => {
      const newer = await list(2, [], { thisUpdate: day('06-16') });
      const held = await list(1, [entry('certificateHold', '06-10')]);
      expect((await statusOf([held, newer])).status).toBe('suspended');
      expect((await statusOf([held, newer], { at: day('06-09') })).status).toBe('good');
    });
  });

  describe('distribution points', () => {
    const under = async (
      points: readonly PointInput[],
      more: Partial<Parameters<typeof testHolder>[1]> = {},
    ) => (await testHolder(issuing, { extensions: [distributionPoints(points)], ...more })).certificate;

    const scoped = (scope: IssuingPointInput, entries: CrlInput['entries'] = [], number = 1) =>
      list(number, entries, { extensions: [issuingPoint(scope)] });

    it('a list for a point speaks about certificates that name the point', async () => {
      const url = 'http://crl.example/a.crl';
      const named = await under([{ point: { url } }]);
      expect((await statusOf([await scoped({ point: { url } })], { of: named })).status).toBe('good');
      const other = await statusOf([await scoped({ point: { url: 'http://crl.example/b.crl' } })], {
        of: named,
      });
      expect(other.status).toBe('unknown');
      expect(unusedCodes(other)).toEqual(['CRL_OUT_OF_SCOPE']);
      // A list without a point is about all certificates of the issuer.
      expect((await statusOf([await list(1)], { of: named })).status).toBe('good');
    });

    it('a name relative to the issuer is the same as its full form', async () => {
      const full = await testHolder(issuing, {
        subject: [
          [oids.countryName, 'VN'],
          [oids.commonName, 'Test Issuing CA'],
          [oids.commonName, 'Part 7'],
        ],
      });
      const name = full.certificate.subject;
      const relative = { under: 'part  7' };
      const byRelative = await under([{ point: relative }]);
      const byFull = await under([{ point: { name } }]);
      for (const named of [byRelative, byFull]) {
        for (const point of [relative, { name }]) {
          expect((await statusOf([await scoped({ point })], { of: named })).status).toBe('good');
        }
        const other = await statusOf([await scoped({ point: { under: 'Part 8' } })], { of: named });
        expect(unusedCodes(other)).toEqual(['CRL_OUT_OF_SCOPE']);
      }
    });

    it('lists for users, for authorities and for attribute certificates keep to their kind', async () => {
      expect((await statusOf([await scoped({ only: 'users' })])).status).toBe('good');
      expect((await statusOf([await scoped({ only: 'authorities' })])).status).toBe('unknown');
      expect((await statusOf([await scoped({ only: 'attributes' })])).status).toBe('unknown');
    });

    it('lists for some reasons make good only together', async () => {
      const some = await scoped({ reasons: [1, 2, 3, 4] });
      const rest = await scoped({ reasons: [5, 6, 7, 8] }, [], 2);
      expect((await statusOf([some])).status).toBe('unknown');
      expect((await statusOf([rest])).status).toBe('unknown');
      expect((await statusOf([some, rest])).status).toBe('good');
      const old = await list(3, [], { thisUpdate: day('06-01'), nextUpdate: day('06-10') });
      expect((await statusOf([some, old])).status).toBe('unknown');
      const held = await scoped({ reasons: [5, 6, 7, 8] }, [entry('certificateHold', '06-10')], 2);
      expect((await statusOf([some, held])).status).toBe('suspended');
    });

    it('reasons that a point of the certificate leaves out are not covered by its list', async () => {
      const [a, b] = [{ url: 'http://crl.example/a.crl' }, { url: 'http://crl.example/b.crl' }];
      const of = await under([
        { point: a, reasons: [1, 2, 3, 4] },
        { point: b, reasons: [5, 6, 7, 8] },
      ]);
      const [listA, listB] = [await scoped({ point: a }), await scoped({ point: b }, [], 2)];
      expect((await statusOf([listA], { of })).status).toBe('unknown');
      expect((await statusOf([listA, listB], { of })).status).toBe('good');
    });
  });

  it('says why a list was not used', async () => {
    const critical = { oid: '1.2.3.4', critical: true, value: derNull };
    const unusable = [
      ['CRL_OTHER_ISSUER', await testCrl(root)],
      ['CRL_NOT_CURRENT', await list(1, [], { thisUpdate: day('06-01'), nextUpdate: day('06-10') })],
      ['CRL_UNKNOWN_CRITICAL_EXTENSION', await list(1, [], { extensions: [critical] })],
      [
        'CRL_UNKNOWN_CRITICAL_EXTENSION',
        await list(1, [{ serialNumber: '01', revocationDate: day('06-01'), extensions: [critical] }]),
      ],
      [
        'CRL_SIGNATURE_INVALID',
        await testCrl({ ...(await testAuthority(root)), certificate: issuing.certificate }),
      ],
    ] as const;
    for (const [code, crl] of unusable) {
      const finding = await statusOf([crl]);
      expect(finding).toMatchObject({ status: 'unknown', unused: [{ source: 'crl', evidence: crl, code }] });
    }
  });

  it('a list that has run out still tells of a revocation, not of a hold, and never that all is well', async () => {
    const old = { thisUpdate: day('06-01'), nextUpdate: day('06-10') };
    const revoked = await statusOf([await list(1, [entry('superseded', '05-20')], old)]);
    expect(revoked).toMatchObject({ status: 'revoked', unused: [{ code: 'CRL_NOT_CURRENT' }] });
    expect((await statusOf([await list(1, [entry('certificateHold', '05-20')], old)])).status).toBe(
      'unknown',
    );
    expect((await statusOf([await list(1, [], old)])).status).toBe('unknown');
  });

  it('passes on since when the key may have been lost, without judging by it', async () => {
    const crl = await list(1, [
      {
        ...entry('keyCompromise', '06-10'),
        extensions: [{ oid: oids.invalidityDate, value: derGeneralizedTime(day('05-01')) }],
      },
    ]);
    expect(await statusOf([crl])).toMatchObject({ status: 'revoked', invalidityDate: day('05-01') });
    expect((await statusOf([crl], { at: day('06-01') })).status).toBe('good');
  });

  it('a list made after the certificate expired speaks only if it keeps what expired', async () => {
    const of = (await testHolder(issuing, { notAfter: day('06-01') })).certificate;
    const at = day('05-20');
    expect((await statusOf([await list(1)], { of, at })).status).toBe('unknown');
    const since = (date: string): Promise<CertificateList> =>
      list(1, [], { extensions: [{ oid: oids.expiredCertsOnCRL, value: derGeneralizedTime(day(date)) }] });
    expect((await statusOf([await since('01-01')], { of, at })).status).toBe('good');
    expect((await statusOf([await since('06-02')], { of, at })).status).toBe('unknown');
  });

  it('does not take a list that its issuer made after its own end', async () => {
    const short = await testAuthority(root, 'Short CA', { notAfter: day('06-10') });
    const { certificate: of } = await testHolder(short, { notAfter: day('06-30') });
    const evidence = { at: day('06-05'), crls: [await testCrl(short)] };
    expect(await revocationOf(of, [root, short], evidence)).toMatchObject({
      status: 'unknown',
      unused: [{ code: 'CRL_SIGNER_NOT_TRUSTED' }],
    });
  });
});
