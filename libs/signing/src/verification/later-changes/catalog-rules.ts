import { asDict, asInteger, asName, asNumber, PdfArray, PdfDict, PdfStream } from '#pdf';
import type { PdfObject } from '#pdf';
import { sameObject } from '../../document/same-object';
import { judgeDss } from './dss-rules';
import { judgeForm } from './form-rules';
import type { FormChange } from './form-rules';
import type { PlacePair, RevisionStep } from './step';
import { isWellFormedXmp } from './xmp';

/** Keys of a trailer that belong to its own section and not to the document (ISO 32000-1 tables 15 and 17). */
const sectionKeys = [
  'Size',
  'Prev',
  'ID',
  'Info',
  'XRefStm',
  'Type',
  'W',
  'Index',
  'Length',
  'Filter',
  'DecodeParms',
  'DL',
];
/** Rule 10: what may change in a catalog, each by its own rule. */
const mutableKeys = ['AcroForm', 'DSS', 'Extensions', 'Metadata', 'MarkInfo', 'Version'];

/** Judges trailer and catalog, and from there form and document security store. */
export function judgeTrailer(step: RevisionStep, form: FormChange): void {
  const trailer: PlacePair = {
    before: { value: step.before.trailer, container: 0, path: '' },
    after: { value: step.after.trailer, container: 0, path: '' },
  };
  step.onlyDiffer(trailer, sectionKeys, (key) => {
    step.refuse('CHANGE_TRAILER', `/${key}`);
  });
  if (!sameObject(firstId(step.before.trailer), firstId(step.after.trailer)))
    step.refuse('CHANGE_TRAILER', '/ID');
  const info = step.enter(trailer, 'Info');
  if (!sameObject(info.before.value, info.after.value)) step.raise('LTA_UPDATES');
  // A viewer's title bar shows the title: what names the document stays as it was signed.
  step.onlyDiffer(info, ['ModDate', 'Producer'], (key) => {
    step.refuse('CHANGE_METADATA', `/Info/${key}`);
  });
  const catalog = step.enter(trailer, 'Root');
  // The references of FieldMDP name the catalog as the data they stand over (ISO 32000-1 table 253).
  step.justifyObject(catalog.before.container, (edge) => edge.endsWith('/Data'));
  judgeCatalog(step, catalog, form);
}

function firstId(trailer: PdfDict): PdfObject | undefined {
  const id = trailer.get('ID');
  return id instanceof PdfArray ? id.get(0) : undefined;
}

function judgeCatalog(step: RevisionStep, catalog: PlacePair, form: FormChange): void {
  step.onlyDiffer(catalog, mutableKeys, (key) => {
    step.refuse('CHANGE_CATALOG', `/${key}`);
  });
  judgeForm(step, step.enter(catalog, 'AcroForm'), form);
  judgeDss(step, step.enter(catalog, 'DSS'));
  judgeExtensions(step, step.enter(catalog, 'Extensions'));
  judgeMetadata(step, step.enter(catalog, 'Metadata'));
  judgeVersion(step, step.enter(catalog, 'Version'));
  judgeMarkInfo(step, step.enter(catalog, 'MarkInfo'));
}

function judgeVersion(step: RevisionStep, pair: PlacePair): void {
  if (sameObject(pair.before.value, pair.after.value)) return;
  const before = Number(asName(pair.before.value) ?? '1.0');
  const named = asName(pair.after.value) ?? '';
  if (/^(?:1\.[0-7]|2\.0)$/.test(named) && Number(named) >= before) step.raise('LTA_UPDATES');
  else step.refuse('CHANGE_CATALOG', '/Version');
}

function judgeMarkInfo(step: RevisionStep, pair: PlacePair): void {
  if (sameObject(pair.before.value, pair.after.value)) return;
  const after = asDict(pair.after.value);
  const plain = after && [...after.entries()].every(([, value]) => typeof value === 'boolean');
  if (plain) step.raise('LTA_UPDATES');
  else step.refuse('CHANGE_CATALOG', '/MarkInfo');
}

/** ISO 32000-2 table 49. */
const extensionKeys = ['Type', 'BaseVersion', 'ExtensionLevel', 'URL', 'ExtensionRevision'];

/** Extensions may be added and raised, never removed or lowered (ISO 32000-1 §7.12). */
function judgeExtensions(step: RevisionStep, pair: PlacePair): void {
  if (pair.before.value === null && pair.after.value === null) return;
  const before = asDict(pair.before.value) ?? new PdfDict();
  const after = asDict(pair.after.value);
  if (!after) {
    if (pair.before.value !== undefined && pair.before.value !== null)
      step.refuse('CHANGE_CATALOG', '/Extensions');
    return;
  }
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    if (key === 'Type') continue;
    const entry = step.enter(pair, key);
    if (sameObject(entry.before.value, entry.after.value)) continue;
    const grown = extensionsIn(entry.before.value).every((old, i) => {
      const renewed = extensionsIn(entry.after.value)[i];
      return (
        renewed !== undefined &&
        sameObject(old.get('BaseVersion'), renewed.get('BaseVersion')) &&
        (asInteger(renewed.get('ExtensionLevel')) ?? 0) >= (asInteger(old.get('ExtensionLevel')) ?? 0)
      );
    });
    const wellFormed = extensionsIn(entry.after.value).every(
      (extension) =>
        asNumber(extension.get('ExtensionLevel')) !== undefined &&
        extension.keys().every((found) => extensionKeys.includes(found)),
    );
    if (grown && wellFormed && extensionsIn(entry.after.value).length > 0) step.raise('LTA_UPDATES');
    else step.refuse('CHANGE_CATALOG', `/Extensions/${key}`);
  }
}

function extensionsIn(value: PdfObject | undefined): readonly PdfDict[] {
  const list = value instanceof PdfArray ? value.items : [value];
  return list.flatMap((item) => (item instanceof PdfDict ? [item] : []));
}

/** Rule 15: metadata is well-formed XMP without entities. */
function judgeMetadata(step: RevisionStep, pair: PlacePair): void {
  if (sameObject(pair.before.value, pair.after.value)) return;
  const { value } = pair.after;
  if (value instanceof PdfStream && isWellFormedXmp(step.after.decodeStream(value)))
    step.raise('LTA_UPDATES');
  else step.refuse('CHANGE_METADATA', '/Metadata');
}
