/**
 * Text as it is searched: without case, marks of tone and letter, and punctuation, so that `uy ban` finds
 * `Ủy ban` and `dong kinh` finds `Đông Kinh`.
 */
export function searchText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A tsquery (configuration `simple`) that wants each word, the last ones perhaps unfinished; null without any. */
export function prefixQuery(text: string): string | null {
  const words = searchText(text)
    .split(' ')
    .filter((word) => word !== '');
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ');
}
