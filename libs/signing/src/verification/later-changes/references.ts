import { asName, PdfStream } from '#pdf';
import type { PdfObject, PdfView, PdfRef } from '#pdf';
import { edgeOf, eachReference } from './step';

/**
 * Every path by which objects reachable from the trailer refer to one of `targets`, as edges
 * "container:path". Objects that nothing reaches cannot be seen and do not count.
 */
export function referencesTo(
  view: PdfView,
  targets: ReadonlySet<number>,
): ReadonlyMap<number, readonly string[]> {
  const edges = new Map<number, string[]>();
  if (targets.size === 0) return edges;
  const seen = new Set<number>();
  const waiting: PdfRef[] = [];
  const scan = (container: number, object: PdfObject | undefined): void => {
    eachReference(object, '', (ref, path) => {
      if (targets.has(ref.num)) {
        const known = edges.get(ref.num);
        if (known) known.push(edgeOf(container, path));
        else edges.set(ref.num, [edgeOf(container, path)]);
      }
      if (!seen.has(ref.num)) {
        seen.add(ref.num);
        waiting.push(ref);
      }
    });
  };
  scan(0, view.trailer.without('Prev', 'XRefStm'));
  for (let ref = waiting.pop(); ref; ref = waiting.pop()) scan(ref.num, view.get(ref));
  return edges;
}

/** Whether the object is a container of compressed objects: replacing it would silently replace all of them. */
export function isObjectStream(object: PdfObject | undefined): boolean {
  return object instanceof PdfStream && asName(object.dict.get('Type')) === 'ObjStm';
}
