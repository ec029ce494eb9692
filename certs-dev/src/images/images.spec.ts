import { PDFDocument } from 'pdf-lib';
import { handwritingPng, sealPng } from '.';

describe('pictures for development', () => {
  it('draws a signature that depends on the name alone', () => {
    expect(handwritingPng('Nguyễn Văn Ân')).toEqual(handwritingPng('Nguyễn Văn Ân'.normalize('NFD')));
    expect(handwritingPng('Nguyễn Văn Ân')).not.toEqual(handwritingPng('Trần Thị Bưởi'));
  });

  it('draws a seal of 36 mm at 300 dots per inch that a PDF can carry', async () => {
    const image = await (await PDFDocument.create()).embedPng(sealPng('Ủy ban nhân dân tỉnh Quảng Ngãi'));
    expect([image.width, image.height]).toEqual([425, 425]);
  });
});
