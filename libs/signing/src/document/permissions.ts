import { asArray, asDict, asInteger, asName, asString, textOf } from '#pdf';
import type { PdfDict, PdfView } from '#pdf';
import type { SignedField } from './form-fields';

/** What the signatures in force allow and lock. */
export interface Permissions {
  /** DocMDP permission of the certification signature (ISO 32000-1 table 254). */
  readonly docMdp: 1 | 2 | 3 | undefined;
  isLocked(fieldName: string): boolean;
}

interface LockRule {
  readonly action: string;
  readonly names: ReadonlySet<string>;
}

/** The DocMDP level of a signature dictionary; undefined for an approval signature. */
export function docMdpOf(view: PdfView, signature: PdfDict): 1 | 2 | 3 | undefined {
  for (const params of transformParams(view, signature, 'DocMDP')) {
    const level = asInteger(view.resolve(params?.get('P'))) ?? 2;
    // An unknown level is read as the tightest.
    return level === 2 || level === 3 ? level : 1;
  }
  return undefined;
}

/** Locks and permissions of all signatures in a view (FieldMDP, SigFieldLock of signed fields, DocMDP). */
export function permissionsOf(view: PdfView, signed: readonly SignedField[]): Permissions {
  const rules: LockRule[] = [];
  let docMdp: 1 | 2 | 3 | undefined;
  const tighten = (level: 1 | 2 | 3 | undefined): void => {
    if (level !== undefined && (docMdp === undefined || level < docMdp)) docMdp = level;
  };
  for (const { node, value } of signed) {
    tighten(docMdpOf(view, value));
    for (const params of transformParams(view, value, 'FieldMDP')) rules.push(lockRule(view, params));
    const lock = asDict(view.resolve(node.dict.get('Lock')));
    if (!lock) continue;
    rules.push(lockRule(view, lock));
    const level = asInteger(view.resolve(lock.get('P')));
    if (level === 1 || level === 2 || level === 3) tighten(level);
  }
  return { docMdp, isLocked: (name) => rules.some((rule) => locks(rule, name)) };
}

function transformParams(
  view: PdfView,
  signature: PdfDict,
  method: string,
): readonly (PdfDict | undefined)[] {
  const references = asArray(view.resolve(signature.get('Reference')))?.items ?? [];
  return references.flatMap((entry) => {
    const reference = asDict(view.resolve(entry));
    if (asName(view.resolve(reference?.get('TransformMethod'))) !== method) return [];
    return [asDict(view.resolve(reference?.get('TransformParams')))];
  });
}

function lockRule(view: PdfView, params: PdfDict | undefined): LockRule {
  const names = (asArray(view.resolve(params?.get('Fields')))?.items ?? []).flatMap((entry) => {
    const text = asString(view.resolve(entry));
    return text ? [textOf(text)] : [];
  });
  return { action: asName(view.resolve(params?.get('Action'))) ?? 'All', names: new Set(names) };
}

/** A name in the list stands for the field and everything below it (ISO 32000-1 table 255). */
function locks(rule: LockRule, fieldName: string): boolean {
  let listed = rule.names.has(fieldName);
  for (let dot = fieldName.indexOf('.'); dot >= 0 && !listed; dot = fieldName.indexOf('.', dot + 1))
    listed = rule.names.has(fieldName.slice(0, dot));
  if (rule.action === 'Include') return listed;
  if (rule.action === 'Exclude') return !listed;
  return true;
}
