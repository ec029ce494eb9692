/** An operand, as far as reading text needs it. */
interface ContentOperand {
  readonly name?: string;
  readonly bytes?: Uint8Array;
}

export interface ContentOperation {
  readonly operator: string;
  readonly operands: readonly ContentOperand[];
}

const token =
  /%[^\r\n]*|[\s\0]+|\/([^\s\0()<>[\]{}/%]*)|<<|>>|<([\da-fA-F\s]*)>|(\()|[[\]{}]|([^\s\0()<>[\]{}/%]+)/y;
const isOperator = /^[A-Za-z'"][A-Za-z0-9*'"]*$/;

/** Operators of a content stream with their names and strings (those inside arrays too); other operands are dropped. */
export function* readContent(content: Uint8Array): Generator<ContentOperation> {
  const text = new TextDecoder('latin1').decode(content);
  let operands: ContentOperand[] = [];
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) {
      at += 1;
      continue;
    }
    const [whole, name, hex, opening, word] = match;
    at += whole.length;
    if (name !== undefined) operands.push({ name });
    else if (hex !== undefined) operands.push({ bytes: hexBytes(hex) });
    else if (opening !== undefined) {
      const string = literalString(content, at);
      operands.push({ bytes: string.bytes });
      at = string.end;
    } else if (
      word !== undefined &&
      isOperator.test(word) &&
      word !== 'true' &&
      word !== 'false' &&
      word !== 'null'
    ) {
      yield { operator: word, operands };
      operands = [];
    }
  }
}

function hexBytes(hex: string): Uint8Array {
  const digits = hex.replace(/\s/g, '');
  const even = digits.length % 2 === 0 ? digits : `${digits}0`;
  return Uint8Array.from({ length: even.length / 2 }, (_, i) =>
    Number.parseInt(even.slice(2 * i, 2 * i + 2), 16),
  );
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** ISO 32000-1 §7.3.4.2; `at` stands after the opening bracket. */
function literalString(content: Uint8Array, at: number): { bytes: Uint8Array; end: number } {
  const bytes: number[] = [];
  let depth = 1;
  let i = at;
  for (; i < content.length; i += 1) {
    const byte = content[i] ?? 0;
    if (byte === 0x5c) {
      i += 1;
      const next = content[i] ?? 0;
      if (next >= 0x30 && next <= 0x37) {
        let value = 0;
        let digits = 0;
        while (digits < 3 && (content[i] ?? 0) >= 0x30 && (content[i] ?? 0) <= 0x37) {
          value = value * 8 + (content[i] ?? 0) - 0x30;
          digits += 1;
          i += 1;
        }
        i -= 1;
        bytes.push(value & 0xff);
      } else if (next === 13) {
        if (content[i + 1] === 10) i += 1;
      } else if (next !== 10) bytes.push(escapes[String.fromCharCode(next)] ?? next);
      continue;
    }
    if (byte === 0x28) depth += 1;
    if (byte === 0x29) {
      depth -= 1;
      if (depth === 0) break;
    }
    bytes.push(byte);
  }
  return { bytes: Uint8Array.from(bytes), end: i + 1 };
}
