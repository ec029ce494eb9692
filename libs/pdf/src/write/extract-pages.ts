import {
  array,
  asArray,
  asDict,
  asName,
  dict,
  name,
  PdfArray,
  PdfDict,
  PdfRef,
  PdfStream,
} from '../model/objects';
import type { PdfObject } from '../model/objects';
import type { PdfView } from '../read/view';
import type { PdfPage } from '../read/page-tree';
import { ByteSink, writeObject } from './serialize';

/** What leads from a page to the rest of its document, or acts by itself. */
const leftOut = [
  'Parent',
  'Annots',
  'B',
  'AA',
  'StructParents',
  'PieceInfo',
  'Metadata',
  'Thumb',
  'Dur',
  'Trans',
  'Tabs',
];

/**
 * A new PDF of some pages of another, as a reader sees them. Fields, stamps and signatures become pictures of
 * themselves: what is taken out of a document carries none of its signatures. Links, scripts and whatever else leads
 * out of a page are left out.
 *
 * @param pages indices from 0, each once, in the order wanted
 */
export function extractPages(view: PdfView, pages: readonly number[]): Uint8Array {
  const copy = new ObjectCopier(view);
  const tree = copy.allocate();
  const kids = pages.map((index) => copy.add(pageOf(copy, view.page(index), tree)));
  copy.put(tree, dict({ Type: name('Pages'), Kids: array(kids), Count: kids.length }));
  const catalog = view.catalog();
  // Without it a layer that is switched off would show.
  const layers = copy.value(catalog.get('OCProperties') ?? null);
  const root = copy.add(
    dict({
      Type: name('Catalog'),
      Pages: tree,
      Lang: catalog.get('Lang'),
      OCProperties: layers ?? undefined,
    }),
  );
  return copy.finish(root);
}

function pageOf(copy: ObjectCopier, page: PdfPage, parent: PdfRef): PdfDict {
  const own = asDict(copy.value(page.dict.without(...leftOut))) ?? dict({});
  const pictures = (asArray(copy.view.lookup(page.dict, 'Annots'))?.items ?? []).flatMap((item) =>
    pictureOf(copy, asDict(copy.view.resolve(item))),
  );
  return own.with({
    Type: name('Page'),
    Parent: parent,
    MediaBox: array(page.mediaBox),
    CropBox: array(page.cropBox),
    Rotate: page.rotate,
    Resources: page.resources && copy.value(page.resources),
    Annots: pictures.length > 0 ? array(pictures) : undefined,
  });
}

/** Nothing of an annotation without a look of its own. */
function pictureOf(copy: ObjectCopier, annotation: PdfDict | undefined): PdfRef[] {
  const { view } = copy;
  const normal = annotation && asDict(view.lookup(annotation, 'AP'))?.get('N');
  const resolved = view.resolve(normal);
  // A look per state, as of a check box (ISO 32000-1 §12.5.5).
  const state = annotation && asName(view.lookup(annotation, 'AS'));
  const look = resolved instanceof PdfDict && state !== undefined ? resolved.get(state) : normal;
  if (annotation === undefined || !(view.resolve(look) instanceof PdfStream)) return [];
  return [
    copy.add(
      dict({
        Type: name('Annot'),
        Subtype: name('Stamp'),
        Rect: copy.value(annotation.get('Rect') ?? null),
        F: copy.value(annotation.get('F') ?? 4),
        AP: dict({ N: copy.value(look ?? null) }),
      }),
    ),
  ];
}

/** Copies objects with whatever they refer to, each once, under new numbers. */
class ObjectCopier {
  private readonly numbers = new Map<string, PdfRef>();
  private readonly objects = new Map<number, PdfObject>();
  private readonly waiting: { readonly from: PdfRef; readonly to: PdfRef }[] = [];
  private count = 0;

  constructor(readonly view: PdfView) {}

  allocate(): PdfRef {
    this.count += 1;
    return new PdfRef(this.count);
  }

  put(ref: PdfRef, object: PdfObject): void {
    this.objects.set(ref.num, object);
  }

  add(object: PdfObject): PdfRef {
    const ref = this.allocate();
    this.put(ref, object);
    return ref;
  }

  /** As the new file has it; what it refers to is copied when the file is finished. */
  value(object: PdfObject): PdfObject {
    if (object instanceof PdfRef) return this.reference(object);
    if (object instanceof PdfArray) return array(object.items.map((item) => this.value(item)));
    if (object instanceof PdfDict)
      return dict(Object.fromEntries([...object.entries()].map(([key, item]) => [key, this.value(item)])));
    if (object instanceof PdfStream) {
      const head = this.value(object.dict.with({ Length: undefined }));
      return new PdfStream(asDict(head) ?? dict({}), object.raw);
    }
    return object;
  }

  finish(root: PdfRef): Uint8Array {
    for (let next = this.waiting.pop(); next !== undefined; next = this.waiting.pop())
      this.put(next.to, this.value(this.view.get(next.from)));
    const sink = new ByteSink();
    sink.text('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
    const offsets: string[] = [];
    for (let num = 1; num <= this.count; num += 1) {
      offsets.push(`${String(sink.length).padStart(10, '0')} 00000 n \n`);
      sink.text(`${num} 0 obj\n`);
      writeObject(sink, this.objects.get(num) ?? null);
      sink.text('\nendobj\n');
    }
    const start = sink.length;
    sink.text(`xref\n0 ${this.count + 1}\n0000000000 65535 f \n${offsets.join('')}trailer\n`);
    writeObject(sink, dict({ Size: this.count + 1, Root: root }));
    sink.text(`\nstartxref\n${start}\n%%EOF\n`);
    return sink.toBytes();
  }

  /** A page or a part of the page tree is never copied along. */
  private reference(ref: PdfRef): PdfObject {
    const key = ref.toString();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const type = asName(asDict(this.view.get(ref))?.get('Type'));
    if (type === 'Page' || type === 'Pages' || type === 'Catalog') return null;
    const to = this.allocate();
    this.numbers.set(key, to);
    this.waiting.push({ from: ref, to });
    return to;
  }
}
