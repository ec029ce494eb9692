import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectPdf } from '../check/inspect';
import { fileProblems, structureProblems } from '../check/structure';
import { PdfError } from '../errors';
import { dict } from '../model/objects';
import { corpus } from '../../../../test/support/corpora';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { styles } from '../testing/sample-pdf';
import { IncrementalWriter } from '../write/incremental-writer';
import { openPdf } from './pdf-file';

/** Does everything that can be done with an untrusted file; gives the refusal, and throws on anything else. */
function useEverything(bytes: Uint8Array): PdfError | undefined {
  try {
    const file = openPdf(bytes, { maxDecodedBytes: 4_000_000, maxNodes: 10_000, maxPages: 10_000 });
    fileProblems(file);
    for (const { index } of file.revisions) structureProblems(file, index);
    inspectPdf(file);
    const writer = new IncrementalWriter(file);
    writer.put(writer.view.catalogRef(), writer.catalog().with({ SealpostTest: dict({}) }));
    expect(openPdf(writer.finish()).revisions).toHaveLength(file.revisions.length + 1);
    return undefined;
  } catch (error) {
    if (error instanceof PdfError) return error;
    throw error;
  }
}

describe('mutated files are used or refused, and never crash or hang', () => {
  const digits = fc.constantFrom(...Array.from('0123456789', (c) => c.charCodeAt(0)));
  test.each(Object.entries(styles))('%s', (_, make) => {
    const base = make(3);
    expect(useEverything(base)).toBeUndefined();
    const change = fc.tuple(fc.nat({ max: base.length - 1 }), fc.oneof(fc.nat({ max: 255 }), digits));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat({ max: 20 }), (changes, cut) => {
        const bytes = base.slice(0, base.length - (cut > 10 ? 0 : cut));
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        const started = performance.now();
        useEverything(bytes);
        expect(performance.now() - started).toBeLessThan(5000);
      }),
      { numRuns: 400 },
    );
  });

  test.each(Object.entries(styles))('%s with numbers changed in place', (_, make) => {
    const base = make(2);
    const places = Array.from(base.keys()).filter((i) => (base[i] ?? 0) >= 0x30 && (base[i] ?? 0) <= 0x39);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: places.length - 1 }), digits), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const bytes = base.slice();
          for (const [place, digit] of changes) bytes[places[place] ?? 0] = digit;
          useEverything(bytes);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe.each(['pdf-wild', 'pdf-signed', 'pdf-attacks'])('files of %s', (folder) => {
  const path = corpus(folder);
  if (path === undefined) {
    test.skip('are used or refused (skipped: no corpora)', () => undefined);
    return;
  }
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.pdf'),
  );
  test.each(names)('%s is used or refused within ten seconds', (name) => {
    const bytes = new Uint8Array(readFileSync(join(path, name)));
    const started = performance.now();
    useEverything(bytes);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('files of pdf-wild with a revision added', () => {
  const path = corpus('pdf-wild');
  if (path === undefined) {
    test.skip('are as sound as before (skipped: no corpora)', () => undefined);
    return;
  }
  itWith('qpdf')('most open, and qpdf finds them as sound as before', () => {
    let opened = 0;
    const names = readdirSync(path);
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(join(path, name)));
      let grown: Uint8Array;
      try {
        const writer = new IncrementalWriter(openPdf(bytes));
        writer.put(writer.view.catalogRef(), writer.catalog().with({ SealpostTest: dict({}) }));
        grown = writer.finish();
      } catch (error) {
        if (error instanceof PdfError) continue;
        throw error;
      }
      opened++;
      const before = runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': bytes }).status ?? 0;
      const after = runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': grown }).status ?? 0;
      // 0 sound, 3 warnings, 2 errors: a revision may cover what qpdf warned of, and must not add anything.
      expect([name, after]).toEqual([name, before === 3 && after === 0 ? 0 : before]);
    }
    expect(opened).toBeGreaterThan(names.length * 0.9);
  });
});
