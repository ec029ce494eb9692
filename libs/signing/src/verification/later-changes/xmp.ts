const tag = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const between = /(?:[^<]|<!--(?:(?!--)[\s\S])*-->|<\?[\s\S]*?\?>)*/y;

/** Whether the bytes are an XML document of balanced elements, in UTF-8, with no document type and so no entities. */
export function isWellFormedXmp(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  if (/<!(?!--)/.test(text) || /&(?!(?:amp|lt|gt|apos|quot|#\d+|#x[\da-fA-F]+);)/.test(text)) return false;
  const open: string[] = [];
  let roots = 0;
  let at = 0;
  for (;;) {
    between.lastIndex = at;
    at += between.exec(text)?.[0].length ?? 0;
    if (at === text.length) return open.length === 0 && roots === 1;
    tag.lastIndex = at;
    const match = tag.exec(text);
    if (!match) return false;
    const [whole, closing, name = '', , selfClosing] = match;
    at += whole.length;
    if (closing === '/') {
      if (open.pop() !== name) return false;
    } else {
      if (open.length === 0) roots += 1;
      if (selfClosing !== '/') open.push(name);
    }
  }
}
