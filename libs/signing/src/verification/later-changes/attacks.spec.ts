import { loadStampFont } from '#pdf/node';
import { officialDocument, officialFieldNames, signPdf, verifyPdf } from '../..';
import type { StampFonts } from '../..';
import * as attacks from '../../testing/attacks';
import type { Attack } from '../../testing/attacks';
import { signedBySomeoneElse } from '../../testing/foreign-signatures';
import { officialSample } from '../../testing/official-sample';
import type { OfficialSample } from '../../testing/official-sample';
import { onePixelPng } from '../../testing/one-pixel-png';
import { samplePdf } from '../../testing/sample-pdfs';
import { makeTestPki } from '../../testing/test-pki';
import type { TestPki } from '../../testing/test-pki';

let pki: TestPki;
let fonts: StampFonts;
let sample: OfficialSample;
let compressed: OfficialSample;

beforeAll(async () => {
  pki = await makeTestPki();
  fonts = { regular: await loadStampFont('tinos') };
  const input = { pki, fonts, handwriting: onePixelPng, seal: onePixelPng, marks: ['HỎA TỐC'] };
  sample = await officialSample(await samplePdf({ pages: 3, xref: 'table' }), input);
  compressed = await officialSample(await samplePdf({ pages: 3, xref: 'stream' }), input);
});

const { number, date, marks, personalSignature, agencySignature } = officialFieldNames;

/** Every twin of a sealed document, with the code that must be named. */
function twins(): readonly (readonly [string, string, Attack])[] {
  const font = fonts.regular;
  return [
    [
      'the number changed after the seal',
      'CHANGE_FIELD_LOCKED',
      attacks.fieldRefilled(number, 'Số 58-NQ/TW', font),
    ],
    [
      'the date changed after the seal',
      'CHANGE_FIELD_LOCKED',
      attacks.fieldRefilled(date, 'Hà Nội, ngày 01 tháng 01 năm 2027', font),
    ],
    ['the marks changed after the seal', 'CHANGE_FIELD_LOCKED', attacks.fieldRefilled(marks, 'KHẨN', font)],
    [
      'another number shown over the same value',
      'CHANGE_FIELD_APPEARANCE_DIFFERS',
      attacks.appearanceRefilled(number, 'Số 58-NQ/TW', font),
    ],
    ['a page object swapped', 'CHANGE_PAGE', attacks.pageSwapped],
    ['page content replaced in place', 'CHANGE_OBJECT_OVERRIDDEN', attacks.contentReplaced],
    ['the page tree swapped', 'CHANGE_CATALOG', attacks.pageTreeSwapped],
    ['a text field added', 'CHANGE_FIELD_ADDED', attacks.textFieldAdded],
    ['a signature field with a script added', 'CHANGE_FIELD_ADDED', attacks.scriptedFieldAdded],
    ['an annotation laid over the text', 'CHANGE_ANNOTATION_ADDED', attacks.annotationAdded],
    ['the seal shown otherwise', 'CHANGE_SIGNED_FIELD', attacks.signatureAppearanceSwapped(agencySignature)],
    ['the personal signature moved', 'CHANGE_SIGNED_FIELD', attacks.widgetMoved(personalSignature)],
    ['a field removed', 'CHANGE_FIELD_REMOVED', attacks.fieldRemoved(number)],
    ['all signatures stripped', 'CHANGE_FORM', attacks.signaturesStripped],
    ['an action on opening', 'CHANGE_CATALOG', attacks.openActionAdded],
    ['appearances invalidated', 'CHANGE_FORM', attacks.appearancesInvalidated],
    ['the security store emptied', 'CHANGE_DSS', attacks.securityStoreEmptied],
    ['metadata with entities', 'CHANGE_METADATA', attacks.entityMetadata],
    ['an object freed', 'CHANGE_OBJECT_FREED', attacks.objectFreed],
    ['bytes behind the end', 'TRAILING_BYTES', attacks.bytesTrailing],
    ['bytes hidden in a revision', 'CHANGE_UNREADABLE', attacks.bytesHidden],
    ['a signed byte altered', 'CMS_DIGEST_MISMATCH', attacks.signedByteAltered],
  ];
}

