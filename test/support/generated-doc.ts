import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

const docs = resolve(__dirname, '../../docs');

/**
 * Compares a page of docs/ with what the code says now. With UPDATE_DOCS=1 it is written instead, and the test fails
 * only if it cannot be.
 */
export async function expectGenerated(name: string, content: string): Promise<void> {
  const file = join(docs, name);
  const wanted = await format(content, { ...(await resolveConfig(file)), filepath: file });
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(file, wanted);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === wanted) return;
  throw new Error(
    `docs/${name} does not say what the code says (first difference in line ${firstDifference(present, wanted)}). ` +
      'Make it anew with: UPDATE_DOCS=1 npm test -- generated-docs',
  );
}

function firstDifference(present: string, wanted: string): number {
  const lines = present.split('\n');
  return wanted.split('\n').findIndex((line, index) => line !== lines[index]) + 1;
}
