/**
 * Lets a child process of a test run TypeScript as it stands: node --conditions=source -r <this file> child.ts
 * (Node's own type stripping knows no decorators and wants extensions in imports.)
 */
const { existsSync, readFileSync } = require('node:fs');
const { registerHooks } = require('node:module');
const { fileURLToPath } = require('node:url');
const { transformSync } = require('@swc/core');

const jsc = {
  target: 'es2023',
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
};

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && context.parentURL?.endsWith('.ts')) {
      for (const suffix of ['.ts', '/index.ts']) {
        const url = new URL(specifier.replace(/\.js$/, '') + suffix, context.parentURL);
        if (existsSync(fileURLToPath(url))) return { url: url.href, format: 'commonjs', shortCircuit: true };
      }
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      swcrc: false,
      jsc,
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    });
    return { format: 'commonjs', source: code, shortCircuit: true };
  },
});
