import { parseCertificate } from '../certificate/parse-certificate';
import { PkiError } from '../errors';
import { corpusFile, corpusJson, describeCorpus } from '../node/testing/corpora';
import { parsePem } from '../pem';
import { parseCrl } from '../revocation/crl';
import { validatePath } from './validate-path';
import type { PathInput } from './validate-path';

/** Validity as one word; a structure that cannot be read at all is invalid too. */
async function verdict(makeInput: () => PathInput): Promise<{ readonly isValid: boolean; readonly why: string }> {
  try {
    const result = await validatePath(makeInput());
    return { isValid: result.status === 'valid', why: result.failures.map((f) => `${f.code} ${f.message}`).join('; ') };
  } catch (error) {
    if (error instanceof PkiError) return { isValid: false, why: `${error.code} ${error.message}` };
    throw error;
  }
}

interface PkitsCase {
  readonly name: string;
  readonly cert: string;
  readonly other_certs: readonly string[];
  readonly crls?: readonly string[];
  readonly revocation?: boolean;
  readonly params?: object;
  readonly error?: object;
}

describeCorpus('pkits')('PKITS', () => {
  it('report', async () => {
    const cases = corpusJson('pkits', 'pkits.json') as readonly PkitsCase[];
    const accepted: string[] = [];
    const refused: string[] = [];
    for (const test of cases) {
      const { isValid, why } = await verdict(() => ({
        certificate: parseCertificate(corpusFile('pkits', 'certs', test.cert)),
        intermediates: test.other_certs.map((name) => parseCertificate(corpusFile('pkits', 'certs', name))),
        anchors: [parseCertificate(corpusFile('pkits', 'certs', 'TrustAnchorRootCertificate.crt'))],
        at: new Date('2022-01-01T00:00:00Z'),
        purpose: 'document-signing',
        crls: [...(test.crls ?? []), 'TrustAnchorRootCRL.crl'].map((name) => parseCrl(corpusFile('pkits', 'crls', name))),
        ocsps: [],
        revocation: 'required',
      }));
      if (isValid && test.error) accepted.push(test.name);
      if (!isValid && !test.error) refused.push(`${test.name}: ${why}`);
    }
    console.log(cases.length, 'accepted wrongly', accepted, 'refused wrongly', refused.length, refused.join('\n'));
  });
});

interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly crls: readonly string[];
}

describeCorpus('x509-limbo')('x509-limbo', () => {
  it('report', async () => {
    const { testcases } = corpusJson('x509-limbo', 'limbo.json') as { readonly testcases: readonly LimboCase[] };
    const accepted: string[] = [];
    const refused: string[] = [];
    let slow = '';
    const certificates = (pems: readonly string[]): Uint8Array[] => pems.flatMap((pem) => parsePem(pem));
    for (const test of testcases) {
      const started = performance.now();
      const { isValid, why } = await verdict(() => ({
        certificate: parseCertificate(certificates([test.peer_certificate])[0]!),
        intermediates: certificates(test.untrusted_intermediates).map(parseCertificate),
        anchors: certificates(test.trusted_certs).map(parseCertificate),
        at: test.validation_time ? new Date(test.validation_time) : new Date(),
        purpose: 'tls',
        crls: test.crls.flatMap((pem) => parsePem(pem)).map(parseCrl),
        ocsps: [],
        revocation: 'if-available',
      }));
      const took = performance.now() - started;
      if (took > 200) slow += `${test.id} ${took}; `;
      if (isValid && test.expected_result === 'FAILURE') accepted.push(test.id);
      if (!isValid && test.expected_result === 'SUCCESS') refused.push(`${test.id}: ${why}`);
    }
    console.log(testcases.length, 'accepted wrongly', accepted.join('\n'), 'refused wrongly', refused.length, refused.join('\n'), slow);
  });
});
