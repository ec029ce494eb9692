import { fromLatin1 } from '../bytes';

/** Any PDF object. Integers and reals are both plain numbers; the source text says which, see `PdfView.sourceOf`. */
export type PdfObject =
  null | boolean | number | PdfName | PdfString | PdfArray | PdfDict | PdfStream | PdfRef | PdfVerbatim;

/** Half-open range of absolute file offsets, in bytes. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** A name without its slash, `#xx` undone; each character stands for one byte (ISO 32000-1 §7.3.5). */
export class PdfName {
  constructor(readonly value: string) {}
}

/** A string object (ISO 32000-1 §7.3.4). */
export class PdfString {
  /**
   * @param source where the token stands in the file, brackets included; absent when it was not read directly
   *   from the file (made by code, or taken out of an object stream)
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly form: 'literal' | 'hex' = 'literal',
    readonly source?: ByteSpan,
  ) {}
}

export class PdfArray implements Iterable<PdfObject> {
  constructor(readonly items: readonly PdfObject[]) {}

  get length(): number {
    return this.items.length;
  }

  /** The item, or undefined outside the array. */
  get(index: number): PdfObject | undefined {
    return this.items[index];
  }

  /** A copy with the objects appended. */
  append(...objects: readonly PdfObject[]): PdfArray {
    return new PdfArray([...this.items, ...objects]);
  }

  [Symbol.iterator](): Iterator<PdfObject> {
    return this.items[Symbol.iterator]();
  }
}

/** A dictionary; keeps the order of its keys. Values are never changed in place: `with` and `without` copy. */
export class PdfDict {
  /** @param duplicateKeys keys that the source wrote more than once (the last value counts here) */
  constructor(
    private readonly map: ReadonlyMap<string, PdfObject> = new Map(),
    readonly duplicateKeys: readonly string[] = [],
  ) {}

  get size(): number {
    return this.map.size;
  }

  get(key: string): PdfObject | undefined {
    return this.map.get(key);
  }

  has(key: string): boolean {
    return this.map.has(key);
  }

  keys(): readonly string[] {
    return [...this.map.keys()];
  }

  entries(): Iterable<readonly [string, PdfObject]> {
    return this.map.entries();
  }

  /** A copy in which the given keys have new values; `undefined` removes a key. */
  with(changes: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
    const map = new Map(this.map);
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) map.delete(key);
      else map.set(key, value);
    }
    return new PdfDict(map);
  }

  without(...keys: readonly string[]): PdfDict {
    const map = new Map(this.map);
    for (const key of keys) map.delete(key);
    return new PdfDict(map);
  }
}

/** A stream: its dictionary and its still encoded bytes (a view into the file, not a copy). */
export class PdfStream {
  constructor(
    readonly dict: PdfDict,
    readonly raw: Uint8Array,
    readonly source?: ByteSpan,
  ) {}
}

/** An indirect reference `num gen R`. */
export class PdfRef {
  constructor(
    readonly num: number,
    readonly gen = 0,
  ) {}

  toString(): string {
    return `${this.num} ${this.gen} R`;
  }

  equals(other: PdfObject | undefined): boolean {
    return other instanceof PdfRef && other.num === this.num && other.gen === this.gen;
  }
}

/**
 * Bytes that the writer copies as they are and whose place it reports: the placeholders of /ByteRange and /Contents.
 * The bytes must be one well-formed object of their own. Never made by the reader.
 */
export class PdfVerbatim {
  constructor(readonly bytes: Uint8Array) {}
}

export function name(value: string): PdfName {
  return new PdfName(value);
}

export function array(items: readonly PdfObject[]): PdfArray {
  return new PdfArray(items);
}

/** A dictionary of the given entries; those that are `undefined` are left out. */
export function dict(entries: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  return new PdfDict().with(entries);
}

/** The name as text: UTF-8 where it is such (ISO 32000-1 §7.3.5), else one character per byte. */
export function nameText(object: PdfName): string {
  const bytes = Uint8Array.from(object.value, (c) => c.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fromLatin1(bytes);
  }
}

// Narrowing without ceremony: the value if it is of that type, else undefined.

export function asDict(object: PdfObject | undefined): PdfDict | undefined {
  return object instanceof PdfDict ? object : undefined;
}

export function asArray(object: PdfObject | undefined): PdfArray | undefined {
  return object instanceof PdfArray ? object : undefined;
}

export function asStream(object: PdfObject | undefined): PdfStream | undefined {
  return object instanceof PdfStream ? object : undefined;
}

export function asRef(object: PdfObject | undefined): PdfRef | undefined {
  return object instanceof PdfRef ? object : undefined;
}

export function asString(object: PdfObject | undefined): PdfString | undefined {
  return object instanceof PdfString ? object : undefined;
}

/** The name without slash. */
export function asName(object: PdfObject | undefined): string | undefined {
  return object instanceof PdfName ? object.value : undefined;
}

export function asNumber(object: PdfObject | undefined): number | undefined {
  return typeof object === 'number' ? object : undefined;
}

export function asInteger(object: PdfObject | undefined): number | undefined {
  return typeof object === 'number' && Number.isSafeInteger(object) ? object : undefined;
}
