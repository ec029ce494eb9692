import { array, asArray, asDict, asName, asNumber, dict, name, openPdf, textString } from '#pdf';
import { issueTimestampToken } from '#pki';
import { completeSignature, prepareSignature, signPdf, verifyPdf } from '..';
import type { SignPdfOptions } from '..';
import { formNodes, signedFields } from '../document/form-fields';
import { revise } from '../testing/attacks';
import { onePixelPng } from '../testing/one-pixel-png';
import { samplePdf } from '../testing/sample-pdfs';
import { makeTestPki } from '../testing/test-pki';
import type { TestPki } from '../testing/test-pki';

let pki: TestPki;
let upload: Uint8Array;

beforeAll(async () => {
  pki = await makeTestPki();
  upload = await samplePdf({ pages: 2, xref: 'table' });
});

const invisible = (options: Partial<SignPdfOptions> = {}): SignPdfOptions => ({
  fieldName: 'Signature',
  appearance: { kind: 'invisible' },
  claimedTime: new Date(),
  signer: pki.person,
  ...options,
});

describe('signing', () => {
  it('appends to the bytes given and touches none of them', async () => {
    const signed = await signPdf(upload, invisible());
    expect(Buffer.compare(signed.subarray(0, upload.length), upload)).toBe(0);
  });

  it('writes a PAdES dictionary: sub-filter, claimed time, no certificate, no signing time in the CMS', async () => {
    const claimedTime = new Date('2026-11-22T03:04:05Z');
    const signed = await signPdf(upload, invisible({ claimedTime, reason: 'Phê duyệt', location: 'Hà Nội' }));
    const [field] = signedFields(openPdf(signed).latest);
    expect(asName(field?.value.get('SubFilter'))).toBe('ETSI.CAdES.detached');
    expect(field?.value.has('Cert')).toBe(false);
    const report = await verifyPdf(signed, pki.context());
    expect(report.signatures[0]).toMatchObject({
      signingTime: claimedTime.toISOString(),
      level: 'PAdES-B-B',
    });
    expect(report.signatures[0]?.messages.map(({ code }) => code)).toEqual(['VALID', 'TIMESTAMP_ABSENT']);
  });

  it('keeps any number of signatures valid, a time-stamp in each', async () => {
    let pdf = upload;
    for (let i = 1; i <= 5; i += 1) {
      pdf = await signPdf(
        pdf,
        invisible({
          fieldName: `S${i}`,
          timestamps: pki.timestamps,
          signer: i % 2 ? pki.person : pki.agency,
        }),
      );
    }
    const report = await verifyPdf(pdf, pki.context());
    expect(report.signatures.map((s) => [s.indication, s.coverage])).toEqual([
      ...Array.from({ length: 4 }, () => ['TOTAL-PASSED', 'ENTIRE_REVISION']),
      ['TOTAL-PASSED', 'ENTIRE_FILE'],
    ]);
  });

  it('signs once more when a time-stamp is larger than the room kept for it', async () => {
    let asked = 0;
    const fat = {
      timestamp: async (digest: Uint8Array, hash: 'SHA-256' | 'SHA-384' | 'SHA-512') => {
        asked += 1;
        const chain = Array.from({ length: 20 }, () => pki.issuing);
        return issueTimestampToken({
          request: { imprint: { hash, digest }, nonce: undefined },
          signer: { ...pki.person, chain },
          genTime: new Date(),
          policy: '1.3.6.1.4.1.99999.1',
          serialNumber: Uint8Array.of(1),
        });
      },
    };
    const signed = await signPdf(upload, invisible({ timestamps: fat }));
    expect(asked).toBe(2);
    expect(signedFields(openPdf(signed).latest)).toHaveLength(1);
  });

  it('fills an empty field whose widget is a kid, in an indirect list on a cropped page', async () => {
    const prepared = await revise(upload, (writer) => {
      const page = writer.view.page(1);
      const parent = writer.allocate();
      const kid = writer.add(
        dict({
          Type: name('Annot'),
          Subtype: name('Widget'),
          Parent: parent,
          P: page.ref,
          Rect: array([10, 10, 110, 60]),
          F: 4,
        }),
      );
      writer.put(parent, dict({ FT: name('Sig'), T: textString('Kept'), Kids: array([kid]) }));
      writer.put(
        page.ref,
        page.dict.with({ Annots: writer.add(array([kid])), CropBox: array([50, 60, 500, 700]) }),
      );
      const fields = writer.add(array([parent]));
      writer.put(
        writer.view.catalogRef(),
        writer.catalog().with({ AcroForm: writer.add(dict({ Fields: fields })) }),
      );
    });
    const first = await signPdf(
      prepared,
      invisible({ fieldName: 'Kept', appearance: { kind: 'image', png: onePixelPng } }),
    );
    const both = await signPdf(
      first,
      invisible({
        fieldName: 'New',
        page: -1,
        rect: { x: 0, y: 0, width: 100, height: 40 },
        appearance: { kind: 'image', png: onePixelPng },
      }),
    );
    const { latest } = openPdf(both);
    const created = formNodes(latest).find((node) => node.name === 'New');
    expect(asArray(created?.dict.get('Rect'))?.items.map((item) => asNumber(item))).toEqual([
      50, 60, 150, 100,
    ]);
    expect(asArray(latest.resolve(latest.page(1).dict.get('Annots')))).toHaveLength(2);
    expect((await verifyPdf(both, pki.context())).signatures.map((s) => s.indication)).toEqual([
      'TOTAL-PASSED',
      'TOTAL-PASSED',
    ]);
  });

  it('certifies as the first signature only', async () => {
    const certified = await signPdf(upload, invisible({ docMdp: 2 }));
    expect(asDict(openPdf(certified).latest.catalog().get('Perms'))?.has('DocMDP')).toBe(true);
    expect((await verifyPdf(certified, pki.context())).signatures).toMatchObject([
      { type: 'certification', indication: 'TOTAL-PASSED' },
    ]);
    const signed = await signPdf(upload, invisible());
    await expect(signPdf(signed, invisible({ fieldName: 'Late', docMdp: 2 }))).rejects.toMatchObject({
      code: 'UPLOAD_CERTIFIED',
    });
  });

  it.each([
    ['FIELD_NAME_INVALID', { fieldName: 'a.b' }],
    ['FIELD_NAME_INVALID', { fieldName: '' }],
    [
      'RECTANGLE_OFF_PAGE',
      { rect: { x: 550, y: 10, width: 100, height: 20 }, appearance: { kind: 'image', png: onePixelPng } },
    ],
    [
      'IMAGE_UNREADABLE',
      {
        rect: { x: 10, y: 10, width: 100, height: 20 },
        appearance: { kind: 'image', png: Uint8Array.of(1, 2, 3) },
      },
    ],
    ['CERTIFICATE_EXPIRED', { claimedTime: new Date('2090-01-01') }],
    ['CERTIFICATE_NOT_YET_VALID', { claimedTime: new Date('1990-01-01') }],
  ] as const)('refuses with %s', async (code, options) => {
    await expect(signPdf(upload, invisible(options))).rejects.toMatchObject({ code });
  });

  it('refuses a field that is signed already, and one of another kind', async () => {
    const signed = await signPdf(upload, invisible());
    await expect(signPdf(signed, invisible())).rejects.toMatchObject({ code: 'FIELD_ALREADY_SIGNED' });
    const withText = await revise(upload, (writer) => {
      const field = writer.add(dict({ FT: name('Tx'), T: textString('Signature') }));
      writer.put(
        writer.view.catalogRef(),
        writer.catalog().with({ AcroForm: dict({ Fields: array([field]) }) }),
      );
    });
    await expect(signPdf(withText, invisible())).rejects.toMatchObject({ code: 'FIELD_NAME_TAKEN' });
  });
});

