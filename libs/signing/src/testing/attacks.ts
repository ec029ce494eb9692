import {
  array,
  asArray,
  asDict,
  asRef,
  dict,
  embedFont,
  IncrementalWriter,
  name,
  openPdf,
  PdfStream,
  textAppearance,
  textString,
} from '#pdf';
import type { PdfObject, PdfRef, PdfDict } from '#pdf';
import { formNodes } from '../document/form-fields';
import type { FormNode } from '../document/form-fields';

/** A twin of a signed file that a verifier must refuse; the signed bytes themselves stay as they are. */
export type Attack = (signed: Uint8Array) => Promise<Uint8Array>;

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const content = (text: string): PdfStream => new PdfStream(dict({}), latin1(text));

/** Appends one honest-looking revision made by `change`. */
export function revise(
  pdf: Uint8Array,
  change: (writer: IncrementalWriter) => Promise<void> | void,
): Promise<Uint8Array> {
  const writer = new IncrementalWriter(openPdf(pdf));
  return Promise.resolve(change(writer)).then(() => writer.finish());
}

function fieldNamed(writer: IncrementalWriter, fieldName: string): FormNode {
  const node = formNodes(writer.view).find((candidate) => candidate.name === fieldName);
  if (!node) throw new Error(`no field ${fieldName}`);
  return node;
}

/** The number (or another text field) changed after the seal, value and appearance alike. */
export function fieldRefilled(fieldName: string, text: string, fontTtf: Uint8Array): Attack {
  return (signed) =>
    revise(signed, async (writer) => {
      const node = fieldNamed(writer, fieldName);
      const font = await embedFont(writer, fontTtf, text);
      const look = textAppearance(writer, { width: 200, height: 22 }, { lines: [text], font, size: 13 });
      writer.put(node.ref, node.dict.with({ V: textString(text), AP: dict({ N: look }) }));
    });
}

/** Replace-shadow: what the field shows changes, its value does not. */
export function appearanceRefilled(fieldName: string, text: string, fontTtf: Uint8Array): Attack {
  return (signed) =>
    revise(signed, async (writer) => {
      const node = fieldNamed(writer, fieldName);
      const font = await embedFont(writer, fontTtf, text);
      const look = textAppearance(writer, { width: 200, height: 22 }, { lines: [text], font, size: 13 });
      writer.put(node.ref, node.dict.with({ AP: dict({ N: look }) }));
    });
}

/** The page object of page 1 overridden by one with other content. */
export const pageSwapped: Attack = (signed) =>
  revise(signed, (writer) => {
    const page = writer.view.page(0);
    const other = writer.add(content('BT /F1 20 Tf 85 600 Td (Pay 1,000,000 to the bearer.) Tj ET'));
    writer.put(page.ref, page.dict.with({ Contents: other }));
  });

/** The content stream of page 1 overridden in its place, while the page object stays. */
export const contentReplaced: Attack = (signed) =>
  revise(signed, (writer) => {
    const { dict: page } = writer.view.page(0);
    const entry = page.get('Contents');
    const ref = asRef(asArray(writer.resolve(entry))?.get(0)) ?? asRef(entry);
    if (!ref) throw new Error('page 1 has no content of its own');
    writer.put(ref, content('BT 85 600 Td (replaced) Tj ET'));
  });

/** A new page tree under the catalog. */
export const pageTreeSwapped: Attack = (signed) =>
  revise(signed, (writer) => {
    const page = writer.view.page(0);
    const tree = writer.allocate();
    const copy = writer.add(page.dict.with({ Parent: tree }));
    writer.put(tree, dict({ Type: name('Pages'), Kids: array([copy]), Count: 1 }));
    writer.put(writer.view.catalogRef(), writer.catalog().with({ Pages: tree }));
  });

function addAnnotation(writer: IncrementalWriter, annotation: PdfDict): PdfRef {
  const page = writer.view.page(0);
  const ref = writer.add(annotation.with({ Type: name('Annot'), P: page.ref }));
  const listRef = asRef(page.dict.get('Annots'));
  const grown = (asArray(writer.resolve(page.dict.get('Annots'))) ?? array([])).append(ref);
  if (listRef) writer.put(listRef, grown);
  else writer.put(page.ref, page.dict.with({ Annots: grown }));
  return ref;
}

