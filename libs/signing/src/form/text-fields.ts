import {
  appearance,
  asArray,
  asDict,
  asNumber,
  dict,
  embedFont,
  name,
  PdfString,
  textAppearance,
  textString,
} from '#pdf';
import type { IncrementalWriter, PdfObject, PdfPage, PdfRef, Rgb, PdfDict } from '#pdf';
import type { Rect } from '../signature-options';
import { SigningError } from '../signing-error';
import { formNodes, signedFields } from '../document/form-fields';
import { permissionsOf } from '../document/permissions';
import { addToForm, addToPage } from './interactive-form';
import { pageAt, rectOnPage, sizeAsRead } from './place-on-page';

/** A line of text as it stands in a field. */
export interface FieldContent {
  readonly text: string;
  readonly fontTtf: Uint8Array;
  /** Points; smaller where the text would not fit. Default 13 (Decree 30/2020 App. I). */
  readonly fontSize?: number;
  readonly color?: Rgb;
}

export interface NewTextField {
  readonly name: string;
  /** What it is for, shown by viewers. */
  readonly label: string;
  readonly page: number;
  readonly rect: Rect;
  /** Filled and read-only at once, where given. */
  readonly content?: FieldContent;
}

const print = 4;
const readOnly = 1;
const ascii = (text: string): PdfString => new PdfString(new TextEncoder().encode(text));

/** Adds text fields to a document that nobody has signed. @throws SigningError FIELD_NAME_TAKEN, RECTANGLE_OFF_PAGE */
export async function addTextFields(
  writer: IncrementalWriter,
  fields: readonly NewTextField[],
): Promise<void> {
  const taken = new Set(formNodes(writer.view).map((node) => node.name));
  const added: { ref: PdfRef; page: PdfPage }[] = [];
  for (const field of fields) {
    if (taken.has(field.name)) throw new SigningError('FIELD_NAME_TAKEN', field.name);
    const page = pageAt(writer.view, field.page);
    const widget = dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Tx'),
      T: textString(field.name),
      TU: textString(field.label),
      F: print,
      P: page.ref,
      Rect: rectOnPage(page, field.rect),
      DA: ascii('/Helv 0 Tf 0 g'),
      AP: dict({ N: appearance(writer, field.rect, []) }),
    });
    const filled = field.content ? await filledField(writer, widget, field.content, page.rotate) : widget;
    added.push({ ref: writer.add(filled), page });
  }
  const refs = added.map(({ ref }) => ref);
  addToForm(writer, refs, { ...defaultResources(writer), NeedAppearances: false });
  for (const { ref, page } of added) addToPage(writer, page.ref, [ref]);
}

/** The font that empty fields name; what is filled in brings its own. */
function defaultResources(writer: IncrementalWriter): { readonly DR: PdfDict; readonly DA: PdfString } {
  const form = asDict(writer.resolve(writer.catalog().get('AcroForm')));
  const resources = asDict(writer.resolve(form?.get('DR'))) ?? dict({});
  const fonts = asDict(writer.resolve(resources.get('Font'))) ?? dict({});
  const helvetica = dict({
    Type: name('Font'),
    Subtype: name('Type1'),
    BaseFont: name('Helvetica'),
    Encoding: name('WinAnsiEncoding'),
  });
  const known = fonts.has('Helv') ? fonts : fonts.with({ Helv: writer.add(helvetica) });
  return { DR: resources.with({ Font: known }), DA: ascii('/Helv 0 Tf 0 g') };
}

/** Fills fields of one widget each and makes them read-only. @throws SigningError FIELD_NOT_FOUND, FIELD_LOCKED */
export async function fillTextFields(
  writer: IncrementalWriter,
  contents: Readonly<Record<string, FieldContent>>,
): Promise<void> {
  const nodes = formNodes(writer.view);
  const permissions = permissionsOf(writer.view, signedFields(writer.view, nodes));
  for (const [fieldName, content] of Object.entries(contents)) {
    const node = nodes.find(
      (candidate) => candidate.name === fieldName && candidate.type === 'Tx' && !candidate.hasKids,
    );
    if (!node) throw new SigningError('FIELD_NOT_FOUND', fieldName);
    if (permissions.isLocked(fieldName) || permissions.docMdp === 1 || (node.flags & readOnly) !== 0) {
      throw new SigningError('FIELD_LOCKED', fieldName);
    }
    writer.put(node.ref, await filledField(writer, node.dict, content, rotationOf(writer, node.dict)));
  }
}

async function filledField(
  writer: IncrementalWriter,
  field: PdfDict,
  content: FieldContent,
  pageRotation: 0 | 90 | 180 | 270,
): Promise<PdfDict> {
  const text = content.text.normalize('NFC');
  const font = await embedFont(writer, content.fontTtf, text);
  const look = textAppearance(writer, sizeAsRead(sizeOf(writer, field), pageRotation), {
    lines: [text],
    font,
    size: 'fit',
    maxSize: content.fontSize ?? 13,
    align: 'center',
    verticalAlign: 'middle',
    ...(content.color ? { color: content.color } : {}),
  });
  return field.with({ V: textString(text), AP: dict({ N: look }), Ff: readOnly });
}

function sizeOf(
  writer: IncrementalWriter,
  field: PdfDict,
): { readonly width: number; readonly height: number } {
  const [left = 0, bottom = 0, right = 0, top = 0] = (
    asArray(writer.resolve(field.get('Rect')))?.items ?? []
  ).map((item: PdfObject) => asNumber(writer.resolve(item)) ?? 0);
  return { width: Math.abs(right - left), height: Math.abs(top - bottom) };
}

/** /Rotate of the page that a field of ours names by /P. */
function rotationOf(writer: IncrementalWriter, field: PdfDict): 0 | 90 | 180 | 270 {
  const pageRef = field.get('P');
  for (const page of writer.view.pages()) if (page.ref.equals(pageRef)) return page.rotate;
  return 0;
}