describe('a sealed document', () => {
  it('passes as it is, whether its cross-reference is a table or a stream', async () => {
    for (const { sealed } of [sample, compressed]) {
      const report = await verifyPdf(sealed, pki.context());
      expect(
        report.signatures.map((s) => [s.field, s.coverage, s.laterChanges, s.level, s.indication]),
      ).toEqual([
        [personalSignature, 'ENTIRE_REVISION', 'FORM_FILLING', 'PAdES-B-LT', 'TOTAL-PASSED'],
        [agencySignature, 'ENTIRE_FILE', 'NONE', 'PAdES-B-LT', 'TOTAL-PASSED'],
      ]);
      expect(report.indication).toBe('TOTAL-PASSED');
    }
  });

  it('still passes when only validation data or an invisible signature follow', async () => {
    const material = { certificates: [pki.person.certificate.der], crls: [], ocsps: [] };
    const grown = await officialDocument
      .number(sample.sealed, { numberLine: '', dateLine: '', fonts, dss: material })
      .catch(() => undefined);
    expect(grown).toBeUndefined();
    const more = await signPdf(sample.sealed, {
      fieldName: 'Further',
      appearance: { kind: 'invisible' },
      claimedTime: new Date(),
      signer: pki.person,
      validationMaterial: material,
    });
    const report = await verifyPdf(more, pki.context());
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map((s) => s.laterChanges)).toEqual(['FORM_FILLING', 'FORM_FILLING', 'NONE']);
  });

  it('fails with the rule named in every twin', async () => {
    const seen: string[] = [];
    for (const [what, code, attack] of twins()) {
      const report = await verifyPdf(await attack(sample.sealed), pki.context());
      const codes = report.signatures.flatMap((s) => s.messages.map((message) => message.code));
      seen.push(
        `${what}: ${report.indication ?? report.error?.code ?? ''} ${codes.includes(code) ? code : codes.join()}`,
      );
      expect(report.signatures.some((s) => s.indication === 'TOTAL-PASSED')).toBe(false);
    }
    expect(seen).toEqual(twins().map(([what, code]) => `${what}: TOTAL-FAILED ${code}`));
  });

  it('fails when its compressed objects are exchanged', async () => {
    const report = await verifyPdf(await attacks.objectStreamReplaced(compressed.sealed), pki.context());
    expect(report.indication).toBe('TOTAL-FAILED');
    expect(report.signatures[0]?.messages.map(({ code }) => code)).toContain('CHANGE_OBJECT_STREAM_REPLACED');
  });
});

describe('a document signed by someone else', () => {
  it('passes when we sign it too, and fails when a field is added to it', async () => {
    const foreign = await signedBySomeoneElse(await samplePdf({ pages: 1, xref: 'table' }), {
      signer: pki.person,
    });
    const ours = await signPdf(foreign, {
      fieldName: 'Ours',
      appearance: { kind: 'invisible' },
      claimedTime: new Date(),
      signer: pki.agency,
    });
    expect((await verifyPdf(ours, pki.context())).indication).toBe('TOTAL-PASSED');
    const added = await verifyPdf(await attacks.textFieldAdded(foreign), pki.context());
    expect(added.indication).toBe('TOTAL-FAILED');
    expect(added.signatures[0]?.laterChanges).toBe('OTHER');
  });

  it('may gain a security store though its FieldMDP names the catalog', async () => {
    const options = {
      appearance: { kind: 'invisible' },
      claimedTime: new Date(),
      signer: pki.person,
    } as const;
    const locked = await signPdf(await samplePdf({ pages: 1, xref: 'table' }), {
      ...options,
      fieldName: 'First',
      fieldMdp: { action: 'Include', fields: ['Elsewhere'] },
    });
    const grown = await signPdf(locked, {
      ...options,
      fieldName: 'Second',
      validationMaterial: pki.material,
    });
    expect((await verifyPdf(grown, pki.context())).indication).toBe('TOTAL-PASSED');
  });

  it('cannot be signed again once certified against all changes', async () => {
    const certified = await signedBySomeoneElse(await samplePdf({ pages: 1, xref: 'table' }), {
      signer: pki.person,
      docMdp: 1,
    });
    await expect(
      signPdf(certified, {
        fieldName: 'Ours',
        appearance: { kind: 'invisible' },
        claimedTime: new Date(),
        signer: pki.agency,
      }),
    ).rejects.toMatchObject({ code: 'FIELD_LOCKED' });
  });
});
