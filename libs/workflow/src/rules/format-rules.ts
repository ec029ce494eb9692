import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { assumed, fromMemory, readIn } from './citation';

/** What a page must show, rule by rule; `documents/form` looks whether it does. */
export type FormatRuleCode =
  | 'TYPE_NOT_ALLOWED'
  | 'TEXT_NOT_READABLE'
  | 'HEADER_MISSING'
  | 'HEADER_OF_OTHER_BLOC'
  | 'AGENCY_NAME_MISSING'
  | 'TYPE_NAME_MISSING'
  | 'ABSTRACT_DIFFERS'
  | 'SIGNER_TITLE_MISSING'
  | 'SIGNER_NAME_MISSING'
  | 'RECIPIENTS_LIST_MISSING'
  | 'PAGE_NOT_A4'
  | 'PAGE_NUMBERS_MISSING'
  | 'MARGIN_TOO_NARROW'
  | 'FONT_NOT_EMBEDDED';

export interface FormatRule {
  /** `error`: no number is given. `warning`: a person looks and decides. */
  readonly severity: 'error' | 'warning';
  readonly basis: Readonly<Record<'party' | 'other', Basis>>;
  readonly vi: string;
  readonly en: string;
}

const annex = (state: string): FormatRule['basis'] => ({
  party: fromMemory('Guidance 36-HD/VPTW of 2018', 'form rules of 05-HD/VPTW not re-read in full'),
  other: fromMemory(`Decree 30/2020 annex I part ${state}`),
});
const both = (basis: Basis): FormatRule['basis'] => ({ party: basis, other: basis });

