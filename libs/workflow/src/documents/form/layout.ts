import type { PageText, TextSegment } from '#pdf';
import { textSegments } from '#pdf';
import type { OfficialPlaces } from '#signing';

/** The parts of an official document whose place a person may choose. */
export const placedParts = ['number', 'date', 'signature', 'agencySignature'] as const;
export type PlacedPart = (typeof placedParts)[number];

/** A rectangle on a page, in points from the lower left of the page as it is without rotation. */
export interface PartPlace {
  /** Counted from 1. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Places that a person has chosen; a part left out is placed by itself (Decree 30/2020 annex I). */
export type Layout = { readonly [Part in PlacedPart]?: PartPlace };

const officialNames = {
  number: 'number',
  date: 'date',
  signature: 'personalSignature',
  agencySignature: 'agencySignature',
} as const satisfies Record<PlacedPart, keyof OfficialPlaces>;

/** As the revisions of the document take them. */
export function officialPlaces(layout: Layout | null): Partial<OfficialPlaces> {
  const places = placedParts.flatMap((part) => {
    const place = layout?.[part];
    if (place === undefined) return [];
    const { page, ...rect } = place;
    return [[officialNames[part], { page: page - 1, rect }] as const];
  });
  return Object.fromEntries(places);
}

/** Text of the page that a place would cover, joined; null when there is none. */
export function coveredText(place: PartPlace, page: PageText): string | null {
  const covered = textSegments(page).filter((segment) => overlaps(place, segment));
  return covered.length === 0 ? null : covered.map(({ text }) => text).join(' ');
}

function overlaps(place: PartPlace, { x, y, width, size }: TextSegment): boolean {
  return (
    x < place.x + place.width && place.x < x + width && y < place.y + place.height && place.y < y + 0.7 * size
  );
}
