import {
  asArray,
  asDict,
  asInteger,
  asName,
  asNumber,
  asString,
  PdfDict,
  PdfRef,
  PdfStream,
  PdfString,
  textOf,
} from '#pdf';
import type { PdfObject } from '#pdf';
import { composedText } from '#pki';
import type { FormNode } from '../../document/form-fields';
import { docMdpOf } from '../../document/permissions';
import { differingKeys, sameObject } from '../../document/same-object';
import { shownText } from './appearance-text';
import { coveredFields } from './covered-fields';
import type { FormChange } from './form-rules';
import type { PlacePair, RevisionStep } from './step';

/** What a new signature field may say; no action, no script. */
const newFieldKeys = [
  'Type',
  'Subtype',
  'FT',
  'T',
  'TU',
  'TM',
  'Ff',
  'V',
  'Lock',
  'SV',
  'Rect',
  'F',
  'P',
  'AP',
  'MK',
  'DA',
  'DR',
  'Border',
  'BS',
  'M',
  'NM',
  'Q',
  'H',
];
const signedKeys = ['V', 'AP', 'M', 'F'];
const filledKeys = ['V', 'AP', 'AS', 'Ff', 'M', 'I'];
const readOnly = 1;
/** Paths by which a field or widget may be reached: in none of them do the keys that may change mean anything else. */
const fieldPath = /(?:^|\/)(?:Fields\[\]|Annots\[\]|Kids\[\]|Parent|Obj|\[\])$|:\[\]$/;

/** A field that the older revision had, and that the newer one writes otherwise (rules 13, 16, 18). */
export function judgeField(step: RevisionStep, form: FormChange, node: FormNode): void {
  const after = asDict(step.after.get(node.ref));
  if (!after) {
    step.refuse('CHANGE_FIELD_REMOVED', node.name);
    return;
  }
  step.justifyObject(node.ref.num, (edge) => fieldPath.test(edge));
  const pair: PlacePair = {
    before: { value: node.dict, container: node.ref.num, path: '' },
    after: { value: after, container: node.ref.num, path: '' },
  };
  if (step.permissions.isLocked(node.name)) step.refuse('CHANGE_FIELD_LOCKED', node.name);
  if (node.type === 'Sig') judgeSigning(step, form, node, pair);
  else judgeFilling(step, node, pair);
}

function judgeSigning(step: RevisionStep, form: FormChange, node: FormNode, pair: PlacePair): void {
  const owner = ownerOf(step, node);
  if (isSigned(step.before.resolve(owner.get('V')))) {
    step.refuse('CHANGE_SIGNED_FIELD', node.name);
    return;
  }
  step.onlyDiffer(pair, signedKeys, (key) => {
    step.refuse('CHANGE_FIELD_ALTERED', `${node.name} /${key}`);
  });
  const value = asDict(step.after.get(node.ref))?.get('V');
  if (node.isWidgetOnly) {
    if (!isSigned(step.after.resolve(asDict(step.after.resolve(node.dict.get('Parent')))?.get('V')))) {
      step.refuse('CHANGE_FIELD_ALTERED', node.name);
    }
  } else if (!(value instanceof PdfRef) || !isNew(step, value) || !isSigned(step.after.get(value))) {
    step.refuse('CHANGE_FIELD_ALTERED', node.name);
  }
  justifyAppearance(step, pair);
  form.approvedWidgets.add(node.ref.num);
  judgePermission(step, step.after.resolve(value), pair.after.value, node.name, 'existing');
}

function ownerOf(step: RevisionStep, node: FormNode): PdfDict {
  return (node.isWidgetOnly ? asDict(step.before.resolve(node.dict.get('Parent'))) : undefined) ?? node.dict;
}

const isSigned = (value: PdfObject | undefined): boolean =>
  value instanceof PdfDict && value.has('Contents') && value.has('ByteRange');

/** No object of the older revision has this number. A dangling reference to it is caught by the paths. */
function isNew(step: RevisionStep, ref: PdfRef): boolean {
  const entry = step.before.entryOf(ref.num);
  return entry === undefined || entry.kind === 'free';
}

/** Signing is filling a form; a document time-stamp without appearance is preservation. */
function judgePermission(
  step: RevisionStep,
  value: PdfObject,
  widget: PdfObject | undefined,
  where: string,
  origin: 'existing' | 'new',
): void {
  const visible = isVisible(step, widget);
  const isTimestamp = value instanceof PdfDict && asName(value.get('SubFilter')) === 'ETSI.RFC3161';
  if (isTimestamp && !visible) {
    step.raise('LTA_UPDATES');
    return;
  }
  step.raise('FORM_FILLING');
  // Rule 17: what others have signed is certified no more.
  if (value instanceof PdfDict && docMdpOf(step.after, value) !== undefined)
    step.refuse('CHANGE_CERTIFIED_DOCUMENT', where);
  const { docMdp } = step.permissions;
  if (docMdp === 1 || (docMdp === 2 && origin === 'new' && visible))
    step.refuse('CHANGE_CERTIFIED_DOCUMENT', where);
}

function isVisible(step: RevisionStep, widget: PdfObject | undefined): boolean {
  const rect = asArray(step.after.resolve(asDict(widget)?.get('Rect')));
  if (!rect) return false;
  const [left = 0, bottom = 0, right = 0, top = 0] = rect.items.map(
    (item) => asNumber(step.after.resolve(item)) ?? 0,
  );
  return left !== right && bottom !== top;
}

