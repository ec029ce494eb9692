import { toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { parseSignedData } from '../cms/parse-signed-data';
import { signEnveloping } from '../cms/sign-data';
import { verifySignedData } from '../cms/verify-signed-data';
import { signatureFromIdentifier } from '../crypto/algorithms';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { derIa5String, derImplicit, derOid, derSequence } from '../der/writer';
import type { KeyKind } from '../issuing/generate-keys';
import { issueOcspResponse } from '../issuing/issue-ocsp-response';
import { issueTimestampToken } from '../issuing/issue-timestamp';
import { oids } from '../oids';
import { validatePath } from '../path/validate-path';
import { parseCrl, verifyCrl } from '../revocation/crl';
import { parseOcspResponse } from '../revocation/ocsp';
import { certificateIdDer } from '../revocation/ocsp-request';
import { verifyOcspResponse } from '../revocation/ocsp-status';
import { parseTimestampToken } from '../timestamp/token';
import { verifyTimestampToken } from '../timestamp/verify-token';
import { testAuthority, testCrl, testHolder, testResponder, testRoot, testTsa, times } from './test-pki';
import type { TestAuthority, TestHolder } from './test-pki';

/** Something signed, and what its changed bytes are shown to. */
export interface Subject {
  readonly name: string;
  readonly der: Uint8Array;
  /**
   * What a verifier makes of these bytes: what it takes as signed, as text to compare; undefined when it refuses.
   * Throws PkiError for what cannot be read.
   */
  readonly accepted: (bytes: Uint8Array) => Promise<string | undefined>;
}

/** One of each kind of structure that is signed. */
export async function mutationSubjects(): Promise<readonly Subject[]> {
  const root = await testRoot();
  const issuing = await testAuthority(root, 'Test Issuing CA', {
    crlUrls: ['http://crl.example/root.crl'],
    extensions: [{ oid: oids.certificatePolicies, value: derSequence(derSequence(derOid('1.2.3'))) }],
  });
  const holder = await testHolder(issuing, holderDetails);
  const pssIssuing = await testAuthority(root, 'Test RSA CA', { kind: 'RSA-2048' });
  const edIssuing = await testAuthority(root, 'Test Ed25519 CA', { kind: 'Ed25519' });
  const others = await Promise.all(
    [pssIssuing, edIssuing].map((issuer) => testHolder(issuer, holderDetails)),
  );
  const [byPss, byEd] = others;
  if (!byPss || !byEd) throw new Error('two holders were made');
  return [
    leaf('certificate by ECDSA', holder, issuing, root),
    leaf('certificate by RSASSA-PSS', byPss, pssIssuing, root),
    leaf('certificate by Ed25519', byEd, edIssuing, root),
    {
      name: 'certificate of an authority',
      der: issuing.certificate.der,
      accepted: async (bytes) => pathText(holder.certificate, parseCertificate(bytes), root, bytes),
    },
    await list('CRL by ECDSA', issuing),
    await list('CRL by RSASSA-PSS', pssIssuing),
    await answer(holder, issuing),
    await signedData(holder),
    await token(issuing, 'P-256'),
    await token(issuing, 'RSA-2048'),
  ];
}

const holderDetails = {
  crlUrls: ['http://crl.example/ca.crl'],
  ocspUrls: ['http://ocsp.example'],
  caIssuerUrls: ['http://aia.example/ca.cer'],
  extensions: [
    { oid: oids.subjectAltName, value: derSequence(derImplicit(1, derIa5String('a@example.vn'))) },
  ],
} as const;

function leaf(
  name: string,
  { certificate }: TestHolder,
  issuer: TestAuthority,
  root: TestAuthority,
): Subject {
  return {
    name,
    der: certificate.der,
    accepted: async (bytes) => pathText(parseCertificate(bytes), issuer.certificate, root, bytes),
  };
}

/** A certificate that is valid is so by every one of its bytes. */
async function pathText(
  certificate: Certificate,
  intermediate: Certificate,
  root: TestAuthority,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const { status } = await validatePath({
    certificate,
    intermediates: [intermediate],
    anchors: [root.certificate],
    at: times.now,
    purpose: 'document-signing',
    crls: [],
    ocsps: [],
    revocation: 'if-available',
  });
  return status === 'valid' ? textOf(bytes) : undefined;
}

async function list(name: string, issuer: TestAuthority): Promise<Subject> {
  const entries = [
    { serialNumber: '11', revocationDate: times.start, reason: 'keyCompromise' as const },
    { serialNumber: '12', revocationDate: times.start },
  ];
  const { der } = await testCrl(issuer, { entries });
  return {
    name,
    der,
    accepted: async (bytes) => {
      const crl = parseCrl(bytes);
      const holds = await verifyCrl(crl, issuer.certificate);
      // Entries are read when asked for: damage in them must end by code as well.
      const entry = crl.entry('11');
      if (!holds || crl.hasUnknownCriticalEntry()) return undefined;
      return textOf(crl.tbs, crl.signature, algorithmText(crl.signatureAlgorithm), entry?.reason);
    },
  };
}

/** By a responder that the authority appointed. */
async function answer(holder: TestHolder, issuing: TestAuthority): Promise<Subject> {
  const responder = await testResponder(issuing);
  const der = await issueOcspResponse({
    responder: responder.signer,
    producedAt: times.now,
    responses: [
      {
        id: await certificateIdDer(holder.certificate, issuing.certificate, 'SHA-1'),
        status: 'revoked',
        reason: 'keyCompromise',
        revocationTime: times.start,
        thisUpdate: times.now,
        nextUpdate: times.end,
      },
    ],
    nonce: Uint8Array.of(4, 2, 1, 2),
  });
  return {
    name: 'OCSP answer',
    der,
    accepted: async (bytes) => {
      const ocsp = parseOcspResponse(bytes);
      const holds = await verifyOcspResponse(ocsp, issuing.certificate, { at: times.now, crls: [] });
      return holds ? textOf(ocsp.tbs, ocsp.signature, algorithmText(ocsp.signatureAlgorithm)) : undefined;
    },
  };
}

async function signedData(holder: TestHolder): Promise<Subject> {
  const content = new TextEncoder().encode('Quyết định số 01/QĐ-UBND');
  return {
    name: 'CMS signature',
    der: await signEnveloping({ signer: holder.signer, content: { oid: oids.data, bytes: content } }),
    accepted: async (bytes) => {
      const cms = parseSignedData(bytes);
      const { ok, signerInfo, signerCertificate, algorithm } = await verifySignedData(cms);
      if (!ok) return undefined;
      return textOf(
        signerInfo?.signedAttributes,
        signerInfo?.signature,
        signerCertificate?.der,
        cms.encapsulatedContent,
        JSON.stringify(algorithm),
      );
    },
  };
}

async function token(issuing: TestAuthority, kind: KeyKind): Promise<Subject> {
  const { signer } = await testTsa(issuing, kind);
  const stamped = Uint8Array.of(1, 2, 3);
  const der = await issueTimestampToken({
    request: { imprint: { hash: 'SHA-256', digest: await digest('SHA-256', stamped) }, nonce: '11' },
    signer,
    genTime: times.now,
    policy: '1.2.3',
    serialNumber: Uint8Array.of(9),
  });
  return {
    name: `time-stamp by ${kind}`,
    der,
    accepted: async (bytes) => {
      const read = parseTimestampToken(bytes);
      const { ok, genTime, signerCertificate } = await verifyTimestampToken(read, {
        imprintOf: stamped,
        nonce: '11',
      });
      if (!ok) return undefined;
      const [signer] = read.signedData.signerInfos;
      return textOf(
        genTime.toISOString(),
        read.serial,
        read.policy,
        signerCertificate?.der,
        signer?.signature,
      );
    },
  };
}

function algorithmText(identifier: AlgorithmIdentifier): string {
  return JSON.stringify(signatureFromIdentifier(identifier));
}

function textOf(...parts: readonly (Uint8Array | string | undefined)[]): string {
  return parts.map((part) => (part instanceof Uint8Array ? toHex(part) : (part ?? ''))).join(' ');
}
