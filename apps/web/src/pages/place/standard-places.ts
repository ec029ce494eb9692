import type { Layout, PartPlace, PlacedPart } from '../../api/types';

/** Points of a page in a millimetre. */
export const point = 72 / 25.4;

export const placedParts: readonly PlacedPart[] = ['number', 'date', 'signature', 'agencySignature'];

interface Millimetres {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/**
 * On A4, Decree 30/2020 annex I: number below the author at the left, place and date below the motto at the right,
 * the signature at the right of the last page, the agency's over its left third. Lengths are ours where it names none.
 */
const standard: Readonly<Record<PlacedPart, Millimetres>> = {
  number: { left: 30, bottom: 249, width: 70, height: 8 },
  date: { left: 105, bottom: 241, width: 90, height: 8 },
  signature: { left: 125, bottom: 45, width: 50, height: 25 },
  agencySignature: { left: 105.7, bottom: 39.5, width: 36, height: 36 },
};

/** The standard place of a part: number and date on page 1, signatures on the last. */
export function standardPlace(part: PlacedPart, pages: number): PartPlace {
  const { left, bottom, width, height } = standard[part];
  return {
    page: part === 'number' || part === 'date' ? 1 : pages,
    x: left * point,
    y: bottom * point,
    width: width * point,
    height: height * point,
  };
}

export function withPlace(layout: Layout, part: PlacedPart, place: PartPlace | undefined): Layout {
  if (place) return { ...layout, [part]: place };
  return Object.fromEntries(Object.entries(layout).filter(([name]) => name !== part));
}

/** Moves a place by points, within a page where its size is known. */
export function moved(
  place: PartPlace,
  by: { readonly x: number; readonly y: number },
  page: { readonly width: number; readonly height: number },
): PartPlace {
  const within = (value: number, most: number): number => Math.min(Math.max(value, 0), Math.max(most, 0));
  return {
    ...place,
    x: within(place.x + by.x, page.width - place.width),
    y: within(place.y + by.y, page.height - place.height),
  };
}