/** Goes through /AP to every appearance stream, so that writing these anew is justified. */
function justifyAppearance(step: RevisionStep, pair: PlacePair): void {
  const appearance = step.enter(pair, 'AP');
  for (const kind of ['N', 'R', 'D']) {
    const entry = step.enter(appearance, kind);
    if (entry.before.value instanceof PdfDict) {
      for (const state of entry.before.value.keys()) step.enter(entry, state);
    }
  }
}

/** Rule 12: what a form gains are signature fields of one widget each, with new numbers and new names. */
export function judgeNewSignatureField(step: RevisionStep, form: FormChange, entry: PdfObject): void {
  const dict = entry instanceof PdfRef && isNew(step, entry) ? asDict(step.after.get(entry)) : undefined;
  const nameText = asString(step.after.resolve(dict?.get('T')));
  const name = nameText ? textOf(nameText) : '';
  const where = name === '' && entry instanceof PdfRef ? String(entry.num) : name;
  if (
    !(entry instanceof PdfRef) ||
    !dict ||
    asName(dict.get('FT')) !== 'Sig' ||
    name === '' ||
    name.includes('.')
  ) {
    step.refuse('CHANGE_FIELD_ADDED', where);
    return;
  }
  const value = dict.get('V');
  const wrongKey = dict.keys().some((key) => !newFieldKeys.includes(key));
  const taken = form.before.some((node) => node.name === name || node.name.startsWith(`${name}.`));
  const wrongValue =
    value !== undefined &&
    !(value instanceof PdfRef && isNew(step, value) && isSigned(step.after.get(value)));
  // Nobody answers for what an unsigned field shows: it would be an annotation laid over the page.
  const showsUnsigned = value === undefined && (dict.has('AP') || dict.has('MK'));
  if (wrongKey || taken || wrongValue || showsUnsigned) step.refuse('CHANGE_FIELD_ADDED', where);
  const isLocked = (fieldName: string): boolean => step.permissions.isLocked(fieldName);
  if (isLocked(name)) step.refuse('CHANGE_FIELD_LOCKED', name);
  for (const covered of coveredFields(step.after, dict, form.before, isLocked))
    step.refuse('CHANGE_FIELD_LOCKED', covered);
  form.approvedWidgets.add(entry.num);
  judgePermission(step, step.after.resolve(value), dict, where, 'new');
}

function judgeFilling(step: RevisionStep, node: FormNode, pair: PlacePair): void {
  // No signature can lock a field without a name.
  if (node.name === '') step.refuse('CHANGE_FIELD_ALTERED', String(node.ref.num));
  if ((node.flags & readOnly) !== 0) step.refuse('CHANGE_FIELD_READ_ONLY', node.name);
  if (step.permissions.docMdp === 1) step.refuse('CHANGE_CERTIFIED_DOCUMENT', node.name);
  const differing = step.onlyDiffer(pair, node.type === undefined ? [] : filledKeys, (key) => {
    step.refuse('CHANGE_FIELD_ALTERED', `${node.name} /${key}`);
  });
  const flags = step.enter(pair, 'Ff');
  const flagsBefore = asInteger(flags.before.value) ?? 0;
  const flagsAfter = asInteger(flags.after.value) ?? 0;
  if ((flagsAfter & ~readOnly) !== (flagsBefore & ~readOnly))
    step.refuse('CHANGE_FIELD_ALTERED', `${node.name} /Ff`);
  step.enter(pair, 'V');
  justifyAppearance(step, pair);
  step.raise('FORM_FILLING');
  if (node.type === 'Btn') judgeButton(step, node, pair);
  else if (differing.some((key) => key === 'V' || key === 'AP')) judgeShownValue(step, node);
}

/** A button changes its state among the appearances it already had. */
function judgeButton(step: RevisionStep, node: FormNode, pair: PlacePair): void {
  const appearance = step.enter(pair, 'AP');
  if (!sameObject(appearance.before.value, appearance.after.value))
    step.refuse('CHANGE_FIELD_APPEARANCE_DIFFERS', node.name);
}

/** Rule 18 (replace-shadow): what a text or choice field shows is its value. */
function judgeShownValue(step: RevisionStep, node: FormNode): void {
  const dict = asDict(step.after.get(node.ref));
  const owner = (node.isWidgetOnly ? asDict(step.after.resolve(dict?.get('Parent'))) : undefined) ?? dict;
  const value = step.after.resolve(owner?.get('V'));
  const expected = value instanceof PdfString ? textOf(value) : undefined;
  if (value !== null && expected === undefined) {
    step.refuse('CHANGE_FIELD_ALTERED', node.name);
    return;
  }
  const kids = asArray(step.after.resolve(dict?.get('Kids')))?.items.map((kid) =>
    asDict(step.after.resolve(kid)),
  ) ?? [dict];
  for (const widget of kids) {
    const appearance = asDict(step.after.resolve(widget?.get('AP')));
    const normal = step.after.resolve(appearance?.get('N'));
    const shown = normal instanceof PdfStream ? shownText(step.after, normal) : '';
    if (shown === undefined || letters(shown) !== letters(expected ?? '')) {
      step.refuse('CHANGE_FIELD_APPEARANCE_DIFFERS', node.name);
    }
  }
  if (dict && differingKeys(node.dict, dict).length === 0)
    step.refuse('CHANGE_FIELD_APPEARANCE_DIFFERS', node.name);
}

/** Spaces may be made by moving the pen, and letters may be composed or not. */
const letters = (text: string): string => composedText(text).replace(/\s+/gu, '');
