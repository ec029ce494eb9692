import type { CertificateInput } from '../issuing/issue-certificate';
import { oids } from '../oids';
import { testAuthority, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import type { Purpose } from './result';
import { validatePath } from './validate-path';

/** `undefined`: the extension is left out. */
type Usages = { readonly [K in 'keyUsage' | 'extendedKeyUsage']: CertificateInput[K] | undefined };

const signing = ['digitalSignature', 'nonRepudiation'] as const;
const named = (...purposes: readonly string[]): { extendedKeyUsage: { purposes: readonly string[] } } => ({
  extendedKeyUsage: { purposes },
});

/** What an authority writes into its certificates, and whether that serves for documents and for evidence. */
const cases: readonly (readonly [string, Usages, { documents: boolean; evidence: boolean }])[] = [
  [
    'evidence keys as they are issued',
    { keyUsage: ['digitalSignature'], ...named(oids.emailProtection, oids.evidenceOfDelivery) },
    { documents: false, evidence: true },
  ],
  [
    'a certificate with no purpose but evidence',
    { keyUsage: signing, ...named(oids.evidenceOfDelivery) },
    { documents: false, evidence: true },
  ],
  [
    'the mark of evidence beside document signing: the key is unattended all the same',
    { keyUsage: signing, ...named(oids.documentSigning, oids.evidenceOfDelivery) },
    { documents: false, evidence: true },
  ],
  [
    'the mark of evidence beside any purpose',
    { keyUsage: signing, ...named(oids.anyExtendedKeyUsage, oids.evidenceOfDelivery) },
    { documents: false, evidence: true },
  ],
  [
    'the mark of evidence on a key that may not sign',
    { keyUsage: ['keyAgreement'], ...named(oids.evidenceOfDelivery) },
    { documents: false, evidence: false },
  ],
  [
    'signing certificates as they are issued',
    { keyUsage: signing, ...named(oids.documentSigning, oids.emailProtection) },
    { documents: true, evidence: false },
  ],
  [
    'document signing without nonRepudiation',
    { keyUsage: ['digitalSignature'], ...named(oids.documentSigning) },
    { documents: true, evidence: false },
  ],
  [
    'emailProtection with nonRepudiation, as foreign authorities issue for documents',
    { keyUsage: signing, ...named(oids.emailProtection, oids.clientAuth) },
    { documents: true, evidence: false },
  ],
  [
    'emailProtection with nonRepudiation alone',
    { keyUsage: ['nonRepudiation'], ...named(oids.emailProtection) },
    { documents: true, evidence: false },
  ],
  [
    'emailProtection without key usage',
    { keyUsage: undefined, ...named(oids.emailProtection) },
    { documents: true, evidence: false },
  ],
  [
    'emailProtection that only authenticates',
    { keyUsage: ['digitalSignature'], ...named(oids.emailProtection) },
    { documents: false, evidence: false },
  ],
  [
    'the purposes of Microsoft and Adobe',
    { keyUsage: ['digitalSignature'], ...named(oids.microsoftDocumentSigning, oids.adobeDocumentSigning) },
    { documents: true, evidence: false },
  ],
  [
    'any purpose',
    { keyUsage: ['digitalSignature'], ...named(oids.anyExtendedKeyUsage) },
    { documents: true, evidence: false },
  ],
  [
    'unlimited purposes',
    { keyUsage: signing, extendedKeyUsage: undefined },
    { documents: true, evidence: false },
  ],
  [
    'client authentication',
    { keyUsage: signing, ...named(oids.clientAuth) },
    { documents: false, evidence: false },
  ],
];

describe('a certificate with', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
  });

  async function failuresFor(
    purpose: Purpose,
    usages: Usages,
    authority: TestAuthority = issuing,
  ): Promise<string[]> {
    const { certificate } = await testHolder(authority, usages as Partial<CertificateInput>);
    const { failures } = await validatePath({
      certificate,
      intermediates: [authority.certificate],
      anchors: [root.certificate],
      at: times.now,
      purpose,
      crls: [],
      ocsps: [],
      revocation: 'if-available',
    });
    return failures.map(({ code }) => code);
  }

  it.each(cases)('%s', async (_, usages, expected) => {
    const wrong = ['CERTIFICATE_WRONG_USAGE'];
    expect(await failuresFor('document-signing', usages)).toEqual(expected.documents ? [] : wrong);
    expect(await failuresFor('agency-signing', usages)).toEqual(expected.documents ? [] : wrong);
    expect(await failuresFor('evidence', usages)).toEqual(expected.evidence ? [] : wrong);
  });

  it('the mark of evidence passes below an authority for signing, and no signature below one for evidence', async () => {
    const forSigning = await testAuthority(root, 'CA for signing', named(oids.emailProtection));
    const forEvidence = await testAuthority(root, 'CA for evidence', named(oids.evidenceOfDelivery));
    const marked: Usages = { keyUsage: ['digitalSignature'], ...named(oids.evidenceOfDelivery) };
    const unmarked: Usages = { keyUsage: signing, ...named(oids.documentSigning) };
    expect(await failuresFor('evidence', marked, forSigning)).toEqual([]);
    expect(await failuresFor('evidence', marked, forEvidence)).toEqual([]);
    expect(await failuresFor('document-signing', unmarked, forEvidence)).toEqual(['CERTIFICATE_WRONG_USAGE']);
  });
});
