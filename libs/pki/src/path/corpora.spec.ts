import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { PkiError } from '../errors';
import { corpusFile, corpusJson, describeCorpus } from '../../../../test/support/corpora';
import { parsePem } from '../pem';
import { parseCrl } from '../revocation/crl';
import { defaultSearchLimits } from './find-paths';
import { defaultAlgorithmPolicy } from './algorithm-policy';
import type { AlgorithmPolicy } from './algorithm-policy';
import type { PolicySettings } from './policy-settings';
import { useNodeCrypto } from '../node';
import { validatePath } from './validate-path';
import type { PathInput } from './validate-path';

/** Validity as one word; a structure that cannot be read at all is invalid too. */
interface Verdict {
  readonly isValid: boolean;
  readonly why: string;
}

async function verdict(makeInput: () => PathInput): Promise<Verdict> {
  try {
    const result = await validatePath(makeInput());
    return {
      isValid: result.status === 'valid',
      why: result.failures.map((f) => `${f.code} ${f.message}`).join('; '),
    };
  } catch (error) {
    if (error instanceof PkiError) return { isValid: false, why: `${error.code} ${error.message}` };
    throw error;
  }
}

/** Initial settings of a case (RFC 5280 §6.1.1 c to f). */
interface PkitsParams {
  readonly user_initial_policy_set?: readonly string[];
  readonly initial_explicit_policy?: boolean;
  readonly initial_policy_mapping_inhibit?: boolean;
  readonly initial_any_policy_inhibit?: boolean;
}

function policySettings(params: PkitsParams): PolicySettings {
  return {
    ...(params.user_initial_policy_set && { acceptable: params.user_initial_policy_set }),
    requireExplicit: params.initial_explicit_policy ?? false,
    inhibitMapping: params.initial_policy_mapping_inhibit ?? false,
    inhibitAny: params.initial_any_policy_inhibit ?? false,
  };
}

/** Some of the suite's keys and signatures are DSA with SHA-1 or RSA of 1024 bits. */
const pkitsAlgorithms: AlgorithmPolicy = {
  keys: [{ algorithm: 'RSA', minBits: 1024 }, { algorithm: 'DSA', minBits: 1024 }],
  digests: [...defaultAlgorithmPolicy.digests, { hash: 'SHA-1' }],
};

interface PkitsCase {
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly params?: PkitsParams;
  readonly error?: object;
}

interface Tally {
  readonly accepted: string[];
  readonly refused: string[];
  right: number;
}

function count(tally: Tally, name: string, expectsValid: boolean, { isValid, why }: Verdict): void {
  if (isValid === expectsValid) tally.right++;
  else if (isValid) tally.accepted.push(name);
  else tally.refused.push(`${name}: ${why}`);
}

describeCorpus('pkits')('PKITS', () => {
  beforeAll(useNodeCrypto);

  it('has nothing wrongly accepted; what is refused wrongly needs constraints, other CRL issuers, deltas or DSA', async () => {
    const cases = corpusJson('pkits', 'pkits.json') as readonly PkitsCase[];
    const tally: Tally = { accepted: [], refused: [], right: 0 };
    const certificate = (name: string): Certificate => parseCertificate(corpusFile('pkits', 'certs', name));
    for (const test of cases) {
      const result = await verdict(() => ({
        certificate: certificate(test.cert),
        intermediates: (test.other_certs ?? []).map(certificate),
        anchors: [certificate('TrustAnchorRootCertificate.crt')],
        at: new Date('2022-01-01T00:00:00Z'),
        purpose: 'document-signing',
        crls: [...(test.crls ?? []), 'TrustAnchorRootCRL.crl'].map((name) =>
          parseCrl(corpusFile('pkits', 'crls', name)),
        ),
        ocsps: [],
        revocation: 'required',
        algorithms: pkitsAlgorithms,
        ...(test.params && { policies: policySettings(test.params) }),
      }));
      count(tally, test.name, !test.error, result);
    }
    console.log(tally);
    expect(tally.accepted).toEqual([]);
    const known = /CERTIFICATE_UNSUPPORTED_CONSTRAINT|REVOCATION_UNKNOWN|_dsa_|valid_deltacrl_test5/;
    expect(tally.refused.filter((line) => !known.test(line))).toEqual([]);
    expect(tally.right).toBeGreaterThanOrEqual(158);
  });
});

interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
}

/**
 * Left out: rules of the web (webpki::), server names in an address as DNS name, an anchor that is itself
 * cross-signed without key identifier (its own extensions do not decide), and an authority used as a server.
 */
const limboLeftOut = /^webpki::|rfc5280::san::ip-in-dns|cross-signed-root-missing-aki|rfc5280::ca-as-leaf/;

describeCorpus('x509-limbo')('x509-limbo', () => {
  it('has nothing wrongly accepted outside of web rules; what is refused wrongly needs name constraints', async () => {
    const { testcases } = corpusJson('x509-limbo', 'limbo.json') as {
      readonly testcases: readonly LimboCase[];
    };
    const tally: Tally = { accepted: [], refused: [], right: 0 };
    const certificates = (pems: readonly string[]): Certificate[] =>
      pems.flatMap((pem) => parsePem(pem)).map(parseCertificate);
    const slow: string[] = [];
    for (const test of testcases) {
      const started = performance.now();
      const result = await verdict(() => ({
        certificate: certificates([test.peer_certificate])[0]!,
        intermediates: certificates(test.untrusted_intermediates),
        anchors: certificates(test.trusted_certs),
        at: test.validation_time === null ? new Date() : new Date(test.validation_time),
        purpose: 'tls',
        crls: test.crls.flatMap((pem) => parsePem(pem)).map(parseCrl),
        ocsps: [],
        revocation: test.crls.length > 0 ? 'required' : 'if-available',
        ...(test.max_chain_depth === null
          ? {}
          : { limits: { ...defaultSearchLimits, maxIntermediates: test.max_chain_depth } }),
      }));
      if (performance.now() - started > 1000) slow.push(test.id);
      count(tally, test.id, test.expected_result === 'SUCCESS', result);
    }
    console.log(tally, slow);
    expect(tally.accepted.filter((id) => !limboLeftOut.test(id))).toEqual([]);
    const known = /CERTIFICATE_UNSUPPORTED_CONSTRAINT/;
    expect(tally.refused.filter((line) => !known.test(line) && !limboLeftOut.test(line))).toEqual([]);
    expect(tally.right).toBeGreaterThanOrEqual(97);
    expect(slow).toEqual([]);
  });
});
