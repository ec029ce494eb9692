import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const page = resolve(__dirname, '../../apps/web/src');

interface Texts {
  readonly [name: string]: string | Texts;
}

/** Every text with its path: `shell.nav.work`. */
function textsOf(texts: Texts, path: readonly string[] = []): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]): [string, string][] =>
      typeof text === 'string'
        ? [[[...path, name].join('.'), text]]
        : [...textsOf(text, [...path, name]).entries()],
    ),
  );
}

const placesOf = (text = ''): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe('texts of the page', () => {
  // The page has compiler settings of its own: its modules are loaded here, not type-checked.
  const vietnamese = textsOf(jest.requireActual<{ readonly vi: Texts }>(join(page, 'i18n/vi')).vi);
  const english = textsOf(jest.requireActual<{ readonly en: Texts }>(join(page, 'i18n/en')).en);

  it('are in both languages, one plural form more in English', () => {
    const plural = /_(one|other)$/;
    const names = (texts: ReadonlyMap<string, string>): readonly string[] =>
      [...new Set([...texts.keys()].map((name) => name.replace(plural, '')))].toSorted();
    expect(vietnamese.size).toBeGreaterThan(500);
    expect(names(english)).toEqual(names(vietnamese));
    expect([...vietnamese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('name the same facts in both', () => {
    const differing = [...vietnamese].filter(
      ([name, text]) => placesOf(text).join() !== placesOf(english.get(name)).join(),
    );
    expect(differing).toEqual([]);
  });

  it('stand nowhere else: no component has a Vietnamese word in it', () => {
    const files = globSync('**/*.{ts,tsx}', { cwd: page, exclude: (path) => path.includes('i18n') });
    expect(files.length).toBeGreaterThan(100);
    const words = files.flatMap((file) => {
      const code = readFileSync(join(page, file), 'utf8').replace(/\/\*[^]*?\*\/|(?<=\s)\/\/.*/g, '');
      return (code.normalize('NFC').match(/['"`>][^'"`<>\n]*[ăâđêôơưĂÂĐÊÔƠƯẠ-ỹ][^'"`<>\n]*/gu) ?? []).map(
        (found) => `${file}: ${found}`,
      );
    });
    // The one refusal that no server can word stands where it is made, in both languages.
    expect(words.filter((found) => !found.startsWith('api/client.ts'))).toEqual([]);
  });
});
