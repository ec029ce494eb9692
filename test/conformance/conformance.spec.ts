import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derWriter, oids, toHex, toPem } from '#pki';
import { useNodeCrypto } from '#pki/node';
import { testAuthority, testCrl, testHolder, testRoot } from '../../libs/pki/src/testing';
import { captured } from '../support/captured';
import { corpus, describeCorpus } from '../support/corpora';
import { runConformance, tally } from './run-conformance';
import { suites } from './suites';

interface Expectation {
  readonly suite: string;
  /** The share of the cases that may be left out; of Wycheproof, whatever algorithms are not in use. */
  readonly leftOut: number;
}

const expectations: readonly Expectation[] = [
  { suite: 'pkits', leftOut: 0 },
  { suite: 'x509-limbo', leftOut: 45 / 133 },
  { suite: 'wycheproof', leftOut: 1 },
];

beforeEach(useNodeCrypto);

describe.each(expectations)('the cases of $suite', ({ suite, leftOut }) => {
  describeCorpus(suite)('made by others', () => {
    it('are judged as their makers expect', async () => {
      const found = await tally(suites[suite]!.run(corpus(suite)!));
      const wrong = found.failures.map(({ outcome, name, why }) => `${outcome} ${name}: ${why}`);
      expect(wrong).toEqual([]);
      expect(found.passed).toBeGreaterThan(0);
      const skipped = found.skipped.reduce((sum, { cases = 1 }) => sum + cases, 0);
      expect(skipped / (found.passed + skipped)).toBeLessThanOrEqual(leftOut);
    });
  });
});

