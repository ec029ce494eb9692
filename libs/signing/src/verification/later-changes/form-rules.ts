import { asArray, asDict, asInteger, PdfArray, PdfDict, PdfRef } from '#pdf';
import type { PdfObject } from '#pdf';
import type { FormNode } from '../../document/form-fields';
import { sameObject } from '../../document/same-object';
import { judgeField, judgeNewSignatureField } from './field-rules';
import type { PlacePair, RevisionStep } from './step';

/** The interactive form before and after, and the widgets that pages may gain by it. */
export interface FormChange {
  readonly before: readonly FormNode[];
  readonly after: readonly FormNode[];
  /** Object numbers, filled while the form is judged. */
  readonly approvedWidgets: Set<number>;
}

const formKeys = ['Fields', 'SigFlags', 'DR', 'DA'];

/** Rule 12 and the form dictionary around it. */
export function judgeForm(step: RevisionStep, pair: PlacePair, form: FormChange): void {
  const before = asDict(pair.before.value);
  const after = asDict(pair.after.value);
  if (!after) {
    if (before) step.refuse('CHANGE_FORM', '/AcroForm');
    return;
  }
  step.onlyDiffer(pair, formKeys, (key) => {
    step.refuse('CHANGE_FORM', `/AcroForm/${key}`);
  });
  judgeFormDefaults(step, pair, before);
  const oldFlags = asInteger(before?.get('SigFlags')) ?? 0;
  if (((asInteger(after.get('SigFlags')) ?? 0) & oldFlags) !== oldFlags)
    step.refuse('CHANGE_FORM', '/AcroForm/SigFlags');

  const fields = step.enter(pair, 'Fields');
  const added = judgeFieldList(step, asArray(fields.before.value), asArray(fields.after.value));
  for (const entry of added) judgeNewSignatureField(step, form, entry);
  for (const node of form.before) if (step.changed.has(node.ref.num)) judgeField(step, form, node);
}

/** Default resources may gain entries; the default appearance may only be set where there was none. */
function judgeFormDefaults(step: RevisionStep, pair: PlacePair, before: PdfDict | undefined): void {
  const appearance = step.enter(pair, 'DA');
  if (appearance.before.value !== undefined && !sameObject(appearance.before.value, appearance.after.value)) {
    step.refuse('CHANGE_FORM', '/AcroForm/DA');
  }
  const resources = step.enter(pair, 'DR');
  if (before === undefined || sameObject(resources.before.value, resources.after.value)) return;
  const kinds = asDict(resources.before.value) ?? new PdfDict();
  for (const kind of kinds.keys()) {
    const entries = step.enter(resources, kind);
    if (!contains(entries.after.value, entries.before.value))
      step.refuse('CHANGE_FORM', `/AcroForm/DR/${kind}`);
  }
}

function contains(whole: PdfObject | undefined, part: PdfObject | undefined): boolean {
  if (whole instanceof PdfDict && part instanceof PdfDict) {
    return part.keys().every((key) => sameObject(whole.get(key), part.get(key)));
  }
  if (whole instanceof PdfArray && part instanceof PdfArray) {
    return part.items.every((item) => whole.items.some((other) => sameObject(item, other)));
  }
  return sameObject(whole, part);
}

/** The entries that the list of fields has gained; none may be gone or come twice. */
function judgeFieldList(
  step: RevisionStep,
  before: PdfArray | undefined,
  after: PdfArray | undefined,
): readonly PdfObject[] {
  const added = [...(after?.items ?? [])];
  for (const item of before?.items ?? []) {
    const at = added.findIndex((other) => sameObject(item, other));
    if (at < 0) step.refuse('CHANGE_FIELD_REMOVED', item instanceof PdfRef ? String(item.num) : '/Fields');
    else added.splice(at, 1);
  }
  return added;
}
