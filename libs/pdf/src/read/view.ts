import { damaged, PdfError } from '../errors';
import type { PdfLimits } from '../limits';
import { asDict, PdfRef, PdfStream } from '../model/objects';
import type { ByteSpan, PdfObject, PdfDict } from '../model/objects';
import type { FileReader } from './file-reader';
import { countPages, findPage, walkPages } from './page-tree';
import type { PdfPage } from './page-tree';
import type { PdfRevision } from './revisions';
import { entryIn, numbersIn, sizeOf } from './xref-section';
import type { XrefEntry } from './xref-section';

/** The document as one revision left it. Objects are parsed when asked for, and once. */
export interface PdfView {
  /** Index of the revision that is looked at. */
  readonly revision: number;
  readonly limits: PdfLimits;
  /** Trailer of the newest section, or the dictionary of its cross-reference stream. */
  readonly trailer: PdfDict;
  /** Lowest object number that is free for use: above /Size and above every number listed. */
  readonly size: number;
  /** The object, or null where there is none, it is free, or its generation is another (ISO 32000-1 §7.3.10). */
  get(ref: PdfRef): PdfObject;
  /** Follows references, if it is one; null for undefined and for what does not exist. */
  resolve(object: PdfObject | undefined): PdfObject;
  /** The resolved value of a key, null when absent. */
  lookup(dict: PdfDict, key: string): PdfObject;
  catalog(): PdfDict;
  catalogRef(): PdfRef;
  /** /Count of the page tree: what the file claims. `pages()` finds out. */
  pageCount(): number;
  /** The page, its attributes inherited where it has none of its own. `index` counts from 0. */
  page(index: number): PdfPage;
  /** Every page in order, by walking the tree. */
  pages(): Generator<PdfPage>;
  /** What the cross-reference says about an object number, and the revision that says it. */
  entryOf(num: number): (XrefEntry & { readonly revision: number }) | undefined;
  /** Where `n g obj … endobj` stands in the file; undefined for objects in object streams and absent ones. */
  sourceOf(ref: PdfRef): ByteSpan | undefined;
  /** Objects that the sections of one revision list, freed ones included, by rising number. */
  objectsChangedIn(revision: number): PdfRef[];
  /** Decoded bytes; PDF_UNSUPPORTED for image codecs, PDF_LIMIT_EXCEEDED beyond the limits. */
  decodeStream(stream: PdfStream): Uint8Array;
}

/** References to references are no honest writer's work; this many are followed. */
const maxHops = 16;

export class View implements PdfView {
  readonly revision: number;
  readonly limits: PdfLimits;
  readonly trailer: PdfDict;
  readonly size: number;
  private readonly end: number;
  private readonly cache = new Map<number, PdfObject>();
  private readonly reading = new Set<number>();

  /** @param revisions all up to the one looked at, oldest first */
  constructor(
    private readonly reader: FileReader,
    private readonly revisions: readonly PdfRevision[],
  ) {
    const newest = revisions.at(-1);
    const trailer = newest?.sections[0]?.trailer;
    if (newest === undefined || trailer === undefined) throw damaged('the file has no revision');
    this.revision = newest.index;
    this.limits = reader.limits;
    this.trailer = trailer;
    // The newest revision may be followed by bytes that belong to none; an older one must not see newer bytes.
    this.end = newest.end;
    let size = 1;
    for (const { sections } of revisions)
      for (const section of sections) size = Math.max(size, sizeOf(section));
    const claimed = trailer.get('Size');
    this.size =
      typeof claimed === 'number' && claimed <= this.limits.maxObjects ? Math.max(size, claimed) : size;
  }

  entryOf(num: number): (XrefEntry & { readonly revision: number }) | undefined {
    for (let i = this.revisions.length - 1; i >= 0; i--) {
      for (const section of this.revisions[i]?.sections ?? []) {
        const entry = entryIn(section, num);
        if (entry !== undefined) return { ...entry, revision: i };
      }
    }
    return undefined;
  }

  get(ref: PdfRef): PdfObject {
    const { num } = ref;
    const entry = this.entryOf(num);
    if (entry === undefined || entry.kind === 'free') return null;
    if ((entry.kind === 'offset' ? entry.gen : 0) !== ref.gen) return null;
    const known = this.cache.get(num);
    if (known !== undefined) return known;
    if (this.reading.has(num)) throw damaged('an object depends on itself', { num });
    this.reading.add(num);
    try {
      const object = this.read(num, entry);
      this.cache.set(num, object);
      return object;
    } finally {
      this.reading.delete(num);
    }
  }

  private readonly follow = (object: PdfObject | undefined): PdfObject => this.resolve(object);

  private read(num: number, entry: XrefEntry): PdfObject {
    if (entry.kind === 'offset') {
      const read = this.reader.objectAt(entry.offset, this.end, this.follow);
      if (read.num !== num || read.gen !== entry.gen) {
        throw damaged('the cross-reference points at another object', {
          num,
          found: read.num,
          offset: entry.offset,
        });
      }
      return read.object;
    }
    if (entry.kind === 'free') return null;
    const holder = this.entryOf(entry.stream);
    if (holder?.kind !== 'offset') throw damaged('an object stream is itself compressed or absent', { num });
    const stream = this.get(new PdfRef(entry.stream, holder.gen));
    if (!(stream instanceof PdfStream)) throw damaged('an object stream is not a stream', { num });
    return this.reader.objectInStream(stream, num, entry.index, this.follow);
  }

  resolve(object: PdfObject | undefined): PdfObject {
    let current = object ?? null;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops === maxHops)
        throw damaged('a reference leads to references without end', { num: current.num });
      current = this.get(current);
    }
    return current;
  }

  lookup(dict: PdfDict, key: string): PdfObject {
    return this.resolve(dict.get(key));
  }

  catalogRef(): PdfRef {
    const root = this.trailer.get('Root');
    if (!(root instanceof PdfRef)) throw damaged('the trailer names no catalog');
    return root;
  }

  catalog(): PdfDict {
    const catalog = asDict(this.get(this.catalogRef()));
    if (catalog === undefined) throw damaged('the catalog is not a dictionary');
    return catalog;
  }

  pageCount(): number {
    return countPages(this);
  }

  page(index: number): PdfPage {
    return findPage(this, index);
  }

  pages(): Generator<PdfPage> {
    return walkPages(this);
  }

  sourceOf(ref: PdfRef): ByteSpan | undefined {
    const entry = this.entryOf(ref.num);
    if (entry?.kind !== 'offset' || entry.gen !== ref.gen) return undefined;
    return this.reader.objectAt(entry.offset, this.end, this.follow).span;
  }

  objectsChangedIn(revision: number): PdfRef[] {
    const sections = this.revisions[revision]?.sections;
    if (sections === undefined) throw new RangeError(`the view has no revision ${revision}`);
    const gens = new Map<number, number>();
    for (const section of sections) {
      for (const part of section.hybrid === undefined ? [section] : [section, section.hybrid]) {
        if (gens.size > this.limits.maxObjects) throw new PdfError('PDF_LIMIT_EXCEEDED', 'too many objects');
        for (const num of numbersIn(part)) {
          const entry = entryIn(section, num);
          if (entry !== undefined && !gens.has(num))
            gens.set(num, entry.kind === 'compressed' ? 0 : entry.gen);
        }
      }
    }
    return [...gens].sort(([a], [b]) => a - b).map(([num, gen]) => new PdfRef(num, gen));
  }

  decodeStream(stream: PdfStream): Uint8Array {
    return this.reader.decode(stream, this.follow);
  }
}