function addField(writer: IncrementalWriter, field: PdfRef): void {
  const formRef = asRef(writer.catalog().get('AcroForm'));
  const form = asDict(writer.resolve(writer.catalog().get('AcroForm'))) ?? dict({});
  const fields = (asArray(writer.resolve(form.get('Fields'))) ?? array([])).append(field);
  if (formRef) writer.put(formRef, form.with({ Fields: fields }));
  else
    writer.put(writer.view.catalogRef(), writer.catalog().with({ AcroForm: form.with({ Fields: fields }) }));
}

const box: PdfObject = array([80, 590, 400, 620]);

/** A text field added to a file that somebody has signed. */
export const textFieldAdded: Attack = (signed) =>
  revise(signed, (writer) => {
    addField(
      writer,
      addAnnotation(
        writer,
        dict({
          Subtype: name('Widget'),
          FT: name('Tx'),
          T: textString('Added'),
          V: textString('x'),
          F: 4,
          Rect: box,
        }),
      ),
    );
  });

/** A signature field that runs a script when it is entered. */
export const scriptedFieldAdded: Attack = (signed) =>
  revise(signed, (writer) => {
    const action = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') });
    addField(
      writer,
      addAnnotation(
        writer,
        dict({
          Subtype: name('Widget'),
          FT: name('Sig'),
          T: textString('Scripted'),
          F: 4,
          Rect: box,
          AA: dict({ E: action }),
        }),
      ),
    );
  });

/** Evil annotation: a white box with other words laid over the text. */
export const annotationAdded: Attack = (signed) =>
  revise(signed, (writer) => {
    addAnnotation(
      writer,
      dict({
        Subtype: name('FreeText'),
        F: 4,
        Rect: box,
        DA: textString('/Helv 12 Tf 0 g'),
        Contents: textString('Pay 1,000,000'),
      }),
    );
  });

/** The appearance of a signed field exchanged. */
export function signatureAppearanceSwapped(fieldName: string): Attack {
  return (signed) =>
    revise(signed, (writer) => {
      const node = fieldNamed(writer, fieldName);
      const look = new PdfStream(
        dict({ Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 100, 50]) }),
        latin1('0 0 100 50 re f'),
      );
      writer.put(node.ref, node.dict.with({ AP: dict({ N: writer.add(look) }) }));
    });
}

/** A signed field moved elsewhere. */
export function widgetMoved(fieldName: string): Attack {
  return (signed) =>
    revise(signed, (writer) => {
      const node = fieldNamed(writer, fieldName);
      writer.put(node.ref, node.dict.with({ Rect: array([0, 0, 300, 300]) }));
    });
}

/** A field taken out of the form and off its page. */
export function fieldRemoved(fieldName: string): Attack {
  return (signed) =>
    revise(signed, (writer) => {
      const node = fieldNamed(writer, fieldName);
      const form = asDict(writer.resolve(writer.catalog().get('AcroForm'))) ?? dict({});
      const kept = (asArray(writer.resolve(form.get('Fields')))?.items ?? []).filter(
        (item) => !node.ref.equals(item),
      );
      const formRef = asRef(writer.catalog().get('AcroForm'));
      if (formRef) writer.put(formRef, form.with({ Fields: array(kept) }));
    });
}

/** The form emptied, so that the file looks as if nobody had signed it. */
export const signaturesStripped: Attack = (signed) =>
  revise(signed, (writer) => {
    writer.put(writer.view.catalogRef(), writer.catalog().with({ AcroForm: undefined }));
  });

/** An action that runs when the file is opened. */
export const openActionAdded: Attack = (signed) =>
  revise(signed, (writer) => {
    const action = writer.add(dict({ S: name('JavaScript'), JS: textString('app.alert(1)') }));
    writer.put(writer.view.catalogRef(), writer.catalog().with({ OpenAction: action }));
  });

