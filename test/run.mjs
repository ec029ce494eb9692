/**
 * The whole check of the project: formatting, lint, dependency rules, unused code, types, then every test.
 * `npm test -- PATTERN…` runs only the tests whose path matches. Ends with a line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = (path) => join(root, 'node_modules', path);
const patterns = process.argv.slice(2);
const report = join(root, 'var', 'test', 'report.json');

const checks = [
  ['formatting', bin('prettier/bin/prettier.cjs'), ['--check', '--log-level=warn', '.']],
  ['types', bin('typescript/bin/tsc'), ['--noEmit']],
  ['types of the page', bin('typescript/bin/tsc'), ['-p', 'apps/web']],
  ['lint', bin('eslint/bin/eslint.js'), ['.']],
  [
    'dependency rules',
    bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
    ['apps', 'libs', 'certs-dev', 'test', '--output-type=err'],
  ],
  ['unused code', bin('knip/bin/knip.js'), []],
];

let passed = 0;
let failed = 0;
let skipped = 0;

if (patterns.length === 0) {
  for (const [name, program, args] of checks) {
    const { status } = spawnSync(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const ok = status === 0;
    console.log(`${ok ? 'PASS' : 'FAIL'} ${name}`);
    if (ok) passed += 1;
    else failed += 1;
  }
}

rmSync(report, { force: true });
mkdirSync(join(root, 'var', 'test'), { recursive: true });
const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    bin('jest/bin/jest.js'),
    '--json',
    `--outputFile=${report}`,
    ...patterns,
  ],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  skipped = result.numPendingTests + result.numTodoTests;
} catch (error) {
  console.log(`FAIL tests: jest left no report (${error.message})`);
  failed += 1;
}
if (jest.status !== 0 && failed === 0) {
  console.log(`FAIL tests: jest ended with ${jest.status ?? jest.signal}`);
  failed += 1;
}
console.log(
  skipped > 0
    ? `${passed} passed, ${failed} failed, ${skipped} skipped`
    : `${passed} passed, ${failed} failed`,
);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
