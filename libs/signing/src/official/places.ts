import { agencyRectOver, annexRect, decree30, millimetres, rectOnPage, shownSize } from '#pdf';
import type { PdfPage, PdfRect, PdfView } from '#pdf';
import { pageAt } from '../form/place-on-page';
import type { Rect } from '../signature-options';
import type { OfficialPlaces, Place } from './official-types';

/** Names of the fields of an official document. */
export const fieldNames = {
  number: 'DocumentNumber',
  date: 'DocumentDate',
  marks: 'DocumentMarks',
  personalSignature: 'PersonalSignature',
  agencySignature: 'AgencySignature',
} as const;

/** The two lines under a seal that carry number and date where they have no fields, and how far they stand out on both sides. */
export const sealCaption = { height: millimetres(12), margin: millimetres(10) };

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
  const page = pageAt(view, personal.page);
  const diameter = millimetres(decree30.agencySignature.value.diameter);
  const { x, y, width, height } = personal.rect;
  const [left, bottom, right, top] = page.cropBox;
  const over = agencyRectOver([x, y, x + width, y + height], { width: diameter, height: diameter }, [
    0,
    0,
    right - left,
    top - bottom,
  ]);
  return { page: personal.page, rect: asRect(over) };
}

/** From the page as shown to the unrotated CropBox. */
function place(pageNumber: number, page: PdfPage, shown: PdfRect): Place {
  const [left, bottom] = page.cropBox;
  const [x1, y1, x2, y2] = rectOnPage(page, shown);
  return { page: pageNumber, rect: asRect([x1 - left, y1 - bottom, x2 - left, y2 - bottom]) };
}

const asRect = ([x1, y1, x2, y2]: PdfRect): Rect => ({ x: x1, y: y1, width: x2 - x1, height: y2 - y1 });
