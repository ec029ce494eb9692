import { array, asArray, asDict, asNumber, asRef, dict, name, textString } from '#pdf';
import type { IncrementalWriter, PdfDict, PdfObject, PdfRef } from '#pdf';
import type { FieldLock, SignaturePlacement } from '../signature-options';
import { SigningError } from '../signing-error';
import { formNodes, signedFields } from '../document/form-fields';
import type { FormNode } from '../document/form-fields';
import { permissionsOf } from '../document/permissions';
import { drawSignature } from './field-appearance';
import { addToForm, addToPage, markSigned } from './interactive-form';
import { pageAt, rectOnPage, sizeAsRead } from './place-on-page';

/** Print, and do not let a viewer move it (ISO 32000-1 table 165). */
const printLocked = 132;

/** Gives a signature value its field: fills an empty one of that name, or creates one. */
export async function attachSignature(
  writer: IncrementalWriter,
  placement: SignaturePlacement,
  value: PdfRef,
): Promise<void> {
  const { fieldName } = placement;
  if (fieldName === '' || fieldName.includes('.'))
    throw new SigningError('FIELD_NAME_INVALID', JSON.stringify(fieldName));
  const nodes = formNodes(writer.view);
  const permissions = permissionsOf(writer.view, signedFields(writer.view, nodes));
  if (permissions.docMdp === 1 || permissions.isLocked(fieldName))
    throw new SigningError('FIELD_LOCKED', fieldName);
  const existing = nodes.find((node) => node.name === fieldName && !node.isWidgetOnly);
  if (existing) await fill(writer, existing, placement, value);
  else await create(writer, placement, value);
  markSigned(writer);
}

async function fill(
  writer: IncrementalWriter,
  node: FormNode,
  placement: SignaturePlacement,
  value: PdfRef,
): Promise<void> {
  if (node.type !== 'Sig') throw new SigningError('FIELD_NAME_TAKEN', node.name);
  if (writer.resolve(node.dict.get('V')) !== null) throw new SigningError('FIELD_ALREADY_SIGNED', node.name);
  const kid = asRef(asArray(writer.resolve(node.dict.get('Kids')))?.get(0));
  const widgetRef = kid ?? node.ref;
  const widget = asDict(writer.get(widgetRef)) ?? node.dict;
  const look = await appearanceFor(writer, widget, placement);
  const appearance = look && { AP: dict({ N: look }) };
  if (kid) {
    writer.put(node.ref, node.dict.with({ V: value }));
    if (appearance) writer.put(kid, widget.with(appearance));
  } else writer.put(node.ref, node.dict.with({ V: value, ...appearance }));
}

async function appearanceFor(
  writer: IncrementalWriter,
  widget: PdfDict,
  placement: SignaturePlacement,
): Promise<PdfRef | undefined> {
  const [left = 0, bottom = 0, right = 0, top = 0] = (
    asArray(writer.resolve(widget.get('Rect')))?.items ?? []
  ).map((item: PdfObject) => asNumber(writer.resolve(item)) ?? 0);
  const size = { width: Math.abs(right - left), height: Math.abs(top - bottom) };
  if (size.width === 0 || size.height === 0) return undefined;
  const page = asRef(widget.get('P'));
  let pageRotation: 0 | 90 | 180 | 270 = 0;
  if (page)
    for (const candidate of writer.view.pages())
      if (candidate.ref.equals(page)) pageRotation = candidate.rotate;
  return drawSignature(writer, sizeAsRead(size, pageRotation), placement.appearance);
}

async function create(
  writer: IncrementalWriter,
  placement: SignaturePlacement,
  value: PdfRef,
): Promise<void> {
  const page = pageAt(writer.view, placement.page ?? 0);
  const { rect } = placement;
  const look = rect && (await drawSignature(writer, sizeAsRead(rect, page.rotate), placement.appearance));
  const field = writer.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(placement.fieldName),
      F: printLocked,
      P: page.ref,
      Rect: rect && placement.appearance.kind !== 'invisible' ? rectOnPage(page, rect) : array([0, 0, 0, 0]),
      AP: look && dict({ N: look }),
      Lock: placement.fieldMdp && fieldLock('SigFieldLock', placement.fieldMdp),
      V: value,
    }),
  );
  addToForm(writer, [field]);
  addToPage(writer, page.ref, [field]);
}

/** SigFieldLock and the parameters of FieldMDP share their form (ISO 32000-1 tables 233 and 256). */
export function fieldLock(type: 'SigFieldLock' | 'TransformParams', lock: FieldLock): PdfDict {
  return dict({
    Type: name(type),
    Action: name(lock.action),
    Fields: lock.action === 'All' ? undefined : array(lock.fields.map((field) => textString(field))),
    V: type === 'TransformParams' ? name('1.2') : undefined,
  });
}
