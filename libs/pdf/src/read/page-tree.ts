import { damaged, PdfError } from '../errors';
import { asArray, asDict, asInteger, asName, asNumber, PdfRef } from '../model/objects';
import type { PdfObject, PdfDict } from '../model/objects';
import type { PdfView } from './view';

/** [llx, lly, urx, ury] in points, lower left corner first. */
export type PdfRect = readonly [number, number, number, number];

export interface PdfPage {
  /** Counts from 0. */
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly mediaBox: PdfRect;
  /** The visible part: the crop box cut to the media box. */
  readonly cropBox: PdfRect;
  /** Degrees clockwise by which the page is shown turned: 0, 90, 180 or 270. */
  readonly rotate: 0 | 90 | 180 | 270;
  readonly resources: PdfDict | undefined;
}

/** Attributes that a page takes from its ancestors (ISO 32000-1 §7.7.3.4). */
const inheritable = ['MediaBox', 'CropBox', 'Rotate', 'Resources'] as const;
type Inherited = Readonly<Partial<Record<(typeof inheritable)[number], PdfObject>>>;

/** What viewers assume where a file forgets the required /MediaBox: US Letter. */
const fallbackBox: PdfRect = [0, 0, 612, 792];

interface Node {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly inherited: Inherited;
  readonly depth: number;
}

function rootOf(view: PdfView): Node {
  const ref = view.catalog().get('Pages');
  if (!(ref instanceof PdfRef)) throw damaged('the catalog names no page tree');
  return nodeOf(view, ref, {}, 0);
}

function nodeOf(view: PdfView, ref: PdfObject, above: Inherited, depth: number): Node {
  if (!(ref instanceof PdfRef)) throw damaged('a page is not an indirect object');
  if (depth > view.limits.maxDepth) {
    throw new PdfError('PDF_LIMIT_EXCEEDED', 'the page tree is too deep', {
      detail: { maxDepth: view.limits.maxDepth },
    });
  }
  const dict = asDict(view.get(ref));
  if (dict === undefined) throw damaged('a page is not a dictionary', { num: ref.num });
  const inherited: Partial<Record<string, PdfObject>> = { ...above };
  for (const key of inheritable) {
    const own = dict.get(key);
    if (own !== undefined && own !== null) inherited[key] = own;
  }
  return { ref, dict, inherited, depth };
}

/** The children of an inner node, or undefined for a page. Decided by /Type, and by /Kids where that is missing. */
function kidsOf(view: PdfView, { dict, ref }: Node): readonly PdfObject[] | undefined {
  const type = asName(view.lookup(dict, 'Type'));
  if (type === 'Page' || (type !== 'Pages' && !dict.has('Kids'))) return undefined;
  const kids = asArray(view.lookup(dict, 'Kids'));
  if (kids === undefined) throw damaged('an inner node of the page tree has no kids', { num: ref.num });
  return kids.items;
}

function countOf(view: PdfView, node: Node): number {
  const count = asInteger(view.lookup(node.dict, 'Count'));
  if (count === undefined || count < 0)
    throw damaged('the page tree has no usable count', { num: node.ref.num });
  return count;
}

export function countPages(view: PdfView): number {
  const root = rootOf(view);
  return kidsOf(view, root) === undefined ? 1 : countOf(view, root);
}

export function findPage(view: PdfView, index: number): PdfPage {
  const missing = new PdfError('PDF_NO_SUCH_PAGE', 'the document has no such page', { detail: { index } });
  let node = rootOf(view);
  let kids = kidsOf(view, node);
  let left = index;
  if (!Number.isInteger(index) || index < 0 || index >= (kids === undefined ? 1 : countOf(view, node)))
    throw missing;
  while (kids !== undefined) {
    let next: Node | undefined;
    for (const kid of kids) {
      const child = nodeOf(view, kid, node.inherited, node.depth + 1);
      const pages = kidsOf(view, child) === undefined ? 1 : countOf(view, child);
      if (left < pages) {
        next = child;
        break;
      }
      left -= pages;
    }
    if (next === undefined)
      throw damaged('the page tree holds fewer pages than it counts', { num: node.ref.num });
    node = next;
    kids = kidsOf(view, node);
  }
  return pageOf(view, node, index);
}

/** Walks the whole tree; a node met twice is refused, so that the walk ends. */
export function* walkPages(view: PdfView): Generator<PdfPage> {
  const seen = new Set<number>();
  const waiting: Node[] = [rootOf(view)];
  let index = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node.ref.num)) throw damaged('the page tree holds a node twice', { num: node.ref.num });
    seen.add(node.ref.num);
    const kids = kidsOf(view, node);
    if (kids === undefined) {
      if (index >= view.limits.maxPages) {
        throw new PdfError('PDF_LIMIT_EXCEEDED', 'the document has too many pages', {
          detail: { maxPages: view.limits.maxPages },
        });
      }
      yield pageOf(view, node, index++);
      continue;
    }
    for (const kid of [...kids].reverse()) waiting.push(nodeOf(view, kid, node.inherited, node.depth + 1));
  }
}

function pageOf(view: PdfView, node: Node, index: number): PdfPage {
  const { ref, dict, inherited } = node;
  const mediaBox = rectOf(view, inherited.MediaBox) ?? fallbackBox;
  const crop = rectOf(view, inherited.CropBox);
  const turn = asInteger(view.resolve(inherited.Rotate)) ?? 0;
  const rotate = (((turn % 360) + 360) % 360) as PdfPage['rotate'];
  return {
    index,
    ref,
    dict,
    mediaBox,
    cropBox: crop === undefined ? mediaBox : (intersection(crop, mediaBox) ?? mediaBox),
    rotate: [0, 90, 180, 270].includes(rotate) ? rotate : 0,
    resources: asDict(view.resolve(inherited.Resources)),
  };
}

/** A rectangle object with its corners put in order (ISO 32000-1 §7.9.5), or undefined when it is not one. */
export function rectOf(view: PdfView, object: PdfObject | undefined): PdfRect | undefined {
  const numbers = asArray(view.resolve(object))?.items.map((item) => asNumber(view.resolve(item)));
  if (numbers?.length !== 4) return undefined;
  const [a, b, c, d] = numbers;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function intersection(a: PdfRect, b: PdfRect): PdfRect | undefined {
  const cut: PdfRect = [
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ];
  return cut[0] < cut[2] && cut[1] < cut[3] ? cut : undefined;
}