describe('npm run conformance', () => {
  let corpora: string;

  beforeEach(() => {
    corpora = mkdtempSync(join(tmpdir(), 'sealpost-corpora-'));
  });

  afterEach(() => {
    rmSync(corpora, { recursive: true });
  });

  function put(path: string, content: unknown): void {
    mkdirSync(join(corpora, path, '..'), { recursive: true });
    const bytes =
      content instanceof Uint8Array || typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(corpora, path), bytes);
  }

  function run(...args: readonly string[]): ReturnType<typeof captured> {
    return captured((io) => runConformance(args, io));
  }

  it.each([
    [[]],
    [['nonsense']],
    [['toString']],
    [['pkits', 'wycheproof']],
    [['pkits', '--corpora']],
    [['pkits', '--unknown']],
  ])('exits 64 for %j, and shows how it is used', async (args) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(64);
    expect(out).toEqual([]);
    expect(err.at(-1)).toContain('--corpora DIR');
    expect(err).toHaveLength(3);
  });

  it.each(Object.keys(suites))(
    'does not take a missing, damaged or empty corpus of %s for a pass',
    async (suite) => {
      const missing = await run(suite, '--corpora', corpora);
      expect(missing.code).toBe(64);
      expect(missing.err[0]).toContain(join(corpora, suite));
      mkdirSync(join(corpora, suite));
      expect((await run(suite, '--corpora', corpora)).code).toBe(64);
      for (const content of ['{"testcases": [', '{}', '[]', '{"version":1,"testcases":[],"testGroups":[]}']) {
        for (const file of ['pkits.json', 'limbo.json']) put(`${suite}/${file}`, content);
        const { code, out } = await run(suite, '--corpora', corpora);
        expect({ content, code, out }).toEqual({ content, code: 64, out: [] });
      }
    },
  );

  it('takes the parameters of signatures from the file, whatever its name is', async () => {
    const { subtle } = globalThis.crypto;
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-512' };
    const pair = await subtle.generateKey(ecdsa, true, ['sign']);
    const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
    const sig = toHex(new Uint8Array(await subtle.sign(ecdsa, pair.privateKey, Uint8Array.of(7))));
    const tests = [
      { tcId: 1, comment: 'good', msg: '07', sig, result: 'valid' },
      { tcId: 2, comment: 'other message', msg: '08', sig, result: 'invalid' },
      { tcId: 3, comment: 'either way', msg: '08', sig, result: 'acceptable' },
      { tcId: 4, comment: 'expected\u001b[2K wrongly', msg: '07', sig, result: 'invalid' },
    ];
    const group = {
      type: 'EcdsaP1363Verify',
      publicKeyPem: toPem(spki, 'PUBLIC KEY'),
      sha: 'SHA-512',
      tests,
    };
    put('wycheproof/any.json', {
      algorithm: 'ECDSA',
      testGroups: [group, { ...group, sha: 'SHA-1' }, { ...group, publicKey: { curve: 'secp256k1' } }],
    });
    put('wycheproof/other.json', { algorithm: 'XDH', testGroups: [{ type: 'XdhComp', tests }] });
    const { code, out } = await run('wycheproof', '--corpora', corpora);
    expect(code).toBe(1);
    expect(out).toEqual([
      expect.stringMatching(/SKIPPED {2}any\.json \(4 .*SHA-1 is not in use/),
      expect.stringMatching(/SKIPPED {2}any\.json \(4 .*secp256k1 is not in use/),
      expect.stringMatching(/SKIPPED {2}other\.json \(4 .*XDH \(XdhComp\) is not in use/),
      expect.stringMatching(/WRONGLY ACCEPTED {2}any\.json 4 expected\\u001b\[2K wrongly/),
      '3 passed, 1 failed, 12 skipped',
    ]);
  });

  it('judges paths by what stands in the case', async () => {
    const period = { notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + 3_600_000) };
    const root = await testRoot('R', 'P-256', period);
    const issuing = await testAuthority(root, 'I', period);
    const holder = await testHolder(issuing, period);
    const der = (name: string): string => `${name}.crt`;
    for (const [name, bytes] of [
      ['any', root.certificate.der],
      ['i', issuing.certificate.der],
      ['h', holder.certificate.der],
      ['bad', new Uint8Array([0x30, 1])],
    ] as const)
      put(`pkits/certs/${der(name)}`, bytes);
    const list = { thisUpdate: period.notBefore, nextUpdate: period.notAfter };
    put('pkits/crls/other.crl', (await testCrl(root, list)).der);
    put('pkits/crls/i.crl', (await testCrl(issuing, list)).der);
    const good = { name: 'good', cert: der('h'), other_certs: [der('i')], crls: ['i.crl'] };
    put('pkits/pkits.json', [
      good,
      { ...good, name: 'unlisted', crls: [], error: {} },
      { ...good, name: 'no question of lists', crls: [], revocation: false },
      { ...good, name: 'wrongly expected', error: {} },
      { ...good, name: 'no path', other_certs: [] },
      { ...good, name: 'unreadable', cert: der('bad'), error: {} },
      { ...good, name: 'no such file', cert: der('absent'), error: {} },
      { name: 'without certificate', error: {} },
      { ...good, name: 'unknown input', params: { initial_permitted_subtrees: {} } },
    ]);
    const { code, out } = await run('pkits', '--corpora', corpora);
    expect(code).toBe(1);
    expect(out).toEqual([
      expect.stringMatching(/SKIPPED {2}unknown input: .*initial_permitted_subtrees/),
      expect.stringMatching(/WRONGLY ACCEPTED {2}wrongly expected: valid/),
      expect.stringMatching(/WRONGLY REFUSED {2}no path: .*NO_PATH_TO_ANCHOR/),
      expect.stringMatching(/BROKEN {2}no such file: .*ENOENT/),
      expect.stringMatching(/BROKEN {2}without certificate: TypeError/),
      '4 passed, 4 failed, 1 skipped',
    ]);
  });

  it('leaves out of x509-limbo what the case itself says is about something else', async () => {
    const period = { notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + 3_600_000) };
    const root = await testRoot('R', 'P-256', period);
    const { derIa5String, derImplicit, derSequence } = derWriter;
    const holder = await testHolder(root, {
      ...period,
      extendedKeyUsage: { purposes: [oids.serverAuth] },
      extensions: [{ oid: oids.subjectAltName, value: derSequence(derImplicit(2, derIa5String('a.vn'))) }],
    });
    const good = {
      id: 'good',
      expected_result: 'SUCCESS',
      trusted_certs: [toPem(root.certificate.der, 'CERTIFICATE')],
      untrusted_intermediates: [],
      peer_certificate: toPem(holder.certificate.der, 'CERTIFICATE'),
      expected_peer_name: { kind: 'DNS', value: 'b.vn' },
    };
    const bad = { ...good, expected_result: 'FAILURE', expected_peer_name: { kind: 'DNS', value: 'a.vn' } };
    put('x509-limbo/limbo.json', {
      version: 1,
      testcases: [
        good,
        { ...bad, id: 'late', validation_time: '2999-01-01T00:00:00+00:00' },
        { ...bad, id: 'other name', expected_peer_name: good.expected_peer_name },
        { ...bad, id: 'webpki::any' },
        { ...bad, id: 'new', features: ['of tomorrow'] },
        { ...bad, id: 'either', conflicts_with: ['good'] },
        { ...bad, id: 'mail', extended_key_usage: ['emailProtection'] },
        { ...bad, id: 'client', extended_key_usage: ['clientAuth'] },
        { ...bad, id: 'caller', signature_algorithms: ['ED448'] },
        {
          ...bad,
          id: 'unreadable',
          peer_certificate: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----',
        },
        { ...bad, id: 'accepted' },
        { id: 'no case' },
      ],
    });
    const { code, out } = await run('x509-limbo', '--corpora', corpora);
    expect(code).toBe(1);
    expect(
      out.map((line) =>
        /(SKIPPED|WRONGLY ACCEPTED|BROKEN) {2}([^:]+(::any)?):/.exec(line)?.slice(1, 3).join(' '),
      ),
    ).toEqual([
      ...['other name', 'webpki::any', 'new', 'either', 'mail', 'client', 'caller'].map(
        (id) => `SKIPPED ${id}`,
      ),
      'WRONGLY ACCEPTED accepted',
      'BROKEN no case',
      undefined,
    ]);
    expect(out.at(-1)).toBe('3 passed, 2 failed, 7 skipped');
  });
});
