import { corpusJson, describeCorpus } from '../../../../test/support/corpora';
import { nodeCryptoEngine } from '../node/node-crypto-engine';
import { fromHex } from '../bytes';
import { PkiError } from '../errors';
import type { HashAlgorithm, SignatureAlgorithm } from './algorithms';
import { useCryptoEngine } from './engine';
import { verifySignature } from './verify';
import { webCryptoEngine } from './web-crypto-engine';

interface Suite {
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly sha?: HashAlgorithm;
    readonly sLen?: number;
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid' | 'acceptable';
    }[];
  }[];
}

const suites: readonly (readonly [string, SignatureAlgorithm['name']])[] = [
  ['ecdsa_secp256r1_sha256_test.json', 'ECDSA'],
  ['ecdsa_secp384r1_sha384_test.json', 'ECDSA'],
  ['ed25519_test.json', 'Ed25519'],
  ['rsa_pss_2048_sha256_mgf1_32_test.json', 'RSA-PSS'],
  ['rsa_pss_3072_sha256_mgf1_32_test.json', 'RSA-PSS'],
  ['rsa_signature_2048_sha256_test.json', 'RSA-PKCS1'],
  ['rsa_signature_3072_sha384_test.json', 'RSA-PKCS1'],
];

async function verify(
  spki: Uint8Array,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    return await verifySignature(spki, algorithm, message, signature);
  } catch (error) {
    if (error instanceof PkiError) return false;
    throw error;
  }
}

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

  it.each(suites)('%s: nothing invalid accepted, nothing valid refused', async (file, name) => {
    const suite = corpusJson('wycheproof', file) as Suite;
    const wrong: string[] = [];
    let count = 0;
    for (const group of suite.testGroups) {
      const spki = fromHex(group.publicKeyDer);
      const saltLength = group.sLen === undefined ? {} : { saltLength: group.sLen };
      const algorithm = { name, hash: group.sha ?? 'SHA-512', ...saltLength } as const;
      for (const test of group.tests) {
        count++;
        const isAccepted = await verify(spki, algorithm, fromHex(test.msg), fromHex(test.sig));
        if (test.result !== 'acceptable' && isAccepted !== (test.result === 'valid')) {
          wrong.push(`${test.tcId} ${test.comment}: expected ${test.result}`);
        }
      }
    }
    expect(count).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});
