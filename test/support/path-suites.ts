import type { AlgorithmPolicy, Certificate, PathInput, PolicySettings } from '#pki';
import {
  defaultAlgorithmPolicy,
  defaultSearchLimits,
  parseCertificate,
  parseCrl,
  parsePem,
  PkiError,
  validatePath,
} from '#pki';
import { corpusFile, corpusJson } from './corpora';

/** Validity as one word; a structure that cannot be read at all is invalid too. */
export interface SuiteVerdict {
  readonly isValid: boolean;
  readonly why: string;
}

/** How a case of a suite is put to the validator. DSA needs the node engine (`useNodeCrypto`). */
export async function suiteVerdict(makeInput: () => PathInput): Promise<SuiteVerdict> {
  try {
    const result = await validatePath(makeInput());
    const why = result.failures.map((failure) => `${failure.code} ${failure.message}`).join('; ');
    return { isValid: result.status === 'valid', why };
  } catch (error) {
    if (error instanceof PkiError) return { isValid: false, why: `${error.code} ${error.message}` };
    throw error;
  }
}

/** One case of PKITS as its listing has it. */
export interface PkitsCase {
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  /** Initial settings (RFC 5280 §6.1.1 c to f). */
  readonly params?: {
    readonly user_initial_policy_set?: readonly string[];
    readonly initial_explicit_policy?: boolean;
    readonly initial_policy_mapping_inhibit?: boolean;
    readonly initial_any_policy_inhibit?: boolean;
  };
  /** Absent where the path is valid. */
  readonly error?: { readonly class: string };
}

export function pkitsCases(): readonly PkitsCase[] {
  return corpusJson('pkits', 'pkits.json') as readonly PkitsCase[];
}

/** Some of the suite's keys are RSA of 1024 bits or DSA, which signs with SHA-1 there. */
const pkitsAlgorithms: AlgorithmPolicy = {
  keys: [
    { algorithm: 'RSA', minBits: 1024 },
    { algorithm: 'DSA', minBits: 1024 },
  ],
  digests: [...defaultAlgorithmPolicy.digests, { hash: 'SHA-1' }],
};

export function pkitsInput({ cert, other_certs = [], crls = [], params = {} }: PkitsCase): PathInput {
  const certificate = (name: string): Certificate => parseCertificate(corpusFile('pkits', 'certs', name));
  const policies: PolicySettings = {
    ...(params.user_initial_policy_set && { acceptable: params.user_initial_policy_set }),
    requireExplicit: params.initial_explicit_policy ?? false,
    inhibitMapping: params.initial_policy_mapping_inhibit ?? false,
    inhibitAny: params.initial_any_policy_inhibit ?? false,
  };
  return {
    certificate: certificate(cert),
    intermediates: other_certs.map(certificate),
    anchors: [certificate('TrustAnchorRootCertificate.crt')],
    at: new Date('2022-01-01T00:00:00Z'),
    purpose: 'document-signing',
    crls: [...crls, 'TrustAnchorRootCRL.crl'].map((name) => parseCrl(corpusFile('pkits', 'crls', name))),
    ocsps: [],
    revocation: 'required',
    policies,
    algorithms: pkitsAlgorithms,
  };
}

/** One case of x509-limbo as its listing has it. */
export interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  /** Intermediates, self-issued ones aside. */
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
}

export function limboCases(): readonly LimboCase[] {
  return (corpusJson('x509-limbo', 'limbo.json') as { readonly testcases: readonly LimboCase[] }).testcases;
}

export function limboInput(test: LimboCase): PathInput {
  const certificates = (pems: readonly string[]): Certificate[] =>
    pems.flatMap((pem) => parsePem(pem)).map(parseCertificate);
  const [certificate] = certificates([test.peer_certificate]);
  if (!certificate) throw new Error(`${test.id} has no certificate`);
  return {
    certificate,
    intermediates: certificates(test.untrusted_intermediates),
    anchors: certificates(test.trusted_certs),
    at: test.validation_time === null ? new Date() : new Date(test.validation_time),
    purpose: 'tls',
    crls: test.crls.flatMap((pem) => parsePem(pem)).map(parseCrl),
    ocsps: [],
    revocation: test.crls.length > 0 ? 'required' : 'if-available',
    ...(test.max_chain_depth !== null && {
      limits: { ...defaultSearchLimits, maxIntermediates: test.max_chain_depth },
    }),
  };
}

const serverName = 'compares the name of a server with the certificate, which is for whoever connects to it';
const webRule = 'a rule of the web’s own authorities (CA/Browser Forum), against nothing in RFC 5280';

/** Cases in which a validator of document signatures rightly says otherwise, each with its reason. */
export const limboLeftOut: ReadonlyMap<string, string> = new Map([
  ['rfc5280::ca-as-leaf', 'an authority whose keyUsage signs certificates and lists only is no server'],
  [
    'rfc5280::aki::cross-signed-root-missing-aki',
    'an anchor is trusted by configuration; which key signed it need not be told',
  ],
  ['webpki::aki::root-with-aki-authoritycertissuer', webRule],
  ['webpki::aki::root-with-aki-authoritycertserialnumber', webRule],
  ['webpki::aki::root-with-aki-all-fields', webRule],
  ['webpki::cn::ipv4-hex-mismatch', serverName],
  ['webpki::cn::ipv4-leading-zeros-mismatch', serverName],
  ['webpki::cn::ipv6-uncompressed-mismatch', serverName],
  ['webpki::cn::ipv6-non-rfc5952-mismatch', serverName],
  ['webpki::cn::utf8-vs-punycode-mismatch', serverName],
  ['webpki::cn::not-in-san', serverName],
  ['webpki::cn::case-mismatch', serverName],
  ['webpki::eku::ee-anyeku', webRule],
  ['webpki::eku::ee-critical-eku', webRule],
  ['webpki::eku::root-has-eku', webRule],
  ['webpki::san::mismatch-subdomain-san', serverName],
  ['webpki::san::mismatch-apex-subdomain-san', serverName],
  ['webpki::san::no-san', serverName],
  ['webpki::san::public-suffix-wildcard-san', webRule],
  ['webpki::san::public-suffix-multi-label-wildcard-san', webRule],
  ['webpki::san::san-critical-with-nonempty-subject', webRule],
  ['webpki::ee-basicconstraints-ca', webRule],
]);
