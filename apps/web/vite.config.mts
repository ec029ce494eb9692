import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrotliOptions } from 'node:zlib';
import { brotliCompress, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { CSSOptions, Plugin } from 'vite';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
const out = join(root, '../../dist/web');

/** What pdf.js loads by itself: decoders of JPEG 2000 and JBIG2, character maps, the fonts that a PDF may leave out. */
function pdfAssets(): Plugin {
  const source = join(root, '../../node_modules/pdfjs-dist');
  return {
    name: 'pdf-assets',
    apply: 'build',
    async closeBundle() {
      for (const folder of ['wasm', 'cmaps', 'standard_fonts'])
        await cp(join(source, folder), join(out, 'pdf', folder), {
          recursive: true,
          filter: (path) => !path.includes('quickjs'),
        });
    },
  };
}

/** Lays a `.br` beside every text, so that the server compresses nothing while somebody waits. */
function compressed(): Plugin {
  const text = /\.(css|html|js|mjs|svg)$/;
  const compress = promisify(brotliCompress) as (bytes: Buffer, options: BrotliOptions) => Promise<Buffer>;
  // The highest: a few seconds once, for a tenth fewer bytes at every first load.
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      const entries = await readdir(out, { recursive: true, withFileTypes: true });
      const texts = entries.filter((entry) => entry.isFile() && text.test(entry.name));
      await Promise.all(
        texts.map(async ({ parentPath, name }) => {
          const path = join(parentPath, name);
          await writeFile(`${path}.br`, await compress(await readFile(path), quality));
        }),
      );
    },
  };
}

/** What the page never puts on: PatternFly's other themes, its own typefaces and its icon font; Polish or Czech letters. */
const lean: Exclude<CSSOptions['postcss'], string | undefined> = {
  plugins: [
    {
      postcssPlugin: 'lean',
      Rule(rule) {
        const theme = /\.pf-v6-(theme-(felt|glass|high-contrast)|pficon|m-ai-indicator)/;
        const used = rule.selectors.filter((selector) => !theme.test(selector) || selector.includes(':not('));
        if (used.length === 0) rule.remove();
        else if (used.length < rule.selectors.length) rule.selectors = used;
      },
      AtRule(rule) {
        if (rule.name === 'font-face' && /Red ?Hat|pficon|Font ?Awesome|latin-ext/i.test(String(rule)))
          rule.remove();
      },
    },
  ],
};

/** The page as static files in dist/web, which the node itself serves; nothing is fetched from elsewhere. */
export default defineConfig({
  root,
  plugins: [react(), pdfAssets(), compressed()],
  css: { postcss: lean },
  cacheDir: join(root, '../../var/vite'),
  resolve: { conditions: ['source', 'module', 'browser', 'production', 'default'] },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2023',
    // The security policy allows no data: script, and fonts are shared between pages.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    // What most pages share comes in one piece: fewer requests, fewer headers. More pages want a higher count.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 28 }] } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/health': 'http://127.0.0.1:3000' } },
});
