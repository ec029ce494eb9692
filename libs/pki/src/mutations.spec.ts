import { seededRandom } from '../../../test/chaos/random';
import { equalBytes, toHex } from './bytes';
import { useCryptoEngine } from './crypto/engine';
import type { CryptoEngine } from './crypto/engine';
import { webCryptoEngine } from './crypto/web-crypto-engine';
import { PkiError } from './errors';
import { nodeCryptoEngine } from './node/node-crypto-engine';
import { mutate, treeOf } from './testing/mutate';
import { mutationSubjects } from './testing/mutation-subjects';
import type { Subject } from './testing/mutation-subjects';

/**
 * Changed bytes of whatever is signed: read or refused by a PkiError, soon, and never accepted as something else.
 * MUTATIONS sets how many in all, MUTATION_SEED which; 100,000 take 18 s of one core.
 */
const count = Number(process.env['MUTATIONS'] ?? 100_000);
const seed = Number(process.env['MUTATION_SEED'] ?? Date.now() % 1_000_000);
/** Milliseconds that one of them may take, with whatever else the machine does. */
const patience = 2000;

interface Tally {
  readonly faults: string[];
  changed: number;
  readable: number;
  harmless: number;
}

/** What is wrong with how changed bytes were taken; undefined when nothing is. */
async function faultOf(
  subject: Subject,
  bytes: Uint8Array,
  right: string,
  tally: Tally,
): Promise<string | undefined> {
  const started = performance.now();
  try {
    const accepted = await subject.accepted(bytes);
    tally.readable++;
    if (accepted === right) tally.harmless++;
    else if (accepted !== undefined) return 'accepted as something else';
  } catch (error) {
    if (!(error instanceof PkiError)) return `broke: ${String(error)}`;
  }
  const took = performance.now() - started;
  return took > patience ? `took ${Math.round(took)} ms` : undefined;
}

async function attack(subject: Subject, times: number, firstSeed: number): Promise<Tally> {
  const tree = treeOf(subject.der);
  const right = await subject.accepted(subject.der);
  if (right === undefined) throw new Error(`${subject.name} is refused as it is`);
  const tally: Tally = { faults: [], changed: 0, readable: 0, harmless: 0 };
  for (let index = 0; index < times; index++) {
    const { name, bytes } = mutate(tree, seededRandom(firstSeed + index));
    if (equalBytes(bytes, subject.der)) continue;
    tally.changed++;
    const fault = await faultOf(subject, bytes, right, tally);
    if (fault !== undefined) {
      tally.faults.push(`${subject.name}, seed ${firstSeed + index}, ${name}: ${fault}\n${toHex(bytes)}`);
    }
  }
  return tally;
}

const kinds = [
  'certificate by ECDSA',
  'certificate by RSASSA-PSS',
  'certificate by Ed25519',
  'certificate of an authority',
  'CRL by ECDSA',
  'CRL by RSASSA-PSS',
  'OCSP answer',
  'CMS signature',
  'time-stamp by P-256',
  'time-stamp by RSA-2048',
];

describe('changed bytes', () => {
  let subjects: readonly Subject[];

  beforeAll(async () => {
    subjects = await mutationSubjects();
  });
  afterAll(() => {
    useCryptoEngine(webCryptoEngine);
  });

  it.each([
    ['node:crypto', nodeCryptoEngine, 0.9],
    ['WebCrypto', webCryptoEngine, 0.1],
  ] as const)(
    'are never taken for what was signed, on %s',
    async (_, engine: CryptoEngine, share) => {
      useCryptoEngine(engine);
      let readable = 0;
      const each = Math.ceil((count * share) / kinds.length);
      for (const [index, subject] of subjects.entries()) {
        const tally = await attack(subject, each, seed + index * 1_000_000);
        expect(tally.faults.slice(0, 5)).toEqual([]);
        readable += tally.readable;
      }
      // Most are refused at once; enough come as far as the signature.
      expect(readable).toBeGreaterThan((count * share) / 20);
    },
    600_000,
  );

  it('would be found out where they are taken: by an engine that finds every signature right', async () => {
    useCryptoEngine({ ...nodeCryptoEngine, verify: () => Promise.resolve(true) });
    for (const subject of subjects) {
      const isFound = async (tries: number): Promise<boolean> => {
        const { faults } = await attack(subject, 100, seed + tries * 100);
        return faults.some((fault) => fault.includes('accepted as something else'));
      };
      let tries = 0;
      while (tries < 50 && !(await isFound(tries))) tries++;
      expect([subject.name, tries < 50]).toEqual([subject.name, true]);
    }
  });

  it('are tried on every kind of structure', () => {
    expect(subjects.map(({ name }) => name)).toEqual(kinds);
  });
});
