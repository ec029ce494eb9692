import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  ecdsaFixedToValue,
  fromHex,
  parsePem,
  parsePublicKey,
  PkiError,
  useCryptoEngine,
  verifySignature,
  webCryptoEngine,
} from '#pki';
import type { CryptoEngine, HashAlgorithm, SignatureAlgorithm } from '#pki';
import { nodeCryptoEngine } from '#pki/node';
import { caseList, readCorpusJson } from '../case-list';
import { CorpusError, guarded, judged } from '../suite';
import type { CaseResult, Finding, Suite } from '../suite';

/** A file of signature cases; others have the outer fields too. */
interface WycheproofFile {
  readonly algorithm?: string;
  readonly schema?: string;
  readonly testGroups?: unknown;
}

interface Group {
  readonly type?: string;
  /** Subjecthexadecimal or PEM; `key…` in older files. */
  readonly publicKeyDer?: string;
  readonly keyDer?: string;
  readonly publicKeyPem?: string;
  readonly keyPem?: string;
  readonly publicKey?: { readonly curve?: string };
  readonly key?: { readonly curve?: string };
  readonly sha?: string;
  readonly mgf?: string;
  readonly mgfSha?: string;
  /** Length of the salt, in octets. */
  readonly sLen?: number;
  readonly tests?: unknown;
}

interface Test {
  readonly tcId: number;
  readonly comment?: string;
  readonly msg: string;
  readonly sig: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

/** Signatures of C2SP's Wycheproof: every `.json` file of the folder, by what stands in it. */
export const wycheproof: Suite = {
  reads: '*.json',
  async *run(folder) {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    if (files.length === 0) throw new CorpusError(`${folder} holds no JSON file`);
    try {
      for (const file of files.sort()) {
        const content = readCorpusJson(join(folder, file)) as WycheproofFile;
        for (const group of caseList(file, content.testGroups)) yield* runGroup(file, content, group);
      }
    } finally {
      useCryptoEngine(webCryptoEngine);
    }
  },
};

async function* runGroup(file: string, content: WycheproofFile, group: Group): AsyncGenerator<CaseResult> {
  const tests = caseList(file, group.tests) as readonly Test[];
  for (const test of tests) {
    const name = `${file} ${test.tcId} ${test.comment ?? ''}`.trim();
    yield await guarded(name, async () => {
      const use = useOf(content, group);
      return typeof use === 'string'
        ? { name: file, outcome: 'skipped', why: use }
        : await runTest(name, use, test);
    });
  }
}

/** How the signatures of a group are verified. */
interface Use {
  readonly spki: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** ECDSA: a DER value as in X.509 and CMS, or r ‖ s as tokens and WebCrypto have it. */
  readonly form: 'der' | 'fixed';
}

/** Kinds of groups whose signatures this project verifies. `Ver` is how older files end. */
const kinds: Readonly<
  Record<string, { readonly name: SignatureAlgorithm['name']; readonly form: Use['form'] }>
> = {
  EcdsaVerify: { name: 'ECDSA', form: 'der' },
  EcdsaP1363Verify: { name: 'ECDSA', form: 'fixed' },
  EddsaVerify: { name: 'Ed25519', form: 'der' },
  RsassaPssVerify: { name: 'RSA-PSS', form: 'der' },
  RsassaPkcs1Verify: { name: 'RSA-PKCS1', form: 'der' },
};

const hashes: readonly string[] = ['SHA-256', 'SHA-384', 'SHA-512'] satisfies readonly HashAlgorithm[];

/** How a group is verified, or the reason why it is left out: an algorithm that is not in use here. */
function useOf({ algorithm = '', schema = '' }: WycheproofFile, group: Group): Use | string {
  const kind = kinds[group.type ?? ''];
  if (!kind) return `${algorithm || schema} (${group.type ?? 'no type'}) is not in use`;
  const isEdwards = kind.name === 'Ed25519';
  // Ed25519 hashes by itself.
  const hash = isEdwards ? 'SHA-512' : (group.sha ?? '');
  if (!isHash(hash)) return `${kind.name} with ${hash || 'no hash'} is not in use`;
  if (kind.name === 'RSA-PSS' && (group.mgf !== 'MGF1' || group.mgfSha !== hash))
    return `RSA-PSS whose mask (${group.mgf} with ${group.mgfSha}) uses another hash is not in use`;
  const curve = (group.publicKey ?? group.key)?.curve;
  if (curve !== undefined && !curves.has(curve)) return `${algorithm} on ${curve} is not in use`;
  const spki = keyOf(group);
  if (!spki) return `${algorithm}: the group holds no SubjectPublicKeyInfo`;
  if (curve === undefined && parsePublicKey(spki).algorithm === 'unknown')
    return `${algorithm} with a key of this kind is not in use`;
  const salt = group.sLen === undefined ? {} : { saltLength: group.sLen };
  return { spki, algorithm: { name: kind.name, hash, ...salt }, form: kind.form };
}

function isHash(name: string): name is HashAlgorithm {
  return hashes.includes(name);
}

/** By every name that files give them. */
const curves: ReadonlySet<string> = new Set([
  ...['secp256r1', 'P-256', 'prime256v1'],
  ...['secp384r1', 'P-384'],
  ...['secp521r1', 'P-521'],
  ...['edwards25519', 'Ed25519', 'curve25519'],
]);

function keyOf(group: Group): Uint8Array | undefined {
  const hex = group.publicKeyDer ?? group.keyDer;
  if (hex !== undefined) return fromHex(hex);
  const pem = group.publicKeyPem ?? group.keyPem;
  return pem === undefined ? undefined : parsePem(pem)[0];
}

async function runTest(name: string, use: Use, test: Test): Promise<CaseResult> {
  for (const [engineName, engine] of engines) {
    const finding = await verify(engine, use, fromHex(test.msg), fromHex(test.sig));
    // `acceptable`: a signature in a form that some accept for old software; either answer is right.
    const expected = test.result === 'acceptable' ? finding.isAccepted : test.result === 'valid';
    const result = judged(name, expected, { ...finding, why: `${engineName}: ${finding.why}` });
    if (result.outcome !== 'passed') return result;
  }
  return { name, outcome: 'passed', why: test.result };
}

/** A case passes when it does on each. */
const engines: readonly (readonly [string, CryptoEngine])[] = [
  ['WebCrypto', webCryptoEngine],
  ['node:crypto', nodeCryptoEngine],
];

async function verify(
  engine: CryptoEngine,
  { spki, algorithm, form }: Use,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<Finding> {
  try {
    useCryptoEngine(engine);
    const value = form === 'fixed' ? valueOf(signature, spki) : signature;
    const isAccepted = value !== undefined && (await verifySignature(spki, algorithm, message, value));
    return { isAccepted, why: isAccepted ? 'the signature holds' : 'the signature does not hold' };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { isAccepted: false, why: `${error.code} ${error.message}` };
  }
}

/** r ‖ s in the form of X.509, or undefined when it is not as long as the curve wants. */
function valueOf(fixed: Uint8Array, spki: Uint8Array): Uint8Array | undefined {
  const size = 2 * Math.ceil(parsePublicKey(spki).bits / 8);
  return fixed.length === size ? ecdsaFixedToValue(fixed) : undefined;
}
