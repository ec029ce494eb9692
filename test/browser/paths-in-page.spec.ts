import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import type * as pkiLib from '#pki';
import { at, makeChains } from '../benchmarks/path-chains';
import type { Chain } from '../benchmarks/path-chains';
import { root } from '../support/build';
import { openBrowser } from '../support/browser';

/** libs/pki as one script for a page, as Vite makes it; nothing of Node stands behind it. */
function scriptOfPki(): string {
  const program = `
    import { build } from 'vite';
    const lib = { entry: 'libs/pki/src/index.ts', formats: ['iife'], name: 'pki', fileName: 'pki' };
    const made = await build({ configFile: false, logLevel: 'error', build: { write: false, lib } });
    process.stdout.write(made[0].output[0].code);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

let script: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  script = scriptOfPki();
  browser = await openBrowser();
  page = await browser.newPage();
  // WebCrypto only exists in secure contexts; nothing goes over the network.
  await page.route('https://page.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
  await page.goto('https://page.test/');
  await page.addScriptTag({ content: script });
}, 180_000);
afterAll(() => browser.close());

/** The verdict of a page about a chain of DER values. */
function judgeInPage({ leaf, issuing, root: top, crls, ocsps }: Chain): Promise<string> {
  const list = (ders: readonly Uint8Array[]): number[][] => ders.map((der) => [...der]);
  return page.evaluate(
    async ({ certificates, crls, ocsps, time }) => {
      const { pki } = globalThis as unknown as { pki: typeof pkiLib };
      const bytes = (octets: readonly number[]): Uint8Array => Uint8Array.from(octets);
      const [certificate, intermediate, anchor] = certificates.map((der) => pki.parseCertificate(bytes(der)));
      if (!certificate || !intermediate || !anchor) throw new Error('three certificates are needed');
      const { status, failures } = await pki.validatePath({
        certificate,
        intermediates: [intermediate],
        anchors: [anchor],
        at: new Date(time),
        purpose: 'document-signing',
        crls: crls.map((der) => pki.parseCrl(bytes(der))),
        ocsps: ocsps.map((der) => pki.parseOcspResponse(bytes(der))),
        revocation: 'required',
      });
      return [status, ...failures.map(({ code }) => code)].join(' ');
    },
    { certificates: list([leaf, issuing, top]), crls: list(crls), ocsps: list(ocsps), time: at.getTime() },
  );
}

describe('libs/pki in a page', () => {
  it('is bundled without a module of Node', () => {
    expect(script.length).toBeGreaterThan(20_000);
    expect(script).not.toMatch(/node:|__vite-browser-external|\bBuffer\b|\brequire\(|\bprocess\./);
  });

  it.each(['P-256', 'RSA-3072'] as const)(
    'validates a chain of %s with its lists and answers',
    async (kind) => {
      const [chain] = await makeChains(kind, 1);
      if (!chain) throw new Error('a chain was made');
      expect(await judgeInPage({ ...chain, ocsps: [] })).toBe('valid');
      expect(await judgeInPage({ ...chain, crls: [] })).toBe('valid');
      expect(await judgeInPage({ ...chain, crls: [], ocsps: [] })).toContain('REVOCATION_UNKNOWN');
      const forged = chain.leaf.slice();
      forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
      expect(await judgeInPage({ ...chain, leaf: forged })).toContain('CERTIFICATE_SIGNATURE_INVALID');
    },
  );
});
