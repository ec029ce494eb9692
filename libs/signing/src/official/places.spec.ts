import { openPdf } from '#pdf';
import { samplePdf } from '../testing/sample-pdfs';
import type { Rect } from '../signature-options';
import type { OfficialPlaces } from './official-types';
import { copyPlace, placeOf, withCaption } from './places';

const given = (x: number, y: number, width: number, height: number): Partial<OfficialPlaces> => ({
  personalSignature: { page: 0, rect: { x, y, width, height } },
});

describe('the place of the agency signature', () => {
  it.each([
    // Height 841.89, width 595.28; a seal of 36 mm is 102.05 points.
    [0, given(300, 100, 150, 60), { left: 300 + 50 - 102.05, bottom: 130 - 51.02 }],
    [90, given(300, 100, 60, 150), { left: 330 - 51.02, bottom: 150 - 102.05 }],
    [180, given(200, 700, 150, 60), { left: 300, bottom: 730 - 51.02 }],
    [270, given(300, 100, 60, 150), { left: 330 - 51.02, bottom: 200 }],
  ] as const)(
    'covers the left third of the personal one as read on a page turned by %d degrees',
    async (rotate, places, expected) => {
      const { latest } = openPdf(await samplePdf({ pages: 1, xref: 'table', rotate }));
      const { rect } = placeOf('agencySignature', latest, places);
      expect(rect.x).toBeCloseTo(expected.left, 1);
      expect(rect.y).toBeCloseTo(expected.bottom, 1);
      expect([rect.width, rect.height].map(Math.round)).toEqual([102, 102]);
    },
  );

  it('grows downwards as read where number and date stand below the seal', async () => {
    const upright = openPdf(await samplePdf({ pages: 1, xref: 'table' })).latest;
    const turned = openPdf(await samplePdf({ pages: 1, xref: 'table', rotate: 180 })).latest;
    const seal = { page: 0, rect: { x: 200, y: 300, width: 100, height: 100 } };
    expect(withCaption(upright, seal).rect.y).toBeLessThan(300);
    expect(withCaption(turned, seal).rect).toMatchObject({ y: 300 });
    expect(withCaption(turned, seal).rect.height).toBeGreaterThan(120);
  });
});

describe('the place of the mark of a copy', () => {
  const corner = async (text: readonly Rect[], rotate: 0 | 90 = 0): Promise<readonly number[]> => {
    const { latest } = openPdf(await samplePdf({ pages: 1, xref: 'table', rotate }));
    const { page, rect } = copyPlace(latest, text);
    expect(page).toBe(0);
    return [rect.x, rect.y, rect.x + rect.width, rect.y + rect.height].map(Math.round);
  };
  const header = { x: 300, y: 780, width: 280, height: 14 };

  it('is the top right, ten millimetres from the edges', async () => {
    expect(await corner([])).toEqual([354, 777, 567, 814]);
  });

  it('is nearer to the edge of the paper where the heading begins high', async () => {
    expect(await corner([header])).toEqual([354, 797, 567, 833]);
  });

  it('is beside what stands there, as the mark of an earlier copy', async () => {
    const mark = { x: 400, y: 800, width: 190, height: 30 };
    expect(await corner([header, mark])).toEqual([153, 797, 366, 833]);
  });

  it('is where the law wants it when there is no room along the edges', async () => {
    expect(await corner([{ x: 0, y: 0, width: 600, height: 842 }])).toEqual([354, 777, 567, 814]);
  });

  it('is the top right as read on a page that is turned', async () => {
    const [left, bottom, right, top] = await corner([], 90);
    expect([right! - left!, top! - bottom!]).toEqual([37, 213]);
  });
});
