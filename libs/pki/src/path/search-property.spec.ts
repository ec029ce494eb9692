import fc from 'fast-check';
import type { Certificate } from '../certificate/certificate';
import { testAuthority, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { defaultSearchLimits, PathSearch } from './find-paths';

const names = ['A', 'B', 'C', 'D', 'E'];
const limits = { ...defaultSearchLimits, maxSteps: 1_000_000, maxSignatureChecks: 1_000_000 };

/** Certificates of one authority's key by another, and an authority's own. */
interface Edge {
  readonly issuer: number;
  readonly subject: number;
  readonly certificate: Certificate;
}

describe('the search, among any authorities that certified each other', () => {
  let edges: readonly Edge[];
  let end: Certificate;

  beforeAll(async () => {
    const authorities: TestAuthority[] = await Promise.all(names.map((name) => testRoot(name)));
    const made: Promise<Edge>[] = [];
    for (const [issuer, above] of authorities.entries()) {
      for (const [subject, below] of authorities.entries()) {
        const crossed = testAuthority(above, names[subject], { spki: below.keys.spki, ca: {} });
        made.push(crossed.then(({ certificate }) => ({ issuer, subject, certificate })));
      }
    }
    edges = await Promise.all(made);
    end = (await testHolder(authorities[0]!)).certificate;
  });

  /** Every way from the holder's authority over certificates of ever other authorities to a trusted one, by brute force. */
  function allWays(known: readonly Edge[], trusted: readonly Edge[], path: readonly Edge[]): string[] {
    const at = path.at(-1)?.issuer ?? 0;
    const met = new Set(path.map(({ subject }) => subject));
    if (met.has(at)) return [];
    return [...trusted, ...known.filter((edge) => !trusted.includes(edge))]
      .filter(({ subject }) => subject === at)
      .flatMap((edge) =>
        trusted.includes(edge) ? [nameOf([...path, edge])] : allWays(known, trusted, [...path, edge]),
      );
  }

  const nameOf = (way: readonly Edge[]): string =>
    way.map((edge) => `${edge.subject}<${edge.issuer}`).join(' ');

  it('finds every path to an anchor, each once, the shorter ones first', async () => {
    const subset = fc.uniqueArray(fc.nat({ max: names.length ** 2 - 1 }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(
        subset,
        fc.uniqueArray(fc.nat({ max: 24 }), { maxLength: 2 }),
        async (some, anchors) => {
          const pick = (indices: readonly number[]): Edge[] => indices.flatMap((index) => edges[index] ?? []);
          const [known, trusted] = [pick(some), pick(anchors)];
          const search = new PathSearch(
            trusted.map(({ certificate }) => certificate),
            known.map(({ certificate }) => certificate),
            limits,
          );
          const found: string[] = [];
          await search.visitPaths(
            end,
            () => true,
            (path) => {
              const way = path.slice(1).map((step) => edges.find(({ certificate }) => certificate === step)!);
              found.push(nameOf(way));
              return Promise.resolve('more');
            },
          );
          const expected = allWays(known, trusted, []);
          expect(found.toSorted()).toEqual(expected.toSorted());
          const lengths = found.map((way) => way.length);
          expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 300 },
    );
  });
});
