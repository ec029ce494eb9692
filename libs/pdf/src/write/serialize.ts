import { latin1 } from '../bytes';
import { PdfArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString } from '../model/objects';
import type { ByteSpan, PdfObject, PdfVerbatim } from '../model/objects';

/** Collects bytes and knows how many there are. */
export class ByteSink {
  private buffer = new Uint8Array(4096);
  private used = 0;
  /** Where each verbatim object was written, relative to the sink's beginning. */
  readonly verbatim = new Map<PdfVerbatim, ByteSpan>();

  get length(): number {
    return this.used;
  }

  bytes(bytes: Uint8Array): void {
    if (this.used + bytes.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.used + bytes.length));
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** ISO 8859-1 text. */
  text(text: string): void {
    this.bytes(latin1(text));
  }

  toBytes(): Uint8Array {
    return this.buffer.slice(0, this.used);
  }
}

/** The object as PDF source text; parsing it gives an equal object. */
export function serializeObject(object: PdfObject): Uint8Array {
  const sink = new ByteSink();
  writeObject(sink, object);
  return sink.toBytes();
}

export function writeObject(sink: ByteSink, object: PdfObject): void {
  if (object === null) sink.text('null');
  else if (typeof object === 'boolean') sink.text(object ? 'true' : 'false');
  else if (typeof object === 'number') sink.text(numberText(object));
  else if (object instanceof PdfName) sink.text(nameToken(object.value));
  else if (object instanceof PdfString) writeString(sink, object);
  else if (object instanceof PdfRef) sink.text(object.toString());
  else if (object instanceof PdfArray) writeArray(sink, object);
  else if (object instanceof PdfDict) writeDict(sink, object);
  else if (object instanceof PdfStream) writeStream(sink, object);
  else {
    const start = sink.length;
    sink.bytes(object.bytes);
    sink.verbatim.set(object, { start, end: sink.length });
  }
}

/** PDF numbers know no exponent (ISO 32000-1 §7.3.3). */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('PDF has no number for infinity');
  const text = String(value === 0 ? 0 : value);
  if (!text.includes('e')) return text;
  if (Math.abs(value) >= 1) return BigInt(Math.trunc(value)).toString();
  return value
    .toFixed(20)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}

/** ISO 32000-1 §7.3.5: delimiters, `#` and everything outside printable ASCII as `#xx`. */
function nameToken(value: string): string {
  return `/${value.replace(/[^!$&'*+,\-.0-9:;=?@A-Z^_`a-z|~\\"]/g, (c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
}

function writeString(sink: ByteSink, { bytes, form }: PdfString): void {
  if (form === 'hex') {
    sink.text(`<${hexText(bytes)}>`);
    return;
  }
  const out: number[] = [0x28];
  for (const byte of bytes) {
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) out.push(0x5c, byte);
    // Readers take a bare CR for LF (ISO 32000-1 §7.3.4.2).
    else if (byte === 0x0d) out.push(0x5c, 0x72);
    else out.push(byte);
  }
  out.push(0x29);
  sink.bytes(Uint8Array.from(out));
}

/** Lower-case hexadecimal digits, two per byte. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function writeArray(sink: ByteSink, { items }: PdfArray): void {
  sink.text('[');
  for (const [i, item] of items.entries()) {
    if (i > 0) sink.text(' ');
    writeObject(sink, item);
  }
  sink.text(']');
}

function writeDict(sink: ByteSink, dict: PdfDict): void {
  sink.text('<<');
  for (const [key, value] of dict.entries()) {
    sink.text(`${nameToken(key)} `);
    writeObject(sink, value);
    sink.text('\n');
  }
  sink.text('>>');
}

function writeStream(sink: ByteSink, { dict, raw }: PdfStream): void {
  writeDict(sink, dict.with({ Length: raw.length }));
  sink.text('\nstream\n');
  sink.bytes(raw);
  sink.text('\nendstream');
}
