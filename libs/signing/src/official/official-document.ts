import { IncrementalWriter, openPdf } from '#pdf';
import type { PdfView } from '#pdf';
import { addToSecurityStore } from '../form/security-store';
import { pageAt } from '../form/place-on-page';
import { addTextFields, fillTextFields } from '../form/text-fields';
import type { NewTextField } from '../form/text-fields';
import type {
  FieldLock,
  PreparedSignature,
  Rect,
  SignatureAppearance,
  SignaturePlacement,
} from '../signature-options';
import { prepareOn } from '../signing/prepare-signature';
import { signFile } from '../signing/sign-pdf';
import { SigningError } from '../signing-error';
import { formNodes } from '../document/form-fields';
import type { FormNode } from '../document/form-fields';
import { layInitials } from './initials';
import { inspectUpload, inspectView, ownFields } from './inspect-upload';
import type {
  AgencySignatureInput,
  AnnexSignatureInput,
  CopySignatureInput,
  LayOutOptions,
  NumberInput,
  OfficialDocument,
  OfficialPlaces,
  PersonSignatureInput,
  Place,
  SignerIdentityInput,
  SigningKey,
} from './official-types';
import { copyPlace, fieldNames, placeOf, withCaption } from './places';

const ownNames: readonly string[] = Object.values(fieldNames);
const markRed = [0.82, 0.07, 0.1] as const;

/** The revisions of an official document, one function each; every result begins with the bytes given. */
export const officialDocument: OfficialDocument = {
  inspectUpload,
  layOut,
  number,
  personSign: (pdf, input) => sign(pdf, input, personPlacement),
  agencySign: (pdf, input) => sign(pdf, input, agencyPlacement),
  annexSign: (pdf, input) => sign(pdf, input, annexPlacement),
  copySign: (pdf, input) => sign(pdf, input, copyPlacement),
  preparePersonSignature: (pdf, input) => prepare(pdf, input, personPlacement),
  prepareAgencySignature: (pdf, input) => prepare(pdf, input, agencyPlacement),
  prepareAnnexSignature: (pdf, input) => prepare(pdf, input, annexPlacement),
};

/** Where and how a signature stands on an open file. */
type Plan<T> = (view: PdfView, input: T) => SignaturePlacement;

async function sign<T>(pdf: Uint8Array, input: T & SigningKey, plan: Plan<T>): Promise<Uint8Array> {
  const file = openPdf(pdf);
  const { signer, timestamps } = input;
  return signFile(file, { ...plan(file.latest, input), signer, ...(timestamps ? { timestamps } : {}) });
}

async function prepare<T>(
  pdf: Uint8Array,
  input: T & SignerIdentityInput,
  plan: Plan<T>,
): Promise<PreparedSignature> {
  const file = openPdf(pdf);
  const { certificate, chain, algorithm, timestampReserve = 0 } = input;
  return prepareOn(file, { ...plan(file.latest, input), certificate, chain, algorithm, timestampReserve });
}

async function layOut(upload: Uint8Array, options: LayOutOptions): Promise<Uint8Array> {
  const file = openPdf(upload);
  const inspection = inspectView(file.latest);
  if (ownFields(file.latest).size > 0)
    throw new SigningError('ALREADY_LAID_OUT', 'the file has fields of ours');
  if (inspection.numberPlacement === 'agency-signature') {
    if (options.agencySignature === 'none')
      throw new SigningError('NUMBER_HAS_NO_PLACE', inspection.foreignSignatures.join(', '));
    return upload;
  }
  const at = (part: keyof OfficialPlaces): Place => placeOf(part, file.latest, options.places);
  const fields: NewTextField[] = [
    { name: fieldNames.number, label: 'Số, ký hiệu', ...at('number') },
    { name: fieldNames.date, label: 'Địa danh và thời gian ban hành', ...at('date') },
  ];
  const { marks } = options;
  if (marks && marks.lines.length > 0) {
    const content = { text: marks.lines.join(' – '), fontTtf: marks.fonts.regular, color: markRed };
    fields.push({ name: fieldNames.marks, label: 'Độ mật, độ khẩn', ...at('marks'), content });
  }
  const writer = new IncrementalWriter(file);
  await addTextFields(writer, fields);
  if (options.initials)
    await layInitials(writer, pageAt(file.latest, -1), options.initials, toCome(file.latest, options));
  return writer.finish();
}

/** Places on the last page at which the revisions to come put something. */
function toCome(view: PdfView, { places }: LayOutOptions): Rect[] {
  const last = pageAt(view, -1).index;
  return (['number', 'date', 'marks', 'personalSignature', 'agencySignature'] as const)
    .map((part) => placeOf(part, view, places))
    .filter(({ page }) => pageAt(view, page).index === last)
    .map(({ rect }) => rect);
}

