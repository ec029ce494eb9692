import { assembleSignedData, prepareSignedAttributes } from '#pki';
import { prepareSignature, signPdf, verifyPdf } from '..';
import { samplePdf } from '../testing/sample-pdfs';
import { makeTestPki } from '../testing/test-pki';
import type { TestPki } from '../testing/test-pki';

let pki: TestPki;

beforeAll(async () => {
  pki = await makeTestPki();
});

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** One empty page behind something that is no header; offsets count from the first byte. */
function pdfBehind(prefix: string): Uint8Array {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
  ];
  let text = `${prefix}%PDF-1.7\n`;
  const rows = objects.map((object, i) => {
    const offset = String(text.length).padStart(10, '0');
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${offset} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size 4/Root 1 0 R>>\n`;
  return latin1(`${text}startxref\n${start}\n%%EOF\n`);
}

it.each([
  ['', 'TOTAL-PASSED'],
  ['x\n', 'TOTAL-FAILED'],
])(
  'a file signed with %j in front of its header, which readers may take for two files: %s',
  async (prefix, verdict) => {
    const signed = await signPdf(pdfBehind(prefix), {
      fieldName: 'S',
      appearance: { kind: 'invisible' },
      claimedTime: new Date(),
      signer: pki.agency,
      validationMaterial: pki.material,
    });
    expect((await verifyPdf(signed, pki.context())).indication).toBe(verdict);
  },
);

it.each([
  ['1.2.840.113549.1.7.1', 'TOTAL-PASSED'],
  ['1.2.840.113549.1.7.2', 'TOTAL-FAILED'],
])('a signature made over content of type %s: %s', async (contentType, verdict) => {
  const { certificate, chain, algorithm, sign } = pki.agency;
  const prepared = await prepareSignature(await samplePdf({ pages: 1, xref: 'table' }), {
    fieldName: 'S',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    certificate,
    chain,
    algorithm,
    validationMaterial: pki.material,
  });
  const signedAttributes = await prepareSignedAttributes({
    messageDigest: prepared.digest,
    digestAlgorithm: algorithm.hash,
    signerCertificate: certificate,
    contentType,
  });
  const signatureValue = await sign(signedAttributes);
  const cms = assembleSignedData({
    signedAttributes,
    signatureValue,
    algorithm,
    signerCertificate: certificate,
    chain,
  });
  // The type outside says the same as the signed one.
  const oid = (last: string): string => `06092a864886f70d0107${last}`;
  const hex = Buffer.from(cms).toString('hex');
  const typed = hex.replace(oid('01'), oid(contentType.endsWith('1') ? '01' : '02'));
  const signed = prepared.preparedPdf.slice();
  signed.set(latin1(typed), prepared.session.byteRange[1] + 1);
  expect((await verifyPdf(signed, pki.context())).indication).toBe(verdict);
});
