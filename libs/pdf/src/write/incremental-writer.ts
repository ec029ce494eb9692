import { refuseTrailingBytes } from '../check/trailing-bytes';
import { damaged } from '../errors';
import { asArray, asString, PdfArray, PdfDict, PdfRef, PdfString } from '../model/objects';
import type { ByteSpan, PdfObject, PdfVerbatim } from '../model/objects';
import type { PdfFile } from '../read/pdf-file';
import type { PdfView } from '../read/view';
import { ByteSink, writeObject } from './serialize';
import { writeXrefStream, writeXrefTable } from './write-xref';

export interface FinishedRevision {
  /** What follows the old bytes: an end of line where one was missing, the objects, cross-reference and trailer. */
  readonly appended: Uint8Array;
  /** Absolute offset in the whole file of each object written, by object number. */
  readonly objectOffsets: ReadonlyMap<number, number>;
  /** Absolute place in the whole file of each verbatim object written. */
  readonly verbatim: ReadonlyMap<PdfVerbatim, ByteSpan>;
  /** Absolute offset of the new cross-reference section. */
  readonly xrefOffset: number;
  /** Length of the whole file. */
  readonly length: number;
}

/**
 * Adds one revision behind the bytes of a file, which stay as they are. Cross-reference and trailer are written in
 * the style of the file's newest revision; for a hybrid one as a table (ISO 32000-1 §7.5.6, §7.5.8.4).
 */
export class IncrementalWriter {
  readonly view: PdfView;
  private readonly changes = new Map<number, { readonly ref: PdfRef; readonly object: PdfObject }>();
  private nextNum: number;
  private finished: FinishedRevision | undefined;

  /**
   * @param options.fileId second half of /ID, 16 bytes; random when left out
   * @throws PdfError PDF_TRUNCATED or PDF_DAMAGED when the file does not end with its last revision
   */
  constructor(
    readonly file: PdfFile,
    private readonly options: { readonly fileId?: Uint8Array } = {},
  ) {
    refuseTrailingBytes(file);
    this.view = file.latest;
    this.nextNum = this.view.size;
  }

  /** A reference that nothing uses yet. */
  allocate(): PdfRef {
    return new PdfRef(this.nextNum++);
  }

  /** Writes an object into the new revision, new or in place of an older one. */
  put(ref: PdfRef, object: PdfObject): void {
    if (this.finished !== undefined) throw new Error('the revision is already finished');
    this.changes.set(ref.num, { ref, object });
    this.nextNum = Math.max(this.nextNum, ref.num + 1);
  }

  /** Allocates and puts. */
  add(object: PdfObject): PdfRef {
    const ref = this.allocate();
    this.put(ref, object);
    return ref;
  }

  /** The object as the new revision will have it. */
  get(ref: PdfRef): PdfObject {
    const change = this.changes.get(ref.num);
    return change?.ref.gen === ref.gen ? change.object : this.view.get(ref);
  }

  /** Like `PdfView.resolve`, seeing the changes made here. */
  resolve(object: PdfObject | undefined): PdfObject {
    let current = object ?? null;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops === 16) throw damaged('a reference leads to references without end', { num: current.num });
      current = this.get(current);
    }
    return current;
  }

  lookup(dict: PdfDict, key: string): PdfObject {
    return this.resolve(dict.get(key));
  }

  catalog(): PdfDict {
    const catalog = this.get(this.view.catalogRef());
    if (!(catalog instanceof PdfDict)) throw damaged('the catalog is not a dictionary');
    return catalog;
  }

  /** Old bytes and new revision as one array. */
  finish(): Uint8Array {
    const { appended, length } = this.finishParts();
    const whole = new Uint8Array(length);
    whole.set(this.file.bytes);
    whole.set(appended, this.file.bytes.length);
    return whole;
  }

  /** The new revision alone, without copying the old bytes. Nothing can be put afterwards. */
  finishParts(): FinishedRevision {
    this.finished ??= this.write();
    return this.finished;
  }

  private write(): FinishedRevision {
    const { bytes, revisions } = this.file;
    const base = bytes.length;
    const sink = new ByteSink();
    const last = bytes[base - 1];
    if (last !== 10 && last !== 13) sink.text('\n');

    const objectOffsets = new Map<number, number>();
    const rows: { num: number; gen: number; offset: number }[] = [];
    const sorted = [...this.changes.values()].sort((a, b) => a.ref.num - b.ref.num);
    for (const { ref, object } of sorted) {
      const offset = base + sink.length;
      objectOffsets.set(ref.num, offset);
      rows.push({ num: ref.num, gen: ref.gen, offset });
      sink.text(`${ref.num} ${ref.gen} obj\n`);
      writeObject(sink, object);
      sink.text('\nendobj\n');
    }

    const newest = revisions.at(-1);
    if (newest === undefined) throw damaged('the file has no revision');
    const xrefOffset = base + sink.length;
    const trailer = this.trailer(newest.xrefOffset);
    if (newest.style === 'stream')
      writeXrefStream(sink, rows, trailer, { num: this.nextNum, offset: xrefOffset });
    else writeXrefTable(sink, rows, trailer.with({ Size: this.nextNum }));
    sink.text(`startxref\n${xrefOffset}\n%%EOF\n`);

    const verbatim = new Map<PdfVerbatim, ByteSpan>();
    for (const [object, span] of sink.verbatim) {
      verbatim.set(object, { start: base + span.start, end: base + span.end });
    }
    const appended = sink.toBytes();
    return { appended, objectOffsets, verbatim, xrefOffset, length: base + appended.length };
  }

  /** Everything the old trailer says, without what belongs to its own section (ISO 32000-1 tables 15 and 17). */
  private trailer(previous: number): PdfDict {
    return this.view.trailer
      .without('Prev', 'XRefStm', 'Size', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL')
      .with({ Prev: previous, ID: this.fileId() });
  }

  /** ISO 32000-1 §14.4: the first half names the document and stays, the second names this state of it. */
  private fileId(): PdfArray {
    const renewed = this.options.fileId ?? globalThis.crypto.getRandomValues(new Uint8Array(16));
    const first = asString(this.view.resolve(asArray(this.view.lookup(this.view.trailer, 'ID'))?.get(0)));
    return new PdfArray([new PdfString(first?.bytes ?? renewed, 'hex'), new PdfString(renewed, 'hex')]);
  }
}
