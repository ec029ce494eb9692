import { asArray, asDict, asName, PdfArray, PdfDict, PdfRef } from '#pdf';
import type { PdfObject } from '#pdf';
import { sameObject } from '../../document/same-object';
import type { FormChange } from './form-rules';
import type { RevisionStep } from './step';

/** Mark-up annotations that a document certified with permission 3 may gain. */
const markup = [
  'Text',
  'FreeText',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Ink',
  'Line',
  'Square',
  'Circle',
  'Popup',
];

/**
 * Rule 14: pages stay as they are; /Annots may gain the widgets of approved fields only.
 * @param references edges to each changed object of the older revision
 */
export function judgePages(
  step: RevisionStep,
  form: FormChange,
  references: ReadonlyMap<number, readonly string[]>,
): void {
  for (const num of step.changed) {
    const before = step.before.get(new PdfRef(num, generationOf(step, num)));
    if (isPage(before)) judgePage(step, form, num, before);
    else if (before instanceof PdfArray) judgeAnnotationArray(step, form, num, references.get(num) ?? []);
  }
}

function generationOf(step: RevisionStep, num: number): number {
  const entry = step.before.entryOf(num);
  return entry?.kind === 'offset' ? entry.gen : 0;
}

function isPage(object: PdfObject): object is PdfDict {
  return object instanceof PdfDict && asName(object.get('Type')) === 'Page';
}

function judgePage(step: RevisionStep, form: FormChange, num: number, before: PdfDict): void {
  const after = asDict(step.after.get(new PdfRef(num, generationOf(step, num))));
  const pair = {
    before: { value: before, container: num, path: '' },
    after: { value: after, container: num, path: '' },
  };
  step.onlyDiffer(pair, ['Annots'], (key) => {
    step.refuse('CHANGE_PAGE', `${num} /${key}`);
  });
  // Nothing but /Annots differs, and no other role of a dictionary reads that key.
  step.justifyObject(num, () => true);
  const annots = step.enter(pair, 'Annots');
  judgeAnnotations(step, form, annots.before.value, annots.after.value, num);
}

/** An indirect /Annots array may change while its page does not. */
function judgeAnnotationArray(
  step: RevisionStep,
  form: FormChange,
  num: number,
  edges: readonly string[],
): void {
  const pageOf = (edge: string): number => Number(/^(\d+):\/Annots$/.exec(edge)?.[1] ?? 0);
  const ofPages = edges.every((edge) => {
    const page = pageOf(edge);
    return page > 0 && isPage(step.before.get(new PdfRef(page, generationOf(step, page))));
  });
  if (!ofPages || edges.length === 0) return;
  step.justifyObject(num, () => true);
  const ref = new PdfRef(num, generationOf(step, num));
  judgeAnnotations(step, form, step.before.get(ref), step.after.get(ref), num);
}

function judgeAnnotations(
  step: RevisionStep,
  form: FormChange,
  beforeValue: PdfObject | undefined,
  afterValue: PdfObject | undefined,
  num: number,
): void {
  const before = asArray(beforeValue)?.items ?? [];
  const after = asArray(afterValue)?.items ?? [];
  const added = [...after];
  for (const item of before) {
    const at = added.findIndex((other) => sameObject(item, other));
    if (at < 0) step.refuse('CHANGE_ANNOTATION_REMOVED', String(num));
    else added.splice(at, 1);
  }
  // The order of annotations is the order of painting: what lay below must not come to lie above.
  const kept = after.filter((item) => !added.includes(item));
  if (kept.length === before.length && !before.every((item, i) => sameObject(item, kept[i])))
    step.refuse('CHANGE_ANNOTATION_REMOVED', `${num} order`);
  for (const item of added) {
    if (item instanceof PdfRef && form.approvedWidgets.has(item.num)) continue;
    if (step.permissions.docMdp === 3 && isNewMarkup(step, item)) step.raise('ANNOTATIONS');
    else step.refuse('CHANGE_ANNOTATION_ADDED', String(num));
  }
}

function isNewMarkup(step: RevisionStep, item: PdfObject): boolean {
  if (!(item instanceof PdfRef) || step.before.entryOf(item.num) !== undefined) return false;
  const annotation = asDict(step.after.get(item));
  return (
    annotation !== undefined &&
    markup.includes(asName(annotation.get('Subtype')) ?? '') &&
    !annotation.has('A') &&
    !annotation.has('AA')
  );
}
