import { itWith, runOn } from '../../../../test/support/outside-programs';
import type { Certificate } from '../certificate/certificate';
import type { CrlInput } from '../issuing/issue-crl';
import { validatePath } from '../path/validate-path';
import { oids } from '../oids';
import { toPem } from '../pem';
import { certificateIssuer, deltaTo, distributionPoints, issuingPoint } from '../testing/revocation-points';
import { testAuthority, testCrl, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { parseCrl } from './crl';
import type { CertificateList } from './crl';
import type { RevocationReason } from './reasons';

const day = (text: string): Date => new Date(`2026-${text}T00:00:00Z`);

interface Case {
  readonly certificate?: Certificate;
  readonly crls: readonly CertificateList[];
  readonly signers?: readonly TestAuthority[];
}

/** Both are told the same: one chain, the lists, the time; and that every certificate needs a list. */
describe('openssl verify and this lib agree', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let lister: TestAuthority;
  let plain: Certificate;
  let pointed: Certificate;
  let indirect: Certificate;
  let rootList: CertificateList;
  const url = 'http://crl.example/part1.crl';

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    lister = await testAuthority(root, 'List Authority', { keyUsage: ['cRLSign', 'keyCertSign'] });
    const under = async (...extensions: ReturnType<typeof distributionPoints>[]): Promise<Certificate> =>
      (await testHolder(issuing, { extensions })).certificate;
    plain = await under();
    pointed = await under(distributionPoints([{ point: { url } }]));
    indirect = await under(distributionPoints([{ crlIssuer: lister.certificate.subject }]));
    rootList = await testCrl(root);
  });

  async function weSay({ certificate = plain, crls, signers = [] }: Case): Promise<boolean> {
    const result = await validatePath({
      certificate,
      intermediates: [issuing, ...signers].map((authority) => authority.certificate),
      anchors: [root.certificate],
      at: times.now,
      purpose: 'document-signing',
      crls: [rootList, ...crls],
      ocsps: [],
      revocation: 'required',
    });
    return result.status === 'valid';
  }

  function opensslSays({ certificate = plain, crls, signers = [] }: Case): boolean {
    const pem = (certificates: readonly Certificate[]): string =>
      certificates.map(({ der }) => toPem(der, 'CERTIFICATE')).join('');
    const run = runOn(
      'openssl',
      [
        ...['verify', '-crl_check_all', '-use_deltas', '-extended_crl'],
        ...['-attime', String(times.now.getTime() / 1000)],
        ...['-CAfile', 'root.pem', '-untrusted', 'ca.pem', '-CRLfile', 'crls.pem', 'ee.pem'],
      ],
      {
        'root.pem': pem([root.certificate]),
        'ca.pem': pem([issuing, ...signers].map((authority) => authority.certificate)),
        'crls.pem': [rootList, ...crls].map(({ der }) => toPem(der, 'X509 CRL')).join(''),
        'ee.pem': pem([certificate]),
      },
    );
    return run.status === 0 && run.output.includes('ee.pem: OK');
  }

  const on = (reason: RevocationReason, of: () => Certificate): (() => CrlInput['entries']) => {
    return () => [{ serialNumber: of().serialNumber, revocationDate: day('06-10'), reason }];
  };

  const list = (
    number: number,
    entries: () => CrlInput['entries'],
    more: Partial<CrlInput> = {},
  ): Promise<CertificateList> => testCrl(issuing, { number, entries: entries(), ...more });

  const none = (): CrlInput['entries'] => [];
  const held = on('certificateHold', () => plain);
  const lost = on('keyCompromise', () => plain);
  const freed = on('removeFromCRL', () => plain);
  const delta = (entries: () => CrlInput['entries'], to = 1): Promise<CertificateList> =>
    list(2, entries, { extensions: [deltaTo(to)], thisUpdate: day('06-15') });
  /** openssl looks for deltas only where freshestCRL says that there are some. */
  const base = (entries: () => CrlInput['entries']): Promise<CertificateList> =>
    list(1, entries, { extensions: [distributionPoints([{ point: { url } }], oids.freshestCRL)] });
  const point = (scope: Parameters<typeof issuingPoint>[0]): Partial<CrlInput> => ({
    extensions: [issuingPoint(scope)],
  });
  const byLister = (entries: CrlInput['entries']): Promise<CertificateList> =>
    testCrl(lister, { entries, ...point({ indirect: true }) });
  const named = (issuer: Certificate): Partial<CrlInput['entries'][number]> => ({
    extensions: [certificateIssuer(issuer.subject)],
  });

  const cases: Readonly<Record<string, readonly [boolean, () => Promise<Case>]>> = {
    'no list': [false, () => Promise.resolve({ crls: [] })],
    'a clean list': [true, async () => ({ crls: [await list(1, none)] })],
    'a revoked certificate': [false, async () => ({ crls: [await list(1, lost)] })],
    'a hold': [false, async () => ({ crls: [await list(1, held)] })],
    'a list that has run out': [
      false,
      async () => ({ crls: [await list(1, none, { thisUpdate: day('06-01'), nextUpdate: day('06-14') })] }),
    ],
    'a delta that revokes': [false, async () => ({ crls: [await base(none), await delta(lost)] })],
    'a delta that releases': [true, async () => ({ crls: [await base(held), await delta(freed)] })],
    'a delta with nothing new': [true, async () => ({ crls: [await base(none), await delta(none)] })],
    'a delta that releases on another base': [
      false,
      async () => ({ crls: [await base(held), await delta(freed, 2)] }),
    ],
    'a delta alone': [false, async () => ({ crls: [await delta(none)] })],
    'a list for the point of the certificate': [
      true,
      async () => ({ certificate: pointed, crls: [await list(1, none, point({ point: { url } }))] }),
    ],
    'a list for another point': [
      false,
      async () => ({
        certificate: pointed,
        crls: [await list(1, none, point({ point: { url: `${url}.old` } }))],
      }),
    ],
    'a list for users': [true, async () => ({ crls: [await list(1, none, point({ only: 'users' }))] })],
    'a list for authorities': [
      false,
      async () => ({ crls: [await list(1, none, point({ only: 'authorities' }))] }),
    ],
    'a list for attributes': [
      false,
      async () => ({ crls: [await list(1, none, point({ only: 'attributes' }))] }),
    ],
    'half of the reasons': [
      false,
      async () => ({ crls: [await list(1, none, point({ reasons: [1, 2, 3, 4] }))] }),
    ],
    'all reasons in two lists': [
      true,
      async () => ({
        crls: [
          await list(1, none, point({ reasons: [1, 2, 3, 4] })),
          await list(2, none, point({ reasons: [5, 6, 7, 8] })),
        ],
      }),
    ],
    'an indirect list': [
      true,
      async () => ({ certificate: indirect, crls: [await byLister([])], signers: [lister] }),
    ],
    'an entry of an indirect list': [
      false,
      async () => ({
        certificate: indirect,
        signers: [lister],
        crls: [
          await byLister([
            { serialNumber: '33', revocationDate: day('06-10'), ...named(issuing.certificate) },
            { serialNumber: indirect.serialNumber, revocationDate: day('06-10') },
          ]),
        ],
      }),
    ],
    'an entry of an indirect list for another issuer': [
      true,
      async () => ({
        certificate: indirect,
        signers: [lister],
        crls: [
          await byLister([
            { serialNumber: indirect.serialNumber, revocationDate: day('06-10'), ...named(root.certificate) },
          ]),
        ],
      }),
    ],
    'a certificate that does not name the indirect list': [
      false,
      async () => ({ crls: [await byLister([])], signers: [lister] }),
    ],
    'a forged list': [
      false,
      async () => {
        const forged = (await list(1, none)).der.slice();
        forged[forged.length - 1]! ^= 1;
        return { crls: [parseCrl(forged)] };
      },
    ],
  };

  itWith('openssl').each(Object.entries(cases))('on %s', async (_, [isValid, make]) => {
    const given = await make();
    expect({ we: await weSay(given), openssl: opensslSays(given) }).toEqual({
      we: isValid,
      openssl: isValid,
    });
  });

  itWith('openssl')('on a list by another key of the same authority', async () => {
    const signer = await testAuthority(root, 'Test Issuing CA');
    for (const entries of [[], lost()]) {
      const given = { crls: [await testCrl(signer, { entries })], signers: [signer] };
      expect({ we: await weSay(given), openssl: opensslSays(given) }).toEqual({
        we: entries.length === 0,
        openssl: entries.length === 0,
      });
    }
  });
});
