import { derInteger, derNull, derOid, derSequence } from '../der/writer';
import type { CertificateInput } from '../issuing/issue-certificate';
import { oids } from '../oids';
import { toPem } from '../pem';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../testing/test-extensions';
import { testAuthority, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { codesOf, validateFor } from '../testing/path-results';
import type { PolicySettings } from './policy-settings';

const low = '1.3.6.1.4.1.99999.1';
const high = '1.3.6.1.4.1.99999.2';
const foreign = '1.3.6.1.4.1.99999.9';
const any = oids.anyPolicy;

type Extensions = NonNullable<CertificateInput['extensions']>;

describe('certificate policies', () => {
  let root: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
  });

  /** A path of one authority and one holder, with these extensions. */
  async function path(ofAuthority: Extensions, ofHolder: Extensions) {
    const authority = await testAuthority(root, 'CA', { extensions: ofAuthority });
    const holder = await testHolder(authority, { extensions: ofHolder });
    return { root, authority, holder };
  }

  type Path = Awaited<ReturnType<typeof path>>;

  const judge = ({ authority, holder }: Path, policies: PolicySettings) =>
    validateFor({
      certificate: holder.certificate,
      intermediates: [authority.certificate],
      anchors: [root.certificate],
      policies,
    });

  it('need not stand anywhere while none is required', async () => {
    const plain = await path([], []);
    expect(await judge(plain, {})).toMatchObject({
      status: 'valid',
      policies: { authorities: [], user: [] },
    });
    expect(codesOf(await judge(plain, { requireExplicit: true }))).toEqual(['POLICY_NOT_ACCEPTABLE']);
  });

  it('hold where all certificates of the path name them, and are told', async () => {
    const both = await path([certificatePolicies(low, high)], [certificatePolicies(high, foreign)]);
    expect((await judge(both, { requireExplicit: true })).policies).toEqual({
      authorities: [high],
      user: [high],
    });
    const wantsLow = { requireExplicit: true, acceptable: [low] };
    const refused = await judge(both, wantsLow);
    expect(codesOf(refused)).toEqual(['POLICY_NOT_ACCEPTABLE']);
    expect(refused).toMatchObject({ status: 'invalid', policies: { authorities: [high], user: [] } });
    expect((await judge(both, { acceptable: [low] })).status).toBe('valid');
  });

  it('are translated by mappings, unless inhibited', async () => {
    const mapped = await path(
      [certificatePolicies(low), policyMappings([low, foreign])],
      [certificatePolicies(foreign)],
    );
    const wanted = { requireExplicit: true, acceptable: [low] };
    expect((await judge(mapped, wanted)).policies).toEqual({ authorities: [low], user: [low] });
    expect(codesOf(await judge(mapped, { ...wanted, inhibitMapping: true }))).toEqual([
      'POLICY_NOT_ACCEPTABLE',
    ]);
  });

  it('may be any, unless inhibited', async () => {
    const open = await path([certificatePolicies(any)], [certificatePolicies(low)]);
    expect((await judge(open, { requireExplicit: true })).policies.user).toEqual([low]);
    expect(codesOf(await judge(open, { requireExplicit: true, inhibitAny: true }))).toEqual([
      'POLICY_NOT_ACCEPTABLE',
    ]);
    const closed = await path([certificatePolicies(low), inhibitAnyPolicy(0)], [certificatePolicies(any)]);
    expect(codesOf(await judge(closed, { requireExplicit: true }))).toEqual(['POLICY_NOT_ACCEPTABLE']);
    const everything = await path([certificatePolicies(any)], [certificatePolicies(any)]);
    expect((await judge(everything, { acceptable: [low] })).policies).toEqual({
      authorities: [any],
      user: [low],
    });
  });

  it('are required where an authority says so, the anchor as well', async () => {
    const strict = await path([certificatePolicies(low), policyConstraints({ requireExplicit: 0 })], []);
    expect(codesOf(await judge(strict, {}))).toEqual(['POLICY_NOT_ACCEPTABLE']);
    const strictRoot = await testRoot('Strict', 'P-256', {
      extensions: [policyConstraints({ requireExplicit: 0 })],
    });
    const authority = await testAuthority(strictRoot, 'CA', { extensions: [certificatePolicies(low)] });
    const holder = await testHolder(authority);
    const result = await validateFor({
      certificate: holder.certificate,
      intermediates: [authority.certificate],
      anchors: [strictRoot.certificate],
    });
    expect(codesOf(result)).toEqual(['POLICY_NOT_ACCEPTABLE']);
  });

  it.each([
    ['a policy that stands twice', certificatePolicies(low, low)],
    ['no policy', certificatePolicies()],
    [
      'qualifiers that are none',
      { oid: oids.certificatePolicies, value: derSequence(derSequence(derOid(low), derSequence())) },
    ],
    ['no constraint', policyConstraints({})],
    ['a negative count', { oid: oids.inhibitAnyPolicy, value: derInteger(-1) }],
    ['no mapping', policyMappings()],
    ['a mapping of nothing', { oid: oids.policyMappings, value: derSequence(derNull) }],
    ['a mapping of any policy', policyMappings([any, low])],
    ['a mapping to any policy', policyMappings([low, any])],
  ])('are refused where an extension is wrong: %s', async (_, extension) => {
    const result = await judge(await path([extension], []), {});
    expect(codesOf(result)).toEqual(['CERTIFICATE_BAD_EXTENSION']);
  });

  itWith('openssl')('are judged as by openssl', async () => {
    const paths = [
      await path([certificatePolicies(low, high)], [certificatePolicies(high)]),
      await path([certificatePolicies(low), policyMappings([low, foreign])], [certificatePolicies(foreign)]),
      await path([certificatePolicies(any)], [certificatePolicies(low)]),
      await path([certificatePolicies(low), inhibitAnyPolicy(0)], [certificatePolicies(any)]),
      await path([certificatePolicies(low), policyConstraints({ requireExplicit: 0 })], []),
      await path(
        [certificatePolicies(low), policyMappings([low, high]), policyConstraints({ inhibitMapping: 0 })],
        [certificatePolicies(high)],
      ),
    ];
    // Without a policy named, openssl takes none for acceptable.
    const anyOf = ['-policy', any];
    const asked: readonly (readonly [readonly string[], PolicySettings])[] = [
      [[], {}],
      [['-explicit_policy', ...anyOf], { requireExplicit: true }],
      [['-explicit_policy', '-policy', low], { requireExplicit: true, acceptable: [low] }],
      [['-explicit_policy', '-policy', high], { requireExplicit: true, acceptable: [high] }],
      [['-explicit_policy', '-inhibit_map', ...anyOf], { requireExplicit: true, inhibitMapping: true }],
      [['-explicit_policy', '-inhibit_any', ...anyOf], { requireExplicit: true, inhibitAny: true }],
    ];
    for (const made of paths) {
      for (const [options, settings] of asked) {
        const run = runOn(
          'openssl',
          [
            ...['verify', '-policy_check', ...options, '-attime', String(times.now.getTime() / 1000)],
            ...['-CAfile', 'root.pem', '-untrusted', 'ca.pem', 'ee.pem'],
          ],
          {
            'root.pem': toPem(root.certificate.der, 'CERTIFICATE'),
            'ca.pem': toPem(made.authority.certificate.der, 'CERTIFICATE'),
            'ee.pem': toPem(made.holder.certificate.der, 'CERTIFICATE'),
          },
        );
        const ours = await judge(made, settings);
        expect([options, ours.status === 'valid']).toEqual([options, run.output.includes('ee.pem: OK')]);
      }
    }
  });
});
