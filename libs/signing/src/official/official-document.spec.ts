import { writeFileSync, mkdirSync } from 'node:fs';
import { loadStampFont } from '#pdf/node';
import { makeTestPki } from '../testing/test-pki';
import { samplePdf } from '../testing/sample-pdfs';
import { officialDocument } from '..';
import { handwritingPng, sealPng } from '../../../../certs-dev/src/images';

it('dump', async () => {
  mkdirSync('/tmp/sg', { recursive: true });
  const pki = await makeTestPki();
  writeFileSync('/tmp/sg/root.pem', Buffer.from(pki.root.der).toString('base64'));
  writeFileSync('/tmp/sg/root.der', pki.root.der);
  const fonts = { regular: await loadStampFont('tinos'), italic: await loadStampFont('tinos', 'italic') };
  const hand = handwritingPng('Nguyễn Thị Ánh Ngọc');
  const seal = sealPng('Sở Khoa học và Công nghệ tỉnh Bà Rịa');
  for (const [name, pages, xref] of [
    ['t3', 3, 'table'],
    ['s3', 3, 'stream'],
    ['t300', 300, 'table'],
  ] as const) {
    const upload = await samplePdf({ pages, xref });
    const t0 = performance.now();
    const laid = await officialDocument.layOut(upload, {
      agencySignature: 'expected',
      marks: { lines: ['HỎA TỐC'], fonts },
    });
    const t1 = performance.now();
    const signed = await officialDocument.personSign(laid, {
      signer: pki.person,
      timestamps: pki.timestamps,
      claimedTime: new Date(),
      handwriting: hand,
    });
    const t2 = performance.now();
    const numbered = await officialDocument.number(signed, {
      numberLine: 'Số: 123/QĐ-SKHCN',
      dateLine: 'Bà Rịa, ngày 22 tháng 11 năm 2026',
      fonts,
      dss: pki.material,
    });
    const t3 = performance.now();
    const sealed = await officialDocument.agencySign(numbered, {
      signer: pki.agency,
      timestamps: pki.timestamps,
      claimedTime: new Date(),
      seal,
      numberLine: '',
      dateLine: '',
      fonts,
    });
    const t4 = performance.now();
    console.log(name, t1 - t0, t2 - t1, t3 - t2, t4 - t3, upload.length, sealed.length);
    writeFileSync(`/tmp/sg/${name}.pdf`, sealed);
    writeFileSync(
      `/tmp/sg/${name}-annex.pdf`,
      await officialDocument.annexSign(upload, {
        signer: pki.agency,
        timestamps: pki.timestamps,
        claimedTime: new Date(),
        numberAndSymbol: '123/QĐ-SKHCN',
        fonts,
      }),
    );
  }
});
