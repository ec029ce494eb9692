import { array, asDict, dateString, dict, name, PdfVerbatim, textString } from '#pdf';
import type { IncrementalWriter, PdfDict, PdfObject } from '#pdf';
import { fieldLock } from '../form/signature-field';
import type { SignaturePlacement } from '../signature-options';

/** Wide enough for any file below 10 GB. */
const numberWidth = 10;

/** Room for `[0 b c d]`, filled with spaces. */
export function byteRangePlaceholder(): PdfVerbatim {
  return new PdfVerbatim(byteRangeBytes([0, 0, 0, 0]));
}

/** The array padded to the length of its placeholder. */
export function byteRangeBytes(range: readonly [number, number, number, number]): Uint8Array {
  const text = `[${range.join(' ')}]`;
  return new TextEncoder().encode(text.padEnd(4 * (numberWidth + 1) + 1, ' '));
}

/** `<00…00>` for a CMS of up to `size` bytes. */
export function contentsPlaceholder(size: number): PdfVerbatim {
  const bytes = new Uint8Array(2 * size + 2).fill(0x30);
  bytes[0] = 0x3c;
  bytes[bytes.length - 1] = 0x3e;
  return new PdfVerbatim(bytes);
}

/** The signature dictionary of PAdES (ETSI EN 319 142-1 §6.3): no certificate in it, the claimed time in /M. */
export function signatureDictionary(
  writer: IncrementalWriter,
  placement: SignaturePlacement & { readonly name: string },
  placeholders: { readonly byteRange: PdfVerbatim; readonly contents: PdfVerbatim },
): PdfDict {
  const references = [...fieldMdpReference(writer, placement), ...docMdpReference(placement)];
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    ByteRange: placeholders.byteRange,
    Contents: placeholders.contents,
    M: dateString(placement.claimedTime),
    Name: textString(placement.name),
    Reason: placement.reason === undefined ? undefined : textString(placement.reason),
    Location: placement.location === undefined ? undefined : textString(placement.location),
    Reference: references.length > 0 ? array(references) : undefined,
  });
}

/** ISO 32000-1 §12.8.2.4. */
function fieldMdpReference(writer: IncrementalWriter, { fieldMdp }: SignaturePlacement): PdfObject[] {
  if (!fieldMdp) return [];
  return [
    dict({
      Type: name('SigRef'),
      TransformMethod: name('FieldMDP'),
      TransformParams: fieldLock('TransformParams', fieldMdp),
      Data: writer.view.catalogRef(),
    }),
  ];
}

/** ISO 32000-1 §12.8.2.2. */
function docMdpReference({ docMdp }: SignaturePlacement): PdfObject[] {
  if (docMdp === undefined) return [];
  const params = dict({ Type: name('TransformParams'), P: docMdp, V: name('1.2') });
  return [dict({ Type: name('SigRef'), TransformMethod: name('DocMDP'), TransformParams: params })];
}

/** Whether the file is certified already, or grants usage rights, which a further revision would break. */
export function hasPermissions(writer: {
  catalog(): PdfDict;
  resolve(object: PdfObject | undefined): PdfObject;
}): boolean {
  return (asDict(writer.resolve(writer.catalog().get('Perms')))?.size ?? 0) > 0;
}
