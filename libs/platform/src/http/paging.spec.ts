import { newId } from '../ids';
import type { CursorKey } from './paging';
import { pageOf, readCursor, writeCursor } from './paging';

const asCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const id = newId();

interface Named {
  readonly name: string;
  readonly id: string;
}

describe('a page', () => {
  const rows = ['a', 'b', 'c'].map((name) => ({ name, id: newId() }));
  const to = { item: ({ name }: Named) => name, key: ({ id }: Named) => [id] };

  it('ends the list when no row is left over', () => {
    expect(pageOf(rows, { ...to, size: 3 })).toEqual({ items: ['a', 'b', 'c'], next: null });
    expect(pageOf([], to)).toEqual({ items: [], next: null });
  });

  it('leaves the row over out and leads on behind the last it shows', () => {
    const { items, next } = pageOf(rows, { ...to, size: 2 });
    expect(items).toEqual(['a', 'b']);
    expect(readCursor(next!, ['id'])).toEqual([rows[1]!.id]);
  });
});

describe('a cursor', () => {
  it('gives back what it was made of', () => {
    const key = ['2026-11-21T07:00:00.123456Z', '42', id, 'Tỉnh ủy "Lam Giang"'];
    expect(readCursor(writeCursor(key), ['instant', 'number', 'id', 'text'])).toEqual(key);
    expect(readCursor(undefined, ['id'])).toBeNull();
  });

  const at = '2026-11-21T07:00:00.000Z';
  it.each<[string, string, readonly CursorKey[]]>([
    ['nonsense', 'x', ['id']],
    ['nothing', '', ['id']],
    ['no list', asCursor({ 0: id }), ['id']],
    ['fewer values', asCursor([at]), ['instant', 'id']],
    ['more values', asCursor([at, id, id]), ['instant', 'id']],
    ['another list’s values', asCursor([id, at]), ['instant', 'id']],
    ['a number for a text', asCursor([1]), ['text']],
    ['a text that PostgreSQL cannot hold', asCursor(['a\0b']), ['text']],
    ['half a character', asCursor(['\ud800']), ['text']],
    ['a negative number', asCursor(['-1']), ['number']],
    ['a number that no bigint is', asCursor(['9'.repeat(19)]), ['number']],
    ['no identifier', asCursor(['-'.repeat(36)]), ['id']],
    ['a day that does not exist', asCursor(['2026-02-31T00:00:00.000Z']), ['instant']],
    ['a month that does not exist', asCursor(['2026-99-99T00:00:00.000Z']), ['instant']],
    ['the year 0', asCursor(['0000-01-01T00:00:00.000Z']), ['instant']],
  ])('with %s is refused by a stable code', (_, cursor, keys) => {
    expect(refusalOf(() => readCursor(cursor, keys))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field: 'cursor', code: 'CURSOR_UNKNOWN' }],
    });
  });
});

function refusalOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}
