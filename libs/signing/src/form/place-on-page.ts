import { array, PdfError } from '#pdf';
import type { AppearanceSize, PdfArray, PdfPage, PdfView } from '#pdf';
import type { Rect } from '../signature-options';
import { SigningError } from '../signing-error';

/** The page by its number, counted from 0, or from the end where negative. */
export function pageAt(view: PdfView, page: number): PdfPage {
  const index = page < 0 ? view.pageCount() + page : page;
  if (index < 0) throw new PdfError('PDF_NO_SUCH_PAGE', `page ${page} of ${view.pageCount()}`);
  return view.page(index);
}

/** The rectangle in the page's own coordinates. @throws SigningError RECTANGLE_OFF_PAGE */
export function rectOnPage(page: PdfPage, rect: Rect): PdfArray {
  const [left, bottom, right, top] = page.cropBox;
  const { x, y, width, height } = rect;
  const inside =
    x >= -0.01 && y >= -0.01 && x + width <= right - left + 0.01 && y + height <= top - bottom + 0.01;
  if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0 || !inside) {
    throw new SigningError('RECTANGLE_OFF_PAGE', `${width} × ${height} at (${x}, ${y})`);
  }
  return array(
    [left + x, bottom + y, left + x + width, bottom + y + height].map(
      (value) => Math.round(value * 100) / 100,
    ),
  );
}

/** Width and height of a rectangle as a reader of the turned page sees it. */
export function sizeAsRead(
  { width, height }: { readonly width: number; readonly height: number },
  pageRotation: 0 | 90 | 180 | 270,
): AppearanceSize {
  const isTurned = pageRotation === 90 || pageRotation === 270;
  return { width: isTurned ? height : width, height: isTurned ? width : height, pageRotation };
}
