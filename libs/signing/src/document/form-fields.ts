import { asArray, asDict, asInteger, asName, asRef, asString, textOf } from '#pdf';
import type { PdfDict, PdfObject, PdfView, PdfRef } from '#pdf';

/** A form field or one of its widgets, as reached through the field tree. */
export interface FormNode {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** Fully qualified name (ISO 32000-1 §12.7.3.2); a widget without /T bears its field's. */
  readonly name: string;
  /** /FT, own or inherited: Tx, Btn, Ch, Sig. */
  readonly type: string | undefined;
  /** /Ff, own or inherited. */
  readonly flags: number;
  /** Whether it has no /T of its own: a widget of the field above. */
  readonly isWidgetOnly: boolean;
  readonly hasKids: boolean;
}

const maxNodes = 50_000;

/** Every node of the interactive form in this view, in order; a node is visited once. */
export function formNodes(view: PdfView): readonly FormNode[] {
  const form = asDict(view.resolve(view.catalog().get('AcroForm')));
  const nodes: FormNode[] = [];
  const seen = new Set<number>();
  const visit = (entry: PdfObject | undefined, parent: FormNode | undefined, depth: number): void => {
    const ref = asRef(entry);
    if (!ref || seen.has(ref.num) || depth > 32 || nodes.length >= maxNodes) return;
    seen.add(ref.num);
    const dict = asDict(view.get(ref));
    if (!dict) return;
    const own = asString(view.resolve(dict.get('T')));
    const kids = asArray(view.resolve(dict.get('Kids')));
    const node: FormNode = {
      ref,
      dict,
      name: [parent?.name, own && textOf(own)].filter((part) => part !== undefined && part !== '').join('.'),
      type: asName(view.resolve(dict.get('FT'))) ?? parent?.type,
      flags: asInteger(view.resolve(dict.get('Ff'))) ?? parent?.flags ?? 0,
      isWidgetOnly: own === undefined,
      hasKids: kids !== undefined,
    };
    nodes.push(node);
    for (const kid of kids?.items ?? []) visit(kid, node, depth + 1);
  };
  for (const entry of asArray(view.resolve(form?.get('Fields')))?.items ?? []) visit(entry, undefined, 0);
  return nodes;
}

/** A signed signature field in one view. */
export interface SignedField {
  readonly node: FormNode;
  /** Reference to the signature dictionary, or undefined where /V is written into the field. */
  readonly valueRef: PdfRef | undefined;
  readonly value: PdfDict;
}

export function signedFields(
  view: PdfView,
  nodes: readonly FormNode[] = formNodes(view),
): readonly SignedField[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'Sig' || node.isWidgetOnly) return [];
    const entry = node.dict.get('V');
    const value = asDict(view.resolve(entry));
    return value ? [{ node, valueRef: asRef(entry), value }] : [];
  });
}
