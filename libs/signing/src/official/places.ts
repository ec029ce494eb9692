import { agencyRectOver, annexRect, copyRect, decree30, millimetres, rectOnPage, shownSize } from '#pdf';
import type { PdfPage, PdfRect, PdfView } from '#pdf';
import { captionHeight } from '../form/field-appearance';
import { pageAt } from '../form/place-on-page';
import type { Rect } from '../signature-options';
import { annotationsOn, isFree } from './free-places';
import type { OfficialPlaces, Place } from './official-types';

/** Names of the fields of an official document. */
export const fieldNames = {
  number: 'DocumentNumber',
  date: 'DocumentDate',
  marks: 'DocumentMarks',
  personalSignature: 'PersonalSignature',
  agencySignature: 'AgencySignature',
  copySignature: 'CopySignature',
} as const;

/** The two lines under a seal that carry number and date where they have no fields, and how far they stand out on both sides. */
const sealCaption = { height: captionHeight(2), margin: millimetres(10) };

/** A part's place: what the caller says, else the default for this file's pages. */
export function placeOf(
  part: keyof OfficialPlaces,
  view: PdfView,
  given: Partial<OfficialPlaces> = {},
): Place {
  return given[part] ?? defaults[part](view, given);
}

const defaults: Readonly<
  Record<keyof OfficialPlaces, (view: PdfView, given: Partial<OfficialPlaces>) => Place>
> = {
  number: (view) => headerPlace(view, 'left', 46),
  date: (view) => headerPlace(view, 'right', 46),
  marks: (view) => headerPlace(view, 'left', 66),
  personalSignature: personalPlace,
  agencySignature: (view, given) => agencyPlace(view, placeOf('personalSignature', view, given)),
  annexSignature: (view) => place(0, pageAt(view, 0), annexRect(pageAt(view, 0))),
};

/**
 * The mark of a copy, top right of page 1 (Decree 30/2020 App. I): where the law wants it, else the nearest place along
 * the edge of the paper that covers neither text nor the mark of an earlier copy; the law's where all are taken.
 *
 * @param text of page 1, from the lower left of its CropBox
 */
export function copyPlace(view: PdfView, text: readonly Rect[]): Place {
  const page = pageAt(view, 0);
  const { width, height } = shownSize(page);
  const usual = copyRect(page);
  const [w, h] = [usual[2] - usual[0], usual[3] - usual[1]];
  const edge = millimetres(3);
  const [left, right] = [edge, width - edge - w];
  const [top, bottom] = [height - edge - h, edge];
  const along: readonly (readonly [number, number])[] = [
    [usual[0], top],
    [right, top],
    [Math.max(left, right - w - edge), top],
    [left, top],
    [right, bottom],
    [left, bottom],
  ];
  const taken = [...text, ...annotationsOn(view, page)];
  const places = [usual, ...along.map(([x, y]): PdfRect => [x, y, x + w, y + h])].map((shown) =>
    place(0, page, shown),
  );
  return places.find(({ rect }) => isFree(rect, taken)) ?? place(0, page, usual);
}

/** The lines below the names of agency and nation, left and right (Decree 30/2020 App. I, boxes 3 and 4; in mm from the top). */
function headerPlace(view: PdfView, side: 'left' | 'right', fromTop: number): Place {
  const page = pageAt(view, 0);
  const { width, height } = shownSize(page);
  const middle = width * 0.46;
  const left = side === 'left' ? millimetres(20) : middle;
  const right = side === 'left' ? middle : width - millimetres(12);
  const top = height - millimetres(fromTop - 8);
  return place(0, page, [left, top - millimetres(8), Math.max(left + 1, right), top]);
}

/** In the right half of the last page, above the signatory's name. */
function personalPlace(view: PdfView): Place {
  const page = pageAt(view, -1);
  const { width, height } = shownSize(page);
  const size = decree30.personalSignature.value;
  const boxWidth = Math.min(millimetres(size.width), width / 2);
  const boxHeight = Math.min(millimetres(size.height), height / 4);
  const centre = (width / 2 + width - millimetres(15)) / 2;
  const bottom = Math.min(millimetres(45), height / 4);
  return place(-1, page, [centre - boxWidth / 2, bottom, centre + boxWidth / 2, bottom + boxHeight]);
}

/** Over the left third of the personal signature (Decree 30/2020 App. I). */
function agencyPlace(view: PdfView, personal: Place): Place {
  const diameter = millimetres(decree30.agencySignature.value.diameter);
  return movedAsShown(view, personal, (rect, page) => {
    const { width, height } = shownSize(page);
    return agencyRectOver(rect, { width: diameter, height: diameter }, [0, 0, width, height]);
  });
}

/** Room below the seal for number and date; the seal keeps its size, and moves up where the page ends. */
export function withCaption(view: PdfView, seal: Place): Place {
  return movedAsShown(view, seal, ([x1, y1, x2, y2]) => {
    const bottom = Math.max(0, y1 - sealCaption.height);
    return [
      Math.max(0, x1 - sealCaption.margin),
      bottom,
      x2 + sealCaption.margin,
      bottom + sealCaption.height + (y2 - y1),
    ];
  });
}

/** Another place found from one, both measured on the page as its reader sees it. */
function movedAsShown(view: PdfView, from: Place, move: (shown: PdfRect, page: PdfPage) => PdfRect): Place {
  const page = pageAt(view, from.page);
  return place(from.page, page, move(asShown(page, from.rect), page));
}

/** From the unrotated CropBox to the page as shown. */
function asShown({ cropBox, rotate }: PdfPage, { x, y, width, height }: Rect): PdfRect {
  const pageWidth = cropBox[2] - cropBox[0];
  const pageHeight = cropBox[3] - cropBox[1];
  switch (rotate) {
    case 0:
      return [x, y, x + width, y + height];
    case 90:
      return [y, pageWidth - x - width, y + height, pageWidth - x];
    case 180:
      return [pageWidth - x - width, pageHeight - y - height, pageWidth - x, pageHeight - y];
    case 270:
      return [pageHeight - y - height, x, pageHeight - y, x + width];
  }
}

/** From the page as shown to the unrotated CropBox. */
function place(pageNumber: number, page: PdfPage, shown: PdfRect): Place {
  const [left, bottom] = page.cropBox;
  const [x1, y1, x2, y2] = rectOnPage(page, shown);
  return { page: pageNumber, rect: { x: x1 - left, y: y1 - bottom, width: x2 - x1, height: y2 - y1 } };
}
