/**
 * Runs in a thread of its own, with memory and time of its own: reads the text of pages with pdf.js, which forgives
 * what our own reader refuses. Imports packages alone, so that Node can run this file also as it stands.
 */
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

interface Asked {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly pages: 'all' | readonly number[];
  readonly resolveFrom: string;
}

const port = parentPort;
port?.on('message', (asked: Asked) => {
  read(asked).then(
    (answer) => {
      port.postMessage({ id: asked.id, answer });
    },
    (error: unknown) => {
      port.postMessage({ id: asked.id, failure: error instanceof Error ? error.message : String(error) });
    },
  );
});

async function read({ bytes, pages, resolveFrom }: Asked): Promise<unknown> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const home = dirname(createRequire(resolveFrom).resolve('pdfjs-dist/package.json'));
  const loading = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${join(home, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    enableXfa: false,
  });
  try {
    const document = await loading.promise;
    const { numPages } = document;
    const wanted =
      pages === 'all'
        ? Array.from({ length: numPages }, (_, index) => index + 1)
        : [...new Set(pages.map((page) => (page < 0 ? numPages + 1 + page : page)))].filter(
            (page) => page >= 1 && page <= numPages,
          );
    const read = [];
    for (const number of wanted.sort((a, b) => a - b)) {
      const page = await document.getPage(number);
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
      const { items } = await page.getTextContent({ disableNormalization: false });
      const runs = items.flatMap((item) => {
        if (!('str' in item) || item.str.trim() === '') return [];
        const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as readonly number[];
        const size = Math.hypot(c, d);
        return [{ text: item.str, x: x - left, y: y - bottom, width: item.width, size }];
      });
      read.push({ page: number, width: right - left, height: top - bottom, runs });
      page.cleanup();
    }
    return { pageCount: numPages, pages: read };
  } finally {
    await loading.destroy();
  }
}
