import { codesOf, validateFor } from '../testing/path-results';
import { generalName, nameConstraints, subjectAltName } from '../testing/test-extensions';
import { testAuthority, testCrl, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { explainPath, pathCheckTitles } from './explain-path';
import type { PathCheck } from './explain-path';
import { pathFailureMessages } from './messages';
import { statusOf } from './result';
import type { PathFailureCode, PathResult } from './result';

describe('the explanation of a path', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
  });

  const outcomes = (checks: readonly PathCheck[]): Record<string, string> =>
    Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));

  const explain = (result: PathResult) => explainPath(result).map(({ checks }) => outcomes(checks));

  const own = {
    validity: 'passed',
    extensions: 'passed',
    usage: 'passed',
    form: 'passed',
    algorithms: 'passed',
  };
  const below = { signature: 'passed', names: 'passed', policies: 'passed' };
  const above = { authority: 'passed', pathLength: 'passed' };

  it('lists every check of every certificate, with its clause', async () => {
    const { certificate } = await testHolder(issuing);
    const crls = [await testCrl(root)];
    const result = await validateFor({
      certificate,
      intermediates: [issuing.certificate],
      anchors: [root.certificate],
      crls,
    });
    expect(explain(result)).toEqual([
      { ...own, ...below, revocation: 'not-made' },
      { ...own, ...below, ...above, revocation: 'passed' },
      { ...own, ...above, anchor: 'passed' },
    ]);
    const checks = explainPath(result).flatMap((found) => found.checks);
    expect(checks.every(({ clause }) => /^(RFC|ETSI) .*§\d/.test(clause))).toBe(true);
  });

  it('puts each failure to the check and the certificate it belongs to', async () => {
    const constrained = await testAuthority(root, 'Constrained', {
      extensions: [nameConstraints({ excluded: [generalName.dns('a.vn')] })],
      notAfter: new Date('2026-02-01T00:00:00Z'),
    });
    const { certificate } = await testHolder(constrained, {
      extensions: [subjectAltName(generalName.dns('a.vn'))],
    });
    const result = await validateFor({
      certificate,
      intermediates: [constrained.certificate],
      anchors: [root.certificate],
    });
    const [ofHolder, ofAuthority] = explain(result);
    expect(ofHolder).toMatchObject({ names: 'failed', validity: 'passed' });
    expect(ofAuthority).toMatchObject({ names: 'passed', validity: 'failed' });
    const failed = explainPath(result).flatMap(({ checks }) => checks.flatMap(({ failures }) => failures));
    expect(failed.map(({ code }) => code).sort()).toEqual(codesOf(result).sort());
  });

  it('says what was not checked where no path leads to an anchor', async () => {
    const { certificate } = await testHolder(issuing);
    const result = await validateFor({ certificate, intermediates: [issuing.certificate], anchors: [] });
    const notBelow = { names: 'not-made', policies: 'not-made', revocation: 'not-made' };
    const notOwn = Object.fromEntries(Object.keys(own).map((name) => [name, 'not-made']));
    expect(explain(result)).toEqual([
      { ...own, ...notBelow, signature: 'passed' },
      {
        ...notOwn,
        ...notBelow,
        signature: 'not-made',
        authority: 'not-made',
        pathLength: 'not-made',
        anchor: 'failed',
      },
    ]);
  });

  it('finds a check for every failure there is, named in both languages', async () => {
    const { certificate } = await testHolder(issuing);
    for (const code of Object.keys(pathFailureMessages) as PathFailureCode[]) {
      const failures = [{ code, certificate, message: '' }];
      const result: PathResult = {
        status: statusOf(failures),
        path: [certificate],
        failures,
        revocation: [],
        policies: { authorities: [], user: [] },
      };
      // A lone certificate is its own top; checks of authorities are shown of a pair.
      const pair = { ...result, path: [issuing.certificate, certificate, issuing.certificate] };
      const failed = explainPath(code === 'NO_PATH_TO_ANCHOR' || code === 'PATH_SEARCH_LIMIT' ? result : pair)
        .flatMap(({ checks }) => checks)
        .filter(({ outcome }) => outcome === 'failed');
      expect([code, failed.length]).toEqual([code, 1]);
    }
    for (const { vi, en } of Object.values(pathCheckTitles)) {
      expect(vi).toMatch(/[^\p{ASCII}]/u);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});
