import { TranslogError } from './errors';

/** The values our profile of RFC 8785 admits: no fractions, no `undefined`, no class instances. */
export type CanonicalValue =
  string | number | boolean | null | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue };

/** Deeper nesting is refused, so that hostile input cannot exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * The canonical JSON text of a value (RFC 8785, JSON Canonicalization Scheme).
 *
 * The profile is narrower than the RFC: numbers must be safe integers, because fractions are where
 * implementations disagree (RFC 8785 §3.2.2.3), and strings must be well-formed Unicode.
 *
 * @throws TranslogError `NOT_CANONICALISABLE` for anything else.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

/** The UTF-8 bytes of `canonicalJson(value)`: what is hashed, signed and kept. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(value));
}

/**
 * Parses text that must already be canonical: writing the parsed value again must give the same text.
 * So duplicate names, other orders, spaces and other spellings of a character are all refused.
 *
 * @throws TranslogError `NOT_CANONICAL`
 */
export function parseCanonicalJson(text: string): CanonicalValue {
  const value = parse(text);
  let again: string;
  try {
    again = canonicalJson(value);
  } catch (cause) {
    throw new TranslogError('NOT_CANONICAL', 'The text holds a value that canonical JSON does not admit.', {
      cause,
    });
  }
  if (again !== text)
    throw new TranslogError('NOT_CANONICAL', 'The text is JSON, but not in its canonical form.');
  return value;
}

/** As `parseCanonicalJson`, from UTF-8 bytes; a byte order mark or a bad sequence is refused. */
export function parseCanonicalBytes(bytes: Uint8Array): CanonicalValue {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TranslogError('NOT_CANONICAL', 'The bytes are not UTF-8.', { cause });
  }
  return parseCanonicalJson(text);
}

function parse(text: string): CanonicalValue {
  try {
    return JSON.parse(text) as CanonicalValue;
  } catch (cause) {
    throw new TranslogError('NOT_CANONICAL', 'The text is not JSON.', { cause });
  }
}

function write(value: unknown, path: string, depth: number): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isSafeInteger(value)) throw refused(path, 'a number that is not a safe integer');
      return String(value); // -0 becomes 0, as RFC 8785 §3.2.2.3 asks
    case 'object':
      if (depth >= MAX_DEPTH) throw refused(path, `nesting deeper than ${MAX_DEPTH}`);
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    default:
      throw refused(path, typeof value);
  }
}

/** `JSON.stringify` escapes exactly what RFC 8785 §3.2.2.2 asks, once lone surrogates are excluded. */
function writeString(value: string, path: string): string {
  if (!value.isWellFormed()) throw refused(path, 'a string with a lone surrogate');
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], path: string, depth: number): string {
  // Array.from visits holes too, so a sparse array is refused as `undefined`.
  return `[${Array.from(values, (item, index) => write(item, `${path}[${index}]`, depth + 1)).join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refused(path, 'an object of a class');
  // The default sort compares UTF-16 code units, which is the order of RFC 8785 §3.2.3.
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${writeString(name, path)}:${write(member, `${path}.${name}`, depth + 1)}`);
  return `{${members.join(',')}}`;
}

function refused(path: string, what: string): TranslogError {
  return new TranslogError('NOT_CANONICALISABLE', `Canonical JSON does not admit ${what} (at ${path}).`);
}