/** Viewers told to draw all fields anew, whatever was signed. */
export const appearancesInvalidated: Attack = (signed) =>
  revise(signed, (writer) => {
    const ref = asRef(writer.catalog().get('AcroForm'));
    const form = asDict(writer.resolve(writer.catalog().get('AcroForm')));
    if (ref && form) writer.put(ref, form.with({ NeedAppearances: true }));
  });

/** Validation data taken out of the store. */
export const securityStoreEmptied: Attack = (signed) =>
  revise(signed, (writer) => {
    const entry = writer.catalog().get('DSS');
    const ref = asRef(entry);
    if (!ref) throw new Error('the file has no security store');
    writer.put(ref, dict({ Type: name('DSS'), Certs: array([]) }));
  });

/** Metadata that brings XML entities. */
export const entityMetadata: Attack = (signed) =>
  revise(signed, (writer) => {
    const xml = '<!DOCTYPE x [<!ENTITY e "evil">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&e;</x:xmpmeta>';
    const metadata = writer.add(
      new PdfStream(dict({ Type: name('Metadata'), Subtype: name('XML') }), latin1(xml)),
    );
    writer.put(writer.view.catalogRef(), writer.catalog().with({ Metadata: metadata }));
  });

/** The container of compressed objects overridden, here with another font: all in it changes without being listed. */
export const objectStreamReplaced: Attack = (signed) =>
  revise(signed, (writer) => {
    const { view } = writer;
    const numbers = Array.from({ length: view.size }, (_, num) => view.entryOf(num));
    const entry = numbers.find((candidate) => candidate?.kind === 'compressed');
    if (entry?.kind !== 'compressed') throw new Error('the file has no object stream');
    const ref = view.objectsChangedIn(entry.revision).find((candidate) => candidate.num === entry.stream);
    const stream = ref && view.get(ref);
    if (!ref || !(stream instanceof PdfStream)) throw new Error('the file has no object stream');
    const plain = new TextDecoder('latin1').decode(view.decodeStream(stream));
    const altered = plain.replace('/Times-Roman', '/Courier    ');
    writer.put(ref, new PdfStream(stream.dict.without('Filter', 'DecodeParms'), latin1(altered)));
  });

/** An object of the signed revision freed by a hand-made cross-reference table. */
export const objectFreed: Attack = (signed) => {
  const file = openPdf(signed);
  const { latest, revisions } = file;
  const entry = latest.page(0).dict.get('Contents');
  const ref = asRef(asArray(latest.resolve(entry))?.get(0)) ?? asRef(entry);
  const previous = revisions.at(-1)?.xrefOffset ?? 0;
  const table = `xref\n${ref?.num ?? 0} 1\n0000000000 00001 f \ntrailer\n<</Root ${latest.catalogRef().toString()}/Size ${latest.size}/Prev ${previous}>>\n`;
  return Promise.resolve(joined(signed, `${table}startxref\n${signed.length}\n%%EOF\n`));
};

/** Bytes behind the end that belong to nothing. */
export const bytesTrailing: Attack = (signed) =>
  Promise.resolve(joined(signed, '% nothing to see\n1 0 obj\n<<>>\nendobj\n'));

/** Bytes inside a later revision that belong to no object. */
export const bytesHidden: Attack = async (signed) => {
  const hidden = joined(signed, '99 0 obj\n<< /Hidden true >>\nendobj\n');
  const previous = openPdf(signed).revisions.at(-1)?.xrefOffset ?? 0;
  const { latest } = openPdf(signed);
  const trailer = `<</Root ${latest.catalogRef().toString()}/Size ${latest.size}/Prev ${previous}>>`;
  const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n${trailer}\nstartxref\n${hidden.length}\n%%EOF\n`;
  return Promise.resolve(joined(hidden, table));
};

/** One byte of the first revision's text altered. */
export const signedByteAltered: Attack = (signed) => {
  const altered = signed.slice();
  const at = 20;
  altered[at] = (altered[at] ?? 0) ^ 1;
  return Promise.resolve(altered);
};

function joined(bytes: Uint8Array, text: string): Uint8Array {
  const added = latin1(text);
  const whole = new Uint8Array(bytes.length + added.length);
  whole.set(bytes);
  whole.set(added, bytes.length);
  return whole;
}
