import { vietnamDateLine } from '#platform';

/**
 * Place and date as printed: `Hà Nội, ngày 05 tháng 02 năm 2026` (Decree 30/2020 annex I). A document that
 * has no number yet has no date either: the line is then `Hà Nội, ngày … tháng … năm …`.
 *
 * @param issuedOn `YYYY-MM-DD`, or null before the number is assigned
 */
export function dateLine(place: string, issuedOn: string | null): string {
  return `${place}, ${issuedOn === null ? 'ngày … tháng … năm …' : vietnamDateLine(issuedOn)}`;
}