async function number(pdf: Uint8Array, input: NumberInput): Promise<Uint8Array> {
  const file = openPdf(pdf);
  const writer = new IncrementalWriter(file);
  const { fonts } = input;
  if (ownFields(file.latest).has(fieldNames.number)) {
    await fillTextFields(writer, {
      [fieldNames.number]: { text: input.numberLine, fontTtf: fonts.regular },
      [fieldNames.date]: { text: input.dateLine, fontTtf: fonts.italic ?? fonts.regular },
    });
  } else if (!input.dss) return pdf;
  if (input.dss) addToSecurityStore(writer, input.dss);
  return writer.finish();
}

function optional(input: {
  readonly reason?: string;
  readonly location?: string;
}): Pick<SignaturePlacement, 'reason' | 'location'> {
  return {
    ...(input.reason === undefined ? {} : { reason: input.reason }),
    ...(input.location === undefined ? {} : { location: input.location }),
  };
}

function personPlacement(latest: PdfView, input: PersonSignatureInput): SignaturePlacement {
  inspectView(latest);
  return {
    fieldName: fieldNames.personalSignature,
    ...placeOf('personalSignature', latest, input.places),
    appearance: { kind: 'image', png: input.handwriting },
    claimedTime: input.claimedTime,
    // Ours are filled after this signature; what the upload brought is not.
    ...lockFields(latest, ({ type, name }) => type !== 'Sig' && !ownNames.includes(name)),
    ...optional(input),
  };
}

function agencyPlacement(latest: PdfView, input: AgencySignatureInput): SignaturePlacement {
  inspectView(latest);
  const present = ownFields(latest);
  const numbered = present.has(fieldNames.number);
  if (
    numbered &&
    formNodes(latest).some(
      (node) => node.name === fieldNames.number && latest.resolve(node.dict.get('V')) === null,
    )
  ) {
    throw new SigningError('NUMBER_MISSING', 'the number field is empty');
  }
  const place = placeOf('agencySignature', latest, input.places);
  return {
    fieldName: fieldNames.agencySignature,
    ...(numbered ? place : withCaption(latest, place)),
    appearance: numbered ? { kind: 'image', png: input.seal } : sealWithNumber(input),
    claimedTime: input.claimedTime,
    ...lockFields(latest, ({ type }) => type !== 'Sig'),
    ...optional(input),
  };
}

/**
 * Number, date, marks and whatever fields the upload brought itself: once signed they are filled in no more.
 * Signature fields stay open, so that a recipient may stamp its own copy.
 */
function lockFields(
  latest: PdfView,
  isLocked: (node: FormNode) => boolean,
): { readonly fieldMdp?: FieldLock } {
  const nodes = formNodes(latest).filter((node) => node.type !== undefined && isLocked(node));
  const fields = [...new Set(nodes.map(({ name }) => name))].filter((name) => name !== '');
  return fields.length > 0 ? { fieldMdp: { action: 'Include', fields } } : {};
}

/** Number and date under the seal, where signatures of others forbid fields of their own. */
function sealWithNumber({ seal, numberLine, dateLine, fonts }: AgencySignatureInput): SignatureAppearance {
  return { kind: 'image-and-text', png: seal, lines: [numberLine, dateLine], fontTtf: fonts.regular };
}

function annexPlacement(latest: PdfView, input: AnnexSignatureInput): SignaturePlacement {
  inspectView(latest);
  return {
    fieldName: fieldNames.agencySignature,
    ...placeOf('annexSignature', latest, input.places),
    appearance: {
      kind: 'text',
      lines: [input.numberAndSymbol, vietnamTime(input.claimedTime)],
      fontTtf: input.fonts.regular,
      align: 'right',
    },
    claimedTime: input.claimedTime,
    ...lockFields(latest, ({ type }) => type !== 'Sig'),
    ...(input.dss ? { validationMaterial: input.dss } : {}),
    ...optional(input),
  };
}

/** A copy of a copy has the mark of each, so their fields are counted. */
function copyPlacement(latest: PdfView, input: CopySignatureInput): SignaturePlacement {
  inspectView(latest);
  const names = new Set(formNodes(latest).map(({ name }) => name));
  let fieldName: string = fieldNames.copySignature;
  for (let count = 2; names.has(fieldName); count += 1) fieldName = `${fieldNames.copySignature}${count}`;
  return {
    fieldName,
    ...copyPlace(latest, input.text),
    appearance: {
      kind: 'text',
      lines: [`${input.heading} – ${input.numberLine}`, input.agencyName, vietnamTime(input.claimedTime)],
      fontTtf: input.fonts.regular,
      align: 'right',
    },
    claimedTime: input.claimedTime,
    reason: input.heading,
    ...lockFields(latest, ({ type }) => type !== 'Sig'),
    ...(input.dss ? { validationMaterial: input.dss } : {}),
  };
}

/** ISO 8601 to the second with the offset of Vietnam, which has no daylight saving (Decree 30/2020 App. I). */
function vietnamTime(instant: Date): string {
  return `${new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}
