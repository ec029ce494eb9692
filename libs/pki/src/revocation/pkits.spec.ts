import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { corpusFile, corpusJson, describeCorpus } from '../../../../test/support/corpora';
import { validatePath } from '../path/validate-path';
import type { PathFailureCode, PathResult } from '../path/result';
import { PkiError } from '../errors';
import { parseCrl } from './crl';
import type { CertificateList } from './crl';

interface PkitsCase {
  /** 4.4.1 is 40401. */
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly error?: { readonly class: string };
}

/** What this validator calls the reasons of the corpus. */
const expected: Readonly<Record<string, readonly PathFailureCode[]>> = {
  RevokedError: ['CERTIFICATE_REVOKED', 'CERTIFICATE_SUSPENDED'],
  InsufficientRevinfoError: ['REVOCATION_UNKNOWN'],
  StaleRevinfoError: ['REVOCATION_UNKNOWN'],
};

const certificate = (name: string): Certificate => parseCertificate(corpusFile('pkits', 'certs', name));

/** A list that cannot be read is as good as none. */
function readableList(name: string): readonly CertificateList[] {
  try {
    return [parseCrl(corpusFile('pkits', 'crls', name))];
  } catch (error) {
    if (error instanceof PkiError && error.code === 'CRL_MALFORMED') return [];
    throw error;
  }
}

function judge(test: PkitsCase): Promise<PathResult> {
  return validatePath({
    certificate: certificate(test.cert),
    intermediates: (test.other_certs ?? []).map(certificate),
    anchors: [certificate('TrustAnchorRootCertificate.crt')],
    at: new Date('2022-01-01T00:00:00Z'),
    purpose: 'document-signing',
    crls: [...(test.crls ?? []), 'TrustAnchorRootCRL.crl'].flatMap(readableList),
    ocsps: [],
    revocation: 'required',
  });
}

describeCorpus('pkits')('PKITS', () => {
  /** 4.4 basic revocation, 4.5 self-issued (keys of lists), 4.14 distribution points, 4.15 delta lists. */
  it.each([
    ['4.4', '404', 21],
    ['4.5', '405', 8],
    ['4.14', '414', 35],
    ['4.15', '415', 10],
  ])('section %s comes out as NIST says, and for its reason', async (_, prefix, size) => {
    const cases = (corpusJson('pkits', 'pkits.json') as readonly PkitsCase[]).filter(({ id }) =>
      id.startsWith(prefix),
    );
    expect(cases).toHaveLength(size);
    const wrong: string[] = [];
    for (const test of cases) {
      const { failures } = await judge(test);
      const codes = failures.map(({ code }) => code);
      const wanted = test.error && expected[test.error.class];
      const isRight = wanted
        ? codes.length > 0 && codes.every((code) => wanted.includes(code))
        : codes.length > 0 === (test.error !== undefined);
      if (!isRight) wrong.push(`${test.name}: ${failures.map((f) => `${f.code} ${f.message}`).join('; ')}`);
    }
    expect(wrong).toEqual([]);
  });
});
