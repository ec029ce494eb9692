import type { Certificate } from '../certificate/certificate';
import { oids } from '../oids';
import { codesOf, validateFor } from '../testing/path-results';
import {
  certificatePolicies,
  nameConstraints,
  generalName,
  subjectAltName,
} from '../testing/test-extensions';
import { testAuthority, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { defaultSearchLimits, PathSearch } from './find-paths';

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/** `subject`'s key under its own name, certified by `issuer`. */
async function cross(
  issuer: TestAuthority,
  subject: TestAuthority,
  overrides: Parameters<typeof testAuthority>[2] = {},
): Promise<TestAuthority> {
  const name = subject.certificate.subject.commonName ?? '';
  const made = await testAuthority(issuer, name, { spki: subject.keys.spki, ca: {}, ...overrides });
  return { ...subject, certificate: made.certificate };
}

async function allPaths(search: PathSearch, from: Certificate): Promise<readonly (readonly Certificate[])[]> {
  const found: (readonly Certificate[])[] = [];
  await search.visitPaths(
    from,
    () => true,
    (path) => {
      found.push(path);
      return Promise.resolve('more');
    },
  );
  return found;
}

async function mesh(authorities: readonly TestAuthority[]): Promise<Certificate[]> {
  const made: Certificate[] = [];
  for (const issuer of authorities) {
    for (const subject of authorities) {
      if (issuer !== subject) made.push((await cross(issuer, subject)).certificate);
    }
  }
  return made;
}

describe('the search of paths', () => {
  let root: TestAuthority;
  let authorities: readonly TestAuthority[];
  let meshed: readonly Certificate[];

  beforeAll(async () => {
    root = await testRoot();
    authorities = await Promise.all(names.map((name) => testRoot(name)));
    meshed = await mesh(authorities);
  });

  const subjects = (path: readonly Certificate[]) => path.map((found) => found.subject.commonName);

  it('goes no step where no name leads to an anchor, however many certified each other', async () => {
    const lost = await testHolder(authorities[0]!);
    const search = new PathSearch([root.certificate], meshed);
    expect(await allPaths(search, lost.certificate)).toEqual([]);
    expect(search.work).toEqual({ steps: 0, signatureChecks: 0 });
    const result = await validateFor({
      certificate: lost.certificate,
      intermediates: meshed,
      anchors: [root.certificate],
    });
    expect(result.status).toBe('indeterminate');
    expect(codesOf(result)).toEqual(['NO_PATH_TO_ANCHOR']);
    expect(result.path.length).toBeGreaterThan(2);
  });

  it('finds the shortest path out of a mesh in few steps', async () => {
    const way = await cross(root, authorities[7]!);
    const end = await testHolder(authorities[0]!);
    const search = new PathSearch([root.certificate], [...meshed, way.certificate]);
    const shown = jest.fn((_: readonly Certificate[]) => Promise.resolve('enough' as const));
    await search.visitPaths(end.certificate, () => true, shown);
    expect(shown.mock.calls.map(([path]) => subjects(path))).toEqual([
      ['Nguyễn Văn Thử', 'A', 'H', 'Test Root'],
    ]);
    expect(search.work.steps).toBeLessThan(40);
    expect(search.work.signatureChecks).toBeLessThan(20);
  });

  it('ends within its bounds where every way out of a mesh fails', async () => {
    const way = await cross(root, authorities[7]!);
    const end = await testHolder(authorities[0]!);
    const intermediates = [...meshed, way.certificate];
    const search = new PathSearch([root.certificate], intermediates);
    expect((await allPaths(search, end.certificate)).length).toBeGreaterThan(10);
    expect(search.work.steps).toBe(defaultSearchLimits.maxSteps);
    expect(search.work.signatureChecks).toBeLessThanOrEqual(meshed.length + 2);
    expect(search.isCutShort).toBe(true);
    const result = await validateFor({
      certificate: end.certificate,
      intermediates,
      anchors: [root.certificate],
      policies: { requireExplicit: true },
    });
    expect(codesOf(result)).toContain('POLICY_NOT_ACCEPTABLE');
  });

  it('finds each path once, with the shorter ones first', async () => {
    const [a, b, c] = authorities.slice(0, 3);
    const ways = await Promise.all([cross(root, a!), cross(root, c!)]);
    const end = await testHolder(a!);
    const intermediates = [...(await mesh([a!, b!, c!])), ...ways.map(({ certificate }) => certificate)];
    const search = new PathSearch([root.certificate], intermediates);
    const found = await allPaths(search, end.certificate);
    const lines = found.map((path) => subjects(path.slice(1)).join(' '));
    expect(lines).toEqual(['A Test Root', 'A C Test Root', 'A B C Test Root']);
  });

  it('goes on to other candidates when a path fails, whatever makes it fail', async () => {
    const issuing = await testAuthority(root, 'Issuing', { ca: {} });
    const other = await testRoot('Other Root');
    const holder = await testHolder(issuing, { extensions: [subjectAltName(generalName.dns('a.vn'))] });
    const failing: readonly Parameters<typeof testAuthority>[2][] = [
      { notAfter: new Date('2026-02-01T00:00:00Z') },
      { ca: { pathLength: 0 }, keyUsage: ['cRLSign'] },
      { extendedKeyUsage: { purposes: [oids.timeStamping] } },
      { extensions: [nameConstraints({ excluded: [generalName.dns('a.vn')] })] },
      { extensions: [{ oid: '1.2.3', critical: true, value: Uint8Array.of(5, 0) }] },
    ];
    for (const overrides of failing) {
      const bad = await cross(other, issuing, overrides);
      const input = {
        certificate: holder.certificate,
        anchors: [other.certificate, root.certificate],
        intermediates: [bad.certificate, issuing.certificate],
      };
      const result = await validateFor(input);
      expect(result.status).toBe('valid');
      expect(subjects(result.path)).toEqual(['Nguyễn Văn Thử', 'Issuing', 'Test Root']);
      expect((await validateFor({ ...input, intermediates: [bad.certificate] })).status).toBe('invalid');
    }
    const wanted = { requireExplicit: true };
    const policed = await cross(root, issuing, { extensions: [certificatePolicies('1.2.3')] });
    const under = await testHolder(issuing, { extensions: [certificatePolicies('1.2.3')] });
    const result = await validateFor({
      certificate: under.certificate,
      anchors: [root.certificate],
      intermediates: [issuing.certificate, policed.certificate],
      policies: wanted,
    });
    expect(result.status).toBe('valid');
    expect(result.path[1]).toBe(policed.certificate);
  });

  it('is not kept from a good path by two hundred expired ones', async () => {
    const issuing = await testAuthority(root, 'Issuing');
    const holder = await testHolder(issuing);
    const expired = await Promise.all(
      Array.from({ length: 200 }, () => cross(root, issuing, { notAfter: new Date('2026-02-01T00:00:00Z') })),
    );
    const result = await validateFor({
      certificate: holder.certificate,
      anchors: [root.certificate],
      intermediates: [...expired.map(({ certificate }) => certificate), issuing.certificate],
    });
    expect(result.status).toBe('valid');
  });

  it('tells authorities of the same name by their keys', async () => {
    const twins = await Promise.all(Array.from({ length: 5 }, () => testAuthority(root, 'Twin')));
    for (const twin of twins) {
      const holder = await testHolder(twin);
      const result = await validateFor({
        certificate: holder.certificate,
        anchors: [root.certificate],
        intermediates: twins.map(({ certificate }) => certificate),
      });
      expect(result.status).toBe('valid');
      expect(result.path[1]).toBe(twin.certificate);
    }
  });

  it('takes an authority that is an anchor itself for the end of the way', async () => {
    const issuing = await testAuthority(root, 'Issuing');
    const holder = await testHolder(issuing);
    const result = await validateFor({
      certificate: holder.certificate,
      anchors: [issuing.certificate],
      intermediates: [root.certificate],
    });
    expect(result.status).toBe('valid');
    expect(result.path).toEqual([holder.certificate, issuing.certificate]);
    const alone = await validateFor({ certificate: holder.certificate, anchors: [holder.certificate] });
    expect(alone).toMatchObject({ status: 'valid', path: [holder.certificate] });
  });

  it('stops at the number of intermediates asked for', async () => {
    const upper = await testAuthority(root, 'Upper', { ca: {} });
    const lower = await testAuthority(upper, 'Lower');
    const holder = await testHolder(lower);
    const at = (maxIntermediates: number) =>
      validateFor({
        certificate: holder.certificate,
        anchors: [root.certificate],
        intermediates: [upper.certificate, lower.certificate],
        limits: { ...defaultSearchLimits, maxIntermediates },
      });
    expect((await at(2)).status).toBe('valid');
    expect(codesOf(await at(1))).toEqual(['PATH_SEARCH_LIMIT', 'NO_PATH_TO_ANCHOR']);
  });

  it('counts a certificate that stands in the list twice once', async () => {
    const issuing = await testAuthority(root, 'Issuing');
    const holder = await testHolder(issuing);
    const search = new PathSearch(
      [root.certificate, root.certificate],
      [issuing.certificate, issuing.certificate, holder.certificate],
    );
    expect(await allPaths(search, holder.certificate)).toHaveLength(1);
  });

  it('leaves the question open where forged candidates use up its bounds', async () => {
    const issuing = await testAuthority(root, 'Issuing');
    const holder = await testHolder(issuing);
    const forged = await Promise.all(
      Array.from({ length: 5 }, async () => ({
        ...(await testAuthority(root, 'Issuing')).certificate,
        subjectKeyId: issuing.certificate.subjectKeyId,
      })),
    );
    const judge = (maxSignatureChecks: number) =>
      validateFor({
        certificate: holder.certificate,
        anchors: [root.certificate],
        intermediates: [...forged, issuing.certificate],
        limits: { ...defaultSearchLimits, maxSignatureChecks },
      });
    expect(await judge(4)).toMatchObject({ status: 'indeterminate' });
    expect((await judge(7)).status).toBe('valid');
  });
});
