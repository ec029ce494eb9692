import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPdf } from '#pdf';
import { loadStampFont } from '#pdf/node';
import { toPem } from '#pki';
import { completeSignature, officialDocument, officialFieldNames, verifyPdf } from '..';
import type { PreparedSignature, StampFonts } from '..';
import { signedFields } from '../document/form-fields';
import { signedBySomeoneElse } from '../testing/foreign-signatures';
import { officialSample } from '../testing/official-sample';
import { onePixelPng } from '../testing/one-pixel-png';
import { samplePdf } from '../testing/sample-pdfs';
import { makeTestPki } from '../testing/test-pki';
import type { TestPki } from '../testing/test-pki';
import { isInstalled, itWith, runProgram } from '../../../../test/support/outside-programs';
import { coverageOf } from '../verification/coverage';

let rsa: TestPki;
let ecdsa: TestPki;
let fonts: StampFonts;
let folder: string;

beforeAll(async () => {
  [rsa, ecdsa] = await Promise.all([
    makeTestPki({ personKey: 'RSA-3072', agencyKey: 'RSA-2048' }),
    makeTestPki({ personKey: 'P-256', agencyKey: 'P-256' }),
  ]);
  fonts = { regular: await loadStampFont('tinos'), italic: await loadStampFont('tinos', 'italic') };
  folder = mkdtempSync(join(tmpdir(), 'sealpost-signing-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const certifiedUpload = expect.objectContaining({ code: 'UPLOAD_CERTIFIED' }) as Error;
const pictures = { handwriting: onePixelPng, seal: onePixelPng };

function startsWith(whole: Uint8Array, part: Uint8Array): boolean {
  return Buffer.compare(whole.subarray(0, part.length), part) === 0;
}

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Every outside verifier that is installed accepts every signature of the file. */
function expectAccepted(name: string, pdf: Uint8Array, pki: TestPki): void {
  const path = write(`${name}.pdf`, pdf);
  const file = openPdf(pdf);
  const signatures = signedFields(file.latest);
  if (isInstalled('pdfsig')) {
    const { output: text } = runProgram('pdfsig', ['-nocert', path]);
    expect(text.match(/Signature is Valid/g)?.length).toBe(signatures.length);
    const last = text.slice(text.lastIndexOf('Signature #'));
    expect(last).toContain('Total document signed');
  }
  if (isInstalled('qpdf')) {
    const { status, output: text } = runProgram('qpdf', ['--check', path]);
    expect({ status, clean: text.includes('No syntax or stream encoding errors') }).toEqual({
      status: 0,
      clean: true,
    });
  }
  if (isInstalled('openssl')) {
    const anchor = write('root.pem', toPem(pki.root.der, 'CERTIFICATE'));
    for (const { value, valueRef } of signatures) {
      const { byteRange, contents } = coverageOf(file, value, valueRef);
      const [, b, c, d] = byteRange ?? [0, 0, 0, 0];
      const content = write('content.bin', Buffer.concat([pdf.subarray(0, b), pdf.subarray(c, c + d)]));
      const cms = write('cms.der', contents ?? '');
      const args = [
        'cms',
        '-verify',
        '-cades',
        '-purpose',
        'any',
        '-binary',
        '-inform',
        'DER',
        '-in',
        cms,
        '-content',
        content,
        '-CAfile',
        anchor,
        '-out',
        '/dev/null',
      ];
      expect(runProgram('openssl', args)).toMatchObject({ status: 0 });
    }
  }
}

for (const [tool, flag] of [
  ['pdfsig', '-v'],
  ['qpdf', '--version'],
  ['openssl', 'version'],
  ['pdftotext', '-v'],
] as const) {
  itWith(tool)(`is checked by ${tool} (skipped where it is not installed)`, () => {
    expect(runProgram(tool, [flag]).output).not.toBe('');
  });
}

describe('an official document', () => {
  it.each([
    ['three pages with a cross-reference table', { pages: 3, xref: 'table' }],
    ['three pages with cross-reference streams', { pages: 3, xref: 'stream' }],
    ['300 pages', { pages: 300, xref: 'table' }],
    ['pages turned by 90 degrees', { pages: 2, xref: 'table', rotate: 90 }],
  ] as const)(
    'of %s is accepted by outside verifiers and by us, RSA-PSS and ECDSA',
    async (what, options) => {
      const upload = await samplePdf(options);
      for (const [kind, pki] of [
        ['rsa', rsa],
        ['ecdsa', ecdsa],
      ] as const) {
        const sample = await officialSample(upload, { pki, fonts, ...pictures, marks: ['HỎA TỐC'] });
        const steps = [upload, sample.laidOut, sample.personSigned, sample.numbered, sample.sealed];
        steps.slice(1).forEach((step, index) => {
          expect(startsWith(step, steps[index]!)).toBe(true);
        });
        expectAccepted(`${kind}-${what.replace(/\W/g, '-')}`, sample.sealed, pki);
        expect((await verifyPdf(sample.sealed, pki.context())).indication).toBe('TOTAL-PASSED');
        expect((await verifyPdf(sample.personSigned, pki.context())).indication).toBe('TOTAL-PASSED');
      }
    },
  );

  it('ends with the revision of the number where the body has no seal', async () => {
    const laidOut = await officialDocument.layOut(await samplePdf({ pages: 1, xref: 'table' }), {
      agencySignature: 'none',
    });
    const signed = await officialDocument.personSign(laidOut, {
      signer: rsa.person,
      claimedTime: new Date(),
      handwriting: onePixelPng,
    });
    const issued = await officialDocument.number(signed, {
      numberLine: 'Số 01-NQ/CB',
      dateLine: 'Hà Nội, ngày 01 tháng 02 năm 2026',
      fonts,
      dss: rsa.material,
    });
    const report = await verifyPdf(issued, rsa.context());
    expect(report.signatures).toMatchObject([{ laterChanges: 'FORM_FILLING', indication: 'TOTAL-PASSED' }]);
    await expect(
      officialDocument.number(issued, { numberLine: 'Số 02-NQ/CB', dateLine: '', fonts }),
    ).rejects.toMatchObject({ code: 'FIELD_LOCKED' });
  });

  it('carries the agency signature alone at the top right of an annex', async () => {
    const annex = await officialDocument.annexSign(await samplePdf({ pages: 2, xref: 'stream' }), {
      signer: ecdsa.agency,
      timestamps: ecdsa.timestamps,
      claimedTime: new Date('2026-11-22T03:04:05Z'),
      numberAndSymbol: '57-NQ/TW',
      fonts,
      dss: ecdsa.material,
    });
    expectAccepted('annex', annex, ecdsa);
    expect(await verifyPdf(annex, ecdsa.context())).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ level: 'PAdES-B-LT' }],
    });
    if (!isInstalled('pdftotext')) return;
    const { output: text } = runProgram('pdftotext', [
      '-f',
      '1',
      '-l',
      '1',
      write('annex-text.pdf', annex),
      '-',
    ]);
    expect(text).toContain('57-NQ/TW');
    expect(text).toContain('2026-11-22T10:04:05+07:00');
  });

  it('keeps the approval signature of someone else valid, with number and date under the seal', async () => {
    const stranger = await rsa.holder({ name: 'Trần Văn Khác', keyKind: 'P-256' });
    const foreign = await signedBySomeoneElse(await samplePdf({ pages: 3, xref: 'table' }), {
      signer: stranger,
    });
    expect(officialDocument.inspectUpload(foreign)).toEqual({
      pageCount: 3,
      numberPlacement: 'agency-signature',
      foreignSignatures: ['Signature1'],
    });
    const { laidOut, sealed } = await officialSample(foreign, { pki: rsa, fonts, ...pictures });
    expect(laidOut).toBe(foreign);
    expect(startsWith(sealed, foreign)).toBe(true);
    expectAccepted('foreign', sealed, rsa);
    const report = await verifyPdf(sealed, rsa.context());
    expect(report.signatures.map(({ field, indication }) => [field, indication])).toEqual([
      ['Signature1', 'TOTAL-PASSED'],
      [officialFieldNames.personalSignature, 'TOTAL-PASSED'],
      [officialFieldNames.agencySignature, 'TOTAL-PASSED'],
    ]);
  });

  it.each([1, 2, 3] as const)('refuses an upload certified with permission %d', async (docMdp) => {
    const certified = await signedBySomeoneElse(await samplePdf({ pages: 1, xref: 'table' }), {
      signer: rsa.person,
      docMdp,
    });
    expect(() => officialDocument.inspectUpload(certified)).toThrow(certifiedUpload);
    const copy = { heading: 'SAO Y', numberLine: 'Số: 05/SY-BKHCN', agencyName: 'Bộ', text: [], fonts };
    await expect(
      officialDocument.copySign(certified, { ...copy, claimedTime: new Date(), signer: rsa.agency }),
    ).rejects.toMatchObject({ code: 'UPLOAD_CERTIFIED' });
    await expect(officialDocument.layOut(certified, { agencySignature: 'expected' })).rejects.toMatchObject({
      code: 'UPLOAD_CERTIFIED',
    });
  });

  it('refuses an upload whose fields to come are locked', async () => {
    const locked = await signedBySomeoneElse(await samplePdf({ pages: 1, xref: 'table' }), {
      signer: rsa.person,
      fieldMdp: { action: 'All' },
    });
    expect(() => officialDocument.inspectUpload(locked)).toThrow(certifiedUpload);
    const other = await signedBySomeoneElse(await samplePdf({ pages: 1, xref: 'table' }), {
      signer: rsa.person,
      fieldMdp: { action: 'Include', fields: ['Theirs'] },
    });
    expect(officialDocument.inspectUpload(other).foreignSignatures).toEqual(['Signature1']);
  });

  it('has no place for a number when others signed the upload and the body has no seal', async () => {
    const foreign = await signedBySomeoneElse(await samplePdf({ pages: 1, xref: 'table' }), {
      signer: ecdsa.person,
    });
    await expect(officialDocument.layOut(foreign, { agencySignature: 'none' })).rejects.toMatchObject({
      code: 'NUMBER_HAS_NO_PLACE',
    });
  });

  it('is laid out once, and sealed only with its number', async () => {
    const laidOut = await officialDocument.layOut(await samplePdf({ pages: 1, xref: 'table' }), {
      agencySignature: 'expected',
    });
    await expect(officialDocument.layOut(laidOut, { agencySignature: 'expected' })).rejects.toMatchObject({
      code: 'ALREADY_LAID_OUT',
    });
    const seal = {
      signer: rsa.agency,
      claimedTime: new Date(),
      seal: onePixelPng,
      numberLine: '',
      dateLine: '',
      fonts,
    };
    await expect(officialDocument.agencySign(laidOut, seal)).rejects.toMatchObject({
      code: 'NUMBER_MISSING',
    });
  });

  it('can be signed by a key elsewhere, the session kept as JSON meanwhile', async () => {
    const laidOut = await officialDocument.layOut(await samplePdf({ pages: 1, xref: 'table' }), {
      agencySignature: 'expected',
    });
    const { certificate, chain, algorithm } = rsa.person;
    const prepared = await officialDocument.preparePersonSignature(laidOut, {
      certificate,
      chain,
      algorithm,
      claimedTime: new Date(),
      handwriting: onePixelPng,
    });
    const session = JSON.parse(JSON.stringify(prepared.session)) as PreparedSignature['session'];
    const value = await rsa.person.sign(prepared.bytesToSign);
    const signed = await completeSignature({ session, preparedPdf: prepared.preparedPdf }, value);
    expectAccepted('two-phase', signed, rsa);
    expect(signedFields(openPdf(signed).latest).map(({ node }) => node.name)).toEqual([
      officialFieldNames.personalSignature,
    ]);
  });
});
