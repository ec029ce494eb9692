import { asRef, rectOf } from '#pdf';
import type { PdfDict, PdfRect, PdfView } from '#pdf';
import type { FormNode } from '../../document/form-fields';

/** Names of the locked fields that a new widget would lie over. What a signature locks must also stay in sight. */
export function coveredFields(
  view: PdfView,
  widget: PdfDict,
  nodes: readonly FormNode[],
  isLocked: (fieldName: string) => boolean,
): readonly string[] {
  const rect = rectOf(view, widget.get('Rect'));
  if (!rect || isEmpty(rect)) return [];
  return nodes
    .filter(({ name, dict }) => {
      const other = isLocked(name) ? rectOf(view, dict.get('Rect')) : undefined;
      return other !== undefined && onOnePage(widget, dict) && overlap(rect, other);
    })
    .map(({ name }) => name);
}

/** A widget that does not say its page may be on any. */
function onOnePage(a: PdfDict, b: PdfDict): boolean {
  const page = asRef(a.get('P'));
  const other = asRef(b.get('P'));
  return page === undefined || other === undefined || page.equals(other);
}

const isEmpty = ([left, bottom, right, top]: PdfRect): boolean => left === right || bottom === top;

/** Touching edges hide nothing. */
function overlap(a: PdfRect, b: PdfRect): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
