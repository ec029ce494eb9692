import { damaged, PdfError } from '../errors';
import { asArray, asDict, asInteger, asName, asString, PdfRef } from '../model/objects';
import type { PdfDict, PdfObject } from '../model/objects';
import { textOf } from '../model/text-string';
import type { PdfView } from '../read/view';

/** Which fields a lock or a FieldMDP transform freezes (ISO 32000-1 §12.7.4.5, §12.8.2.4). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
  /** In a SigFieldLock of PDF 2.0: the permission that signing the field leaves. */
  readonly permission?: 1 | 2 | 3;
}

export interface SignatureField {
  /** Full name, parts joined by dots (ISO 32000-1 §12.7.3.2). */
  readonly name: string;
  readonly ref: PdfRef;
  readonly signed: boolean;
  /** /Type of the signature dictionary: `DocTimeStamp` for a document time-stamp. */
  readonly type?: string;
  readonly subFilter?: string;
  /** Present when the signature certifies the document. */
  readonly docMdp?: 1 | 2 | 3;
  readonly fieldMdp?: FieldLock;
  /** What signing this field locks. */
  readonly lock?: FieldLock;
}

/** A terminal or inner field met on a walk of the form. */
export interface FormField {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly name: string;
  /** /FT, inherited: `Sig`, `Tx`, `Btn`, `Ch`. */
  readonly type: string | undefined;
  /** Whether it has no child fields (widgets do not count). */
  readonly terminal: boolean;
}

/** Every field of the form, parents first; a field met twice is refused, so that the walk ends. */
export function* formFields(view: PdfView): Generator<FormField> {
  const form = asDict(view.lookup(view.catalog(), 'AcroForm'));
  const roots = form === undefined ? undefined : asArray(view.lookup(form, 'Fields'));
  const seen = new Set<number>();
  interface Waiting {
    readonly object: PdfObject;
    readonly prefix: string;
    readonly type: string | undefined;
    readonly depth: number;
  }
  const waiting: Waiting[] = [...(roots?.items ?? [])]
    .reverse()
    .map((object) => ({ object, prefix: '', type: undefined, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { object, prefix, depth } = next;
    if (!(object instanceof PdfRef)) throw damaged('a form field is not an indirect object');
    if (seen.has(object.num)) throw damaged('the form holds a field twice', { num: object.num });
    if (seen.size >= view.limits.maxNodes || depth > view.limits.maxDepth) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'the form has too many fields', {
        detail: { maxNodes: view.limits.maxNodes },
      });
    }
    seen.add(object.num);
    const dict = asDict(view.get(object));
    // Freed fields that the form still names are met in real files; there is nothing to find in them.
    if (dict === undefined) continue;
    const partial = asString(view.lookup(dict, 'T'));
    const own = partial === undefined ? undefined : textOf(partial);
    const name = own === undefined ? prefix : prefix === '' ? own : `${prefix}.${own}`;
    const type = asName(view.lookup(dict, 'FT')) ?? next.type;
    const kids = asArray(view.lookup(dict, 'Kids'))?.items ?? [];
    const children = kids.filter((kid) => asDict(view.resolve(kid))?.has('T') === true);
    yield { ref: object, dict, name, type, terminal: children.length === 0 };
    for (const kid of [...children].reverse())
      waiting.push({ object: kid, prefix: name, type, depth: depth + 1 });
  }
}

/** The form's signature fields, signed or not. */
export function signatureFields(view: PdfView): SignatureField[] {
  const found: SignatureField[] = [];
  for (const field of formFields(view)) {
    if (field.type === 'Sig' && field.terminal) found.push(signatureField(view, field));
  }
  return found;
}

function signatureField(view: PdfView, { ref, dict, name }: FormField): SignatureField {
  const value = asDict(view.lookup(dict, 'V'));
  const lock = fieldLock(view, asDict(view.lookup(dict, 'Lock')));
  const base = { name, ref, signed: value !== undefined, ...(lock && { lock }) };
  if (value === undefined) return base;
  const type = asName(view.lookup(value, 'Type'));
  const subFilter = asName(view.lookup(value, 'SubFilter'));
  let docMdp: 1 | 2 | 3 | undefined;
  let fieldMdp: FieldLock | undefined;
  for (const item of asArray(view.lookup(value, 'Reference'))?.items ?? []) {
    const reference = asDict(view.resolve(item));
    if (reference === undefined) continue;
    const method = asName(view.lookup(reference, 'TransformMethod'));
    const parameters = asDict(view.lookup(reference, 'TransformParams'));
    // ISO 32000-1 table 254: the permission is 2 where it is not given.
    if (method === 'DocMDP') docMdp = permission(view, parameters) ?? 2;
    if (method === 'FieldMDP') fieldMdp = fieldLock(view, parameters);
  }
  return {
    ...base,
    ...(type !== undefined && { type }),
    ...(subFilter !== undefined && { subFilter }),
    ...(docMdp !== undefined && { docMdp }),
    ...(fieldMdp !== undefined && { fieldMdp }),
  };
}

function permission(view: PdfView, parameters: PdfDict | undefined): 1 | 2 | 3 | undefined {
  const value = parameters === undefined ? undefined : asInteger(view.lookup(parameters, 'P'));
  return value === 1 || value === 2 || value === 3 ? value : undefined;
}

function fieldLock(view: PdfView, parameters: PdfDict | undefined): FieldLock | undefined {
  if (parameters === undefined) return undefined;
  const action = asName(view.lookup(parameters, 'Action'));
  // Only a lock dictionary may go without an action, and then freezes nothing by name; the strictest reading is All.
  const known = action === 'Include' || action === 'Exclude' ? action : 'All';
  const fields = (asArray(view.lookup(parameters, 'Fields'))?.items ?? [])
    .map((item) => asString(view.resolve(item)))
    .filter((item) => item !== undefined)
    .map(textOf);
  const allowed = permission(view, parameters);
  return { action: known, fields, ...(allowed !== undefined && { permission: allowed }) };
}
