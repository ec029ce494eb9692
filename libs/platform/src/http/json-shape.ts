/** Deeper nesting than any request of ours has, and shallow enough for everything that walks it. */
export const deepestJson = 32;

/** No field of ours has these names; libraries that copy objects skip or follow them. */
const reachingPrototypes: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks over JSON text before it is parsed: refuses nesting deeper than `deepestJson`, names that occur twice in one
 * object (readers differ in which one counts: RFC 8259 §4) and names that reach prototypes. Answers what is wrong.
 * Whether it is JSON at all is left to the parser.
 */
export function jsonShapeFault(text: string): 'too deep' | 'repeated name' | 'forbidden name' | undefined {
  const objects: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') objects.push(new Set());
    else if (character === '[') objects.push(undefined);
    else if (character === '}' || character === ']') objects.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      const names = objects.at(-1);
      if (names && nameFollows(text, end)) {
        const name = nameOf(text.slice(at, end + 1));
        if (reachingPrototypes.has(name)) return 'forbidden name';
        if (names.has(name)) return 'repeated name';
        names.add(name);
      }
      at = end;
    }
    if (objects.length > deepestJson) return 'too deep';
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function nameFollows(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return text[at] === ':';
}

/** Escapes are resolved, so that `"\u0061"` and `"a"` are one name. */
function nameOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
