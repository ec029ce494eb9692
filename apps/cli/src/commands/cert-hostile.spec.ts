import fc from 'fast-check';
import { captured } from '../../../../test/support/captured';
import { runCli } from '../run-cli';
import { makeCertificateFolder } from '../testing/certificate-folder';
import type { CertificateFolder } from '../testing/certificate-folder';

let place: CertificateFolder;

beforeAll(async () => {
  place = await makeCertificateFolder();
});

afterAll(() => {
  place.remove();
});

/** Up to three bytes changed, the rest perhaps cut off. */
function damagedFormsOf(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({ at: fc.nat({ max: original.length - 1 }), byte: fc.nat({ max: 255 }) });
  return fc
    .tuple(fc.array(change, { minLength: 1, maxLength: 3 }), fc.option(fc.nat({ max: original.length })))
    .map(([changes, cut]) => {
      const bytes = original.slice(0, cut ?? original.length);
      for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });
}

/** Answers with an exit code of its own and in whole lines, whatever the bytes are. */
async function answers(...args: readonly string[]): Promise<void> {
  const { code, out, err } = await captured((io) => runCli(['cert', ...args], io));
  expect([0, 1, 2, 64]).toContain(code);
  const said = [...out, ...err].join('\n');
  expect(said).not.toBe('');
  expect(said).not.toMatch(/^\s+at /m);
  expect(said).not.toMatch(/(Type|Range)Error/);
}

describe('damaged bytes', () => {
  it('in certificates are told by code, never by an exception', async () => {
    await fc.assert(
      fc.asyncProperty(damagedFormsOf(place.holder.certificate.der), async (bytes) => {
        const file = place.put('damaged.cer', bytes);
        await answers('show', file);
        await answers('verify', '--trust', place.files.root, '--intermediate', place.files.issuing, file);
      }),
      { numRuns: 80 },
    );
  });

  it('in lists and answers are told by code, never by an exception', async () => {
    const [, list] = await place.lists([place.holder.certificate.serialNumber]);
    await fc.assert(
      fc.asyncProperty(damagedFormsOf(list), async (bytes) => {
        const file = place.put('damaged.crl', bytes);
        const trust = ['--trust', place.files.root, '--intermediate', place.files.issuing];
        for (const option of ['--crl', '--ocsp'])
          await answers('verify', ...trust, option, file, place.files.leaf);
      }),
      { numRuns: 80 },
    );
  });
});