describe('a signing session', () => {
  const prepare = (): ReturnType<typeof prepareSignature> => {
    const { certificate, chain, algorithm } = pki.person;
    return prepareSignature(upload, { ...invisible(), certificate, chain, algorithm });
  };

  it('refuses a value of another key', async () => {
    const prepared = await prepare();
    const value = await pki.agency.sign(prepared.bytesToSign);
    await expect(completeSignature(prepared, value)).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
  });

  it('refuses a file that is not the one it was made for', async () => {
    const prepared = await prepare();
    const value = await pki.person.sign(prepared.bytesToSign);
    const altered = prepared.preparedPdf.slice();
    altered[30] = (altered[30] ?? 0) ^ 1;
    await expect(
      completeSignature({ session: prepared.session, preparedPdf: altered }, value),
    ).rejects.toMatchObject({ code: 'SESSION_MISMATCH' });
    const other = await prepare();
    await expect(
      completeSignature({ session: prepared.session, preparedPdf: other.preparedPdf }, value),
    ).rejects.toMatchObject({ code: 'SESSION_MISMATCH' });
  });

  it('refuses a token for which it kept no room', async () => {
    const prepared = await prepare();
    const value = await pki.person.sign(prepared.bytesToSign);
    await expect(
      completeSignature(prepared, value, { timestampToken: new Uint8Array(9000).fill(5) }),
    ).rejects.toMatchObject({ code: 'PLACEHOLDER_TOO_SMALL' });
  });
});
