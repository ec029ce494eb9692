import type { PdfPage, PdfRect } from '../read/page-tree';
import type { Size } from './form';

/** Millimetres to points. */
export function millimetres(mm: number): number {
  return (mm * 72) / 25.4;
}

/** How sure a rule is: read in a source, remembered, or assumed by us where the law is silent, as it is on sizes. */
type Certainty = 'read' | 'memory' | 'assumption';

interface Rule<T> {
  readonly value: T;
  readonly basis: string;
  readonly certainty: Certainty;
}

/** Where and how signatures show on the page by Decree 30/2020/NĐ-CP, Annex I. Lengths in millimetres. */
export const decree30 = {
  paper: {
    value: { width: 210, height: 297, marginTop: 20, marginBottom: 20, marginLeft: 30, marginRight: 15 },
    basis: 'Decree 30/2020 Annex I part I section I (A4; margins 20–25, 20–25, 30–35 and 15–20 mm)',
    certainty: 'memory',
  },
  /** Blue picture of the handwriting, transparent PNG, centred between title and name of the signatory. */
  personalSignature: {
    value: { width: 50, height: 25, color: 'blue', text: false },
    basis: 'Decree 30/2020 Annex I part I section II item 7; size where the law gives none',
    certainty: 'assumption',
  },
  /** Red picture of the seal, transparent PNG, in the seal's real size. */
  agencySignature: {
    value: { diameter: 36, color: 'red', text: false },
    basis:
      'Decree 30/2020 Annex I part I section II item 8; diameter only where the agency has not registered its own',
    certainty: 'assumption',
  },
  /** Share of the personal signature that the agency's covers, from its left. */
  agencyOverlap: {
    value: 1 / 3,
    basis: 'Decree 30/2020 Annex I part I section II item 8 ("trùm lên khoảng 1/3 … về bên trái")',
    certainty: 'read',
  },
  /** The agency's signature on an annex in a file of its own: text alone at the top right of page 1. */
  annexBlock: {
    value: {
      width: 75,
      height: 15,
      fontSize: 10,
      font: 'tinos',
      color: 'black',
      image: false,
      distanceToEdge: 10,
    },
    basis:
      'Decree 30/2020 Annex I part I section II item 8 (10 pt, upright, black; number and symbol, time by ISO 8601)',
    certainty: 'read',
  },
  /** Stamp of whoever receives a document; where on the page the form leaves room, below number and symbol. */
  arrivalStamp: {
    value: { width: 50, height: 35, color: 'red', font: 'tinos', left: 15, top: 62 },
    basis: 'Decree 30/2020 Annex IV part II ("ĐẾN", 35 × 50 mm); the place where the law gives none',
    certainty: 'memory',
  },
  /** The same place and letters for the agency that makes an electronic copy. */
  copyBlock: {
    value: {
      width: 75,
      height: 13,
      fontSize: 10,
      font: 'tinos',
      color: 'black',
      image: false,
      distanceToEdge: 10,
    },
    basis: 'Decree 30/2020 art. 25–26 and Annex I part III',
    certainty: 'memory',
  },
} as const satisfies Readonly<Record<string, Rule<unknown>>>;

/**
 * The rectangle of the agency's image over a personal signature, in the coordinates of `personal`: it covers
 * the left third of the personal signature and is centred on its height.
 * @param seal real size of the picture, points
 * @param page where given, the rectangle is moved to lie on this box
 */
export function agencyRectOver(personal: PdfRect, seal: Size, page?: PdfRect): PdfRect {
  const right = personal[0] + (personal[2] - personal[0]) * decree30.agencyOverlap.value;
  const bottom = (personal[1] + personal[3]) / 2 - seal.height / 2;
  const rect: PdfRect = [right - seal.width, bottom, right, bottom + seal.height];
  return page === undefined ? rect : movedInto(rect, page);
}

function movedInto(rect: PdfRect, box: PdfRect): PdfRect {
  const dx = Math.max(0, box[0] - rect[0]) + Math.min(0, box[2] - rect[2]);
  const dy = Math.max(0, box[1] - rect[1]) + Math.min(0, box[3] - rect[3]);
  return [rect[0] + dx, rect[1] + dy, rect[2] + dx, rect[3] + dy];
}

/** Size of the page as a reader sees it, points. */
export function shownSize({ cropBox, rotate }: PdfPage): Size {
  const width = cropBox[2] - cropBox[0];
  const height = cropBox[3] - cropBox[1];
  return rotate === 90 || rotate === 270 ? { width: height, height: width } : { width, height };
}

/**
 * Turns a rectangle measured on the page as shown (points from the lower left corner that the reader sees) into
 * the page's own coordinates, for /Rect.
 */
export function rectOnPage(page: PdfPage, shown: PdfRect): PdfRect {
  const [left, bottom, right, top] = page.cropBox;
  const [x1, y1, x2, y2] = shown;
  switch (page.rotate) {
    case 0:
      return [left + x1, bottom + y1, left + x2, bottom + y2];
    case 90:
      return [right - y2, bottom + x1, right - y1, bottom + x2];
    case 180:
      return [right - x2, top - y2, right - x1, top - y1];
    case 270:
      return [left + y1, top - x2, left + y2, top - x1];
  }
}

/** Where the block of an annex stands on the page as shown: its top right corner. */
export function annexRect(page: PdfPage): PdfRect {
  return topRight(page, decree30.annexBlock.value);
}

/** The same for the block of a copy. */
export function copyRect(page: PdfPage): PdfRect {
  return topRight(page, decree30.copyBlock.value);
}

function topRight(
  page: PdfPage,
  block: { readonly width: number; readonly height: number; readonly distanceToEdge: number },
): PdfRect {
  const { width, height } = shownSize(page);
  const edge = millimetres(block.distanceToEdge);
  const right = width - edge;
  const top = height - edge;
  return [
    Math.max(0, right - millimetres(block.width)),
    Math.max(0, top - millimetres(block.height)),
    right,
    top,
  ];
}
