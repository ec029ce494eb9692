import { parseCertificate, parseCrl, PkiError, validatePath } from '#pki';
import type { Certificate } from '#pki';
import { corpus, corpusFile, corpusJson } from '../support/corpus-files';

interface PkitsCase {
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
}

/** Seconds that every case of PKITS takes together, files read and parsed; undefined where it is not at hand. */
export async function measurePkits(): Promise<
  { readonly cases: number; readonly seconds: number } | undefined
> {
  if (corpus('pkits') === undefined) {
    console.log('PKITS: not on this machine');
    return undefined;
  }
  const cases = corpusJson('pkits', 'pkits.json') as readonly PkitsCase[];
  const started = performance.now();
  for (const test of cases) await validateCase(test);
  const seconds = Math.round(performance.now() - started) / 1000;
  console.log(`PKITS: ${cases.length} cases in ${seconds} s`);
  return { cases: cases.length, seconds };
}

async function validateCase({ cert, other_certs = [], crls = [] }: PkitsCase): Promise<void> {
  const certificate = (name: string): Certificate => parseCertificate(corpusFile('pkits', 'certs', name));
  try {
    await validatePath({
      certificate: certificate(cert),
      intermediates: other_certs.map(certificate),
      anchors: [certificate('TrustAnchorRootCertificate.crt')],
      at: new Date('2022-01-01T00:00:00Z'),
      purpose: 'document-signing',
      crls: [...crls, 'TrustAnchorRootCRL.crl'].map((name) => parseCrl(corpusFile('pkits', 'crls', name))),
      ocsps: [],
      revocation: 'required',
    });
  } catch (error) {
    // Some cases cannot be read at all, which is their right answer.
    if (!(error instanceof PkiError)) throw error;
  }
}
