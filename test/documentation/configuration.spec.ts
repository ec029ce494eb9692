import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
/** A variable of ours as the programs name it, or one of PostgreSQL's. */
const variable = /\b(SEALPOST_[A-Z_]+|DATABASE_URL|DATABASE_OWNER_URL|NODE_ENV)\b/g;

function readByThePrograms(): readonly string[] {
  const sources = globSync('{apps,libs,certs-dev}/**/*.{ts,mjs}', { cwd: root }).filter(
    (file) => !file.endsWith('.spec.ts') && !file.includes('/testing/'),
  );
  return sources.flatMap((file) => readFileSync(join(root, file), 'utf8').match(variable) ?? []);
}

function explainedOnThePage(): readonly string[] {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  return Array.from(page.matchAll(/^\| `([A-Z_]+)`/gm), ([, name = '']) => name);
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

describe('docs/configuration.md', () => {
  it('explains every variable that a program reads, once, and no other', () => {
    const explained = explainedOnThePage();
    expect(sorted(explained)).toEqual(sorted(readByThePrograms()));
    expect(sorted(explained)).toHaveLength(explained.length);
  });
});
