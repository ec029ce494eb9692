import { describeCorpus } from '../../../../test/support/corpora';
import {
  limboCases,
  limboInput,
  limboLeftOut,
  pkitsCases,
  pkitsInput,
  suiteVerdict,
} from '../../../../test/support/path-suites';
import type { SuiteVerdict } from '../../../../test/support/path-suites';
import { webCryptoEngine } from '../crypto/web-crypto-engine';
import { useCryptoEngine } from '../crypto/engine';
import { useNodeCrypto } from '../node';

interface Tally {
  readonly accepted: string[];
  readonly refused: string[];
  right: number;
}

const newTally = (): Tally => ({ accepted: [], refused: [], right: 0 });

function count(tally: Tally, name: string, expectsValid: boolean, { isValid, why }: SuiteVerdict): void {
  if (isValid === expectsValid) tally.right++;
  else if (isValid) tally.accepted.push(name);
  else tally.refused.push(`${name}: ${why}`);
}

describeCorpus('pkits')('PKITS', () => {
  beforeAll(useNodeCrypto);
  afterAll(() => {
    useCryptoEngine(webCryptoEngine);
  });

  it('is judged rightly in all cases whose lists are of the issuer itself and whole', async () => {
    const tally = newTally();
    for (const test of pkitsCases()) {
      count(tally, test.name, !test.error, await suiteVerdict(() => pkitsInput(test)));
    }
    expect(tally.accepted).toEqual([]);
    const needsOtherLists = /: REVOCATION_UNKNOWN|^valid_deltacrl_test5/;
    expect(tally.refused.filter((line) => !needsOtherLists.test(line))).toEqual([]);
    expect(tally.right).toBeGreaterThanOrEqual(224);
  });

  it('is judged rightly by paths alone, revocation left aside', async () => {
    const ofRevocation = new Set(['RevokedError', 'InsufficientRevinfoError', 'StaleRevinfoError']);
    const cases = pkitsCases().filter(({ error }) => !error || !ofRevocation.has(error.class));
    const tally = newTally();
    for (const test of cases) {
      const judged = suiteVerdict(() => ({ ...pkitsInput(test), crls: [], revocation: 'if-available' }));
      count(tally, test.name, !test.error, await judged);
    }
    expect(tally).toEqual({ accepted: [], refused: [], right: cases.length });
    expect(cases.length).toBeGreaterThanOrEqual(190);
  });
});

describeCorpus('x509-limbo')('x509-limbo', () => {
  it('is judged rightly, but for what is left out with a reason, and no case takes a second', async () => {
    const tally = newTally();
    const slow: string[] = [];
    const wrong: string[] = [];
    for (const test of limboCases()) {
      const started = performance.now();
      const verdict = await suiteVerdict(() => limboInput(test));
      if (performance.now() - started > 1000) slow.push(test.id);
      const expectsValid = test.expected_result === 'SUCCESS';
      if (!limboLeftOut.has(test.id)) count(tally, test.id, expectsValid, verdict);
      else if (verdict.isValid !== expectsValid) wrong.push(test.id);
    }
    expect(tally).toEqual({ accepted: [], refused: [], right: 133 - limboLeftOut.size });
    // Nothing is left out that is judged rightly.
    expect(wrong.sort()).toEqual([...limboLeftOut.keys()].sort());
    expect(slow).toEqual([]);
  });
});