export const formatRules: Readonly<Record<FormatRuleCode, FormatRule>> = {
  TYPE_NOT_ALLOWED: {
    severity: 'error',
    basis: {
      party: readIn('Regulation 399-QĐ/TW'),
      other: readIn('Decree 30/2020 art. 7'),
    },
    vi: 'Cơ quan ban hành không còn thẩm quyền ban hành loại văn bản này. Hãy trả lại để đổi tên loại hoặc cơ quan ban hành.',
    en: 'The body may no longer issue this type. Return the document and change its type or its body.',
  },
  TEXT_NOT_READABLE: {
    severity: 'warning',
    basis: both(assumed('a scanned page cannot be checked, searched or read aloud')),
    vi: 'Trang không có chữ đọc được (có thể là bản quét) nên không kiểm tra được thể thức. Hãy xuất PDF từ phần mềm soạn thảo hoặc tự kiểm tra bằng mắt.',
    en: 'The page has no readable text (a scan, perhaps), so its form cannot be checked. Export the PDF from the word processor, or look at it yourself.',
  },
  HEADER_MISSING: {
    severity: 'warning',
    basis: annex('II.1'),
    vi: 'Đầu trang thứ nhất không thấy Quốc hiệu, Tiêu ngữ (hoặc tiêu đề Đảng Cộng sản Việt Nam). Hãy bổ sung theo mẫu của khối.',
    en: "The head of the first page lacks the nation's name and motto (or the Party's name). Add it as the form of the bloc says.",
  },
  HEADER_OF_OTHER_BLOC: {
    severity: 'warning',
    basis: annex('II.1'),
    vi: 'Đầu trang mang tiêu đề của khối khác; Quốc hiệu và tiêu đề Đảng không dùng lẫn. Hãy thay bằng tiêu đề đúng của cơ quan ban hành.',
    en: 'The head of the page is that of another bloc; the two are never mixed. Put the right one in its place.',
  },
  AGENCY_NAME_MISSING: {
    severity: 'warning',
    basis: annex('II.2'),
    vi: 'Trang thứ nhất không thấy tên cơ quan ban hành như trong danh bạ. Hãy kiểm tra tên cơ quan ở góc trên bên trái.',
    en: 'The first page does not show the name of the issuing body as in the directory. Check the name at its top left.',
  },
  TYPE_NAME_MISSING: {
    severity: 'warning',
    basis: annex('II.5'),
    vi: 'Trang thứ nhất không thấy tên loại văn bản đã chọn. Hãy kiểm tra tên loại hoặc chọn lại.',
    en: 'The first page does not show the chosen document type. Check the title of the page or choose again.',
  },
  ABSTRACT_DIFFERS: {
    severity: 'warning',
    basis: annex('II.5'),
    vi: 'Trích yếu đã nhập không khớp với trích yếu trên trang thứ nhất. Hãy sửa cho khớp.',
    en: 'The abstract as entered is not that of the first page. Make them agree.',
  },
  SIGNER_TITLE_MISSING: {
    severity: 'warning',
    basis: annex('II.7'),
    vi: 'Trang cuối không thấy quyền hạn, chức vụ của người ký. Hãy kiểm tra thể thức đề ký.',
    en: "The last page does not show the signer's capacity and title. Check the lines above the signature.",
  },
  SIGNER_NAME_MISSING: {
    severity: 'warning',
    basis: annex('II.7'),
    vi: 'Trang cuối không thấy họ tên người ký. Hãy kiểm tra họ tên dưới chữ ký.',
    en: "The last page does not show the signer's name. Check the name below the signature.",
  },
  RECIPIENTS_LIST_MISSING: {
    severity: 'warning',
    basis: annex('II.9'),
    vi: 'Không thấy mục "Nơi nhận" ở cuối văn bản. Hãy bổ sung nơi nhận.',
    en: 'There is no list of recipients ("Nơi nhận") at the end. Add it.',
  },
  PAGE_NOT_A4: {
    severity: 'warning',
    basis: annex('I.1'),
    vi: 'Trang không phải khổ A4 (210 × 297 mm). Hãy đặt lại khổ giấy rồi xuất PDF.',
    en: 'The page is not A4 (210 × 297 mm). Set the paper size and export the PDF again.',
  },
  PAGE_NUMBERS_MISSING: {
    severity: 'warning',
    basis: annex('I.7'),
    vi: 'Trang thứ hai không thấy số trang. Hãy đánh số trang từ trang thứ hai.',
    en: 'The second page shows no page number. Number the pages from the second on.',
  },
  MARGIN_TOO_NARROW: {
    severity: 'warning',
    basis: annex('I.3'),
    vi: 'Chữ nằm ngoài lề quy định (trái 30–35 mm, phải 15–20 mm). Hãy chỉnh lề trang.',
    en: 'Text stands outside the margins (left 30–35 mm, right 15–20 mm). Set the margins of the page.',
  },
  FONT_NOT_EMBEDDED: {
    severity: 'warning',
    basis: both(assumed('without its font a page may look different to its reader (ISO 19005)')),
    vi: 'Tệp không nhúng phông chữ nên có thể hiển thị khác đi. Hãy nhúng phông khi xuất PDF.',
    en: 'The file does not embed its fonts, so it may look different elsewhere. Embed them when exporting.',
  },
};

export function formatBasis(rule: FormatRuleCode, bloc: Bloc): Basis {
  return formatRules[rule].basis[bloc === 'party' ? 'party' : 'other'];
}

/** Millimetres (Decree 30/2020 annex I part I): the narrowest margins, less what a reader cannot see. */
export const pageRules = {
  a4: { width: 210, height: 297, tolerance: 3 },
  margins: { left: 30, right: 15, tolerance: 3 },
} as const;

interface Heading {
  readonly bloc: 'party' | 'other';
  readonly text: string;
}

/** The Front and the unions follow Decree 30 where fitting, until their own texts are entered. */
export const headings: readonly Heading[] = [
  { bloc: 'party', text: 'Đảng Cộng sản Việt Nam' },
  { bloc: 'other', text: 'Cộng hòa xã hội chủ nghĩa Việt Nam' },
];
