import { asArray, asDict, asNumber } from '#pdf';
import type { PdfObject, PdfPage, PdfRef } from '#pdf';
import type { Rect } from '../signature-options';

/** Kept free around text, and around places where something stands or will stand. */
const gap = 3;

export function grown({ x, y, width, height }: Rect): Rect {
  return { x: x - gap, y: y - gap, width: width + 2 * gap, height: height + 2 * gap };
}

export function isFree(place: Rect, obstacles: readonly Rect[]): boolean {
  return obstacles.every(
    (other) =>
      place.x >= other.x + other.width ||
      other.x >= place.x + place.width ||
      place.y >= other.y + other.height ||
      other.y >= place.y + place.height,
  );
}

/** A view of a file, or what is being written on top of one. */
interface Objects {
  get(ref: PdfRef): PdfObject;
  resolve(object: PdfObject | undefined): PdfObject;
}

/** Stamps, links, fields and signatures on a page, from the lower left of its CropBox. */
export function annotationsOn(objects: Objects, page: PdfPage): Rect[] {
  const [left, bottom] = page.cropBox;
  const list = asArray(objects.resolve(asDict(objects.get(page.ref))?.get('Annots')))?.items ?? [];
  return list.flatMap((item) => {
    const rect = asArray(objects.resolve(asDict(objects.resolve(item))?.get('Rect')));
    const [x1, y1, x2, y2] = (rect?.items ?? []).map((value) => asNumber(objects.resolve(value)));
    if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return [];
    const [x, y] = [Math.min(x1, x2) - left, Math.min(y1, y2) - bottom];
    return [{ x, y, width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }];
  });
}
