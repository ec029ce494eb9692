import { readdirSync } from 'node:fs';
import { corpus, corpusJson, describeCorpus } from '../../../../test/support/corpora';
import { fromHex } from '../bytes';
import { PkiError } from '../errors';
import { nodeCryptoEngine } from '../node/node-crypto-engine';
import { digestLength } from './algorithms';
import type { HashAlgorithm, SignatureAlgorithm } from './algorithms';
import { ecdsaFixedToValue, isFixedEcdsaValue } from './ecdsa-value';
import { useCryptoEngine } from './engine';
import { parsePublicKey } from './public-key';
import { verifySignature } from './verify';
import { webCryptoEngine } from './web-crypto-engine';

interface Group {
  readonly type: string;
  readonly publicKeyDer: string;
  readonly sha?: string;
  readonly mgfSha?: string;
  readonly sLen?: number;
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly msg: string;
    readonly sig: string;
    readonly result: 'valid' | 'invalid' | 'acceptable';
  }[];
}

/** Kinds of groups that hold signatures of the algorithms in use; all else in the corpus has no code here. */
const names: Readonly<Record<string, SignatureAlgorithm['name']>> = {
  EcdsaVerify: 'ECDSA',
  EcdsaP1363Verify: 'ECDSA',
  EddsaVerify: 'Ed25519',
  RsassaPssVerify: 'RSA-PSS',
  RsassaPkcs1Verify: 'RSA-PKCS1',
};

const isHash = (sha: string): sha is HashAlgorithm => sha !== 'SHA-1' && sha in digestLength;

/** What the group says of itself; undefined for what this lib has no word for (SHA-1, SHA-224, another mask). */
function algorithmOf({ type, sha = 'SHA-512', mgfSha = sha, sLen }: Group): SignatureAlgorithm | undefined {
  const name = names[type];
  if (name === undefined || !isHash(sha) || mgfSha !== sha) return undefined;
  return { name, hash: sha, ...(sLen === undefined ? {} : { saltLength: sLen }) };
}

function isAccepted(
  spki: Uint8Array,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
  type: string,
): Promise<boolean> {
  if (type !== 'EcdsaP1363Verify') return verifySignature(spki, algorithm, message, signature);
  const { curve } = parsePublicKey(spki);
  if (!curve || !isFixedEcdsaValue(signature, curve)) return Promise.resolve(false);
  return verifySignature(spki, algorithm, message, ecdsaFixedToValue(signature));
}

const folder = corpus('wycheproof');
const files = folder === undefined ? ['none'] : readdirSync(folder).filter((name) => name.endsWith('.json'));
const groupsOf = (file: string): readonly Group[] =>
  (corpusJson('wycheproof', file) as { readonly testGroups: readonly Group[] }).testGroups;
const signatureFiles = files.filter(
  (file) => folder !== undefined && groupsOf(file).some((group) => algorithmOf(group)),
);

describeCorpus('wycheproof').each([
  ['WebCrypto', webCryptoEngine],
  ['node:crypto', nodeCryptoEngine],
] as const)('signatures of the wycheproof corpus on %s', (_, engine) => {
  beforeAll(() => {
    useCryptoEngine(engine);
  });

  afterAll(() => {
    useCryptoEngine(webCryptoEngine);
  });

  it('has files to read', () => {
    expect(signatureFiles.length).toBeGreaterThanOrEqual(8);
  });

  it.each(signatureFiles)('%s: nothing invalid accepted, nothing valid refused', async (file) => {
    const wrong: string[] = [];
    for (const group of groupsOf(file)) {
      const algorithm = algorithmOf(group);
      if (!algorithm) continue;
      const spki = fromHex(group.publicKeyDer);
      for (const { tcId, comment, msg, sig, result } of group.tests) {
        try {
          const accepted = await isAccepted(spki, algorithm, fromHex(msg), fromHex(sig), group.type);
          if (result !== 'acceptable' && accepted !== (result === 'valid'))
            wrong.push(`${tcId} ${comment}: expected ${result}`);
        } catch (error) {
          // Keys of other curves and kinds (secp256k1, Ed448): refused as a whole, by this code.
          if (!(error instanceof PkiError && error.code === 'KEY_UNSUPPORTED')) throw error;
          if (parsePublicKey(spki).algorithm !== 'unknown')
            wrong.push(`${tcId} ${comment}: ${error.message}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
