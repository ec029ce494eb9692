import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { fromMemory, readIn } from './citation';
import { isCopyCode } from './copies';

/**
 * How a type's number and symbol are written:
 * `typed` 123/QĐ-BKHCN · 57-NQ/TW, `letter` 7816/VPCP-TTĐT · 12-CV/TU, `normative` 30/2020/NĐ-CP,
 * `unnumbered` for papers that enter no number series of documents.
 */
type NumberStyle = 'typed' | 'letter' | 'normative' | 'unnumbered';

export interface DocumentType {
  /** Stable key within its bloc, also used by the directory's table of who may issue what; ASCII, never shown. */
  readonly code: string;
  readonly name: string;
  readonly en: string;
  /** As it stands in the symbol; null where the type has none. */
  readonly abbreviation: string | null;
  readonly numberStyle: NumberStyle;
  readonly basis: Basis;
}

const decree30 = readIn('Decree 30/2020 art. 7 and annex III');
const normative = fromMemory('Law on promulgation of legal normative documents', 'types named by the issuer');
const party399 = readIn('Regulation 399-QĐ/TW');

function state(
  code: string,
  name: string,
  en: string,
  abbreviation: string | null,
  numberStyle: NumberStyle = 'typed',
): DocumentType {
  return {
    code,
    name,
    en,
    abbreviation,
    numberStyle,
    basis: numberStyle === 'normative' ? normative : decree30,
  };
}

function party(
  code: string,
  name: string,
  en: string,
  abbreviation: string | null,
  numberStyle: NumberStyle = 'typed',
): DocumentType {
  return { code, name, en, abbreviation, numberStyle, basis: party399 };
}

/** Decree 30/2020 art. 7: the 29 types of administrative documents; after them the usual normative ones. */
export const stateDocumentTypes: readonly DocumentType[] = [
  state('NQ', 'Nghị quyết', 'Resolution', 'NQ'),
  state('QD', 'Quyết định', 'Decision', 'QĐ'),
  state('CT', 'Chỉ thị', 'Directive', 'CT'),
  state('QC', 'Quy chế', 'Statute', 'QC'),
  state('QYD', 'Quy định', 'Regulation', 'QyĐ'),
  state('TC', 'Thông cáo', 'Communiqué', 'TC'),
  state('TB', 'Thông báo', 'Notice', 'TB'),
  state('HD', 'Hướng dẫn', 'Guidance', 'HD'),
  state('CTR', 'Chương trình', 'Programme', 'CTr'),
  state('KH', 'Kế hoạch', 'Plan', 'KH'),
  state('PA', 'Phương án', 'Scheme', 'PA'),
  state('DEAN', 'Đề án', 'Project proposal', 'ĐA'),
  state('DUAN', 'Dự án', 'Project', 'DA'),
  state('BC', 'Báo cáo', 'Report', 'BC'),
  state('BB', 'Biên bản', 'Minutes', 'BB'),
  state('TTR', 'Tờ trình', 'Submission', 'TTr'),
  state('HOPDONG', 'Hợp đồng', 'Contract', 'HĐ'),
  state('CONGDIEN', 'Công điện', 'Official telegram', 'CĐ'),
  state('BGN', 'Bản ghi nhớ', 'Memorandum', 'BGN'),
  state('BTT', 'Bản thỏa thuận', 'Agreement', 'BTT'),
  state('GUQ', 'Giấy ủy quyền', 'Written authority', 'GUQ'),
  state('GM', 'Giấy mời', 'Invitation', 'GM'),
  state('GGT', 'Giấy giới thiệu', 'Letter of introduction', 'GGT'),
  state('GNP', 'Giấy nghỉ phép', 'Leave paper', 'GNP'),
  state('PG', 'Phiếu gửi', 'Dispatch slip', 'PG'),
  state('PC', 'Phiếu chuyển', 'Transfer slip', 'PC'),
  state('PB', 'Phiếu báo', 'Notice slip', 'PB'),
  state('CV', 'Công văn', 'Official letter', null, 'letter'),
  state('THUCONG', 'Thư công', 'Personal official letter', null, 'unnumbered'),
  state('ND', 'Nghị định', 'Decree', 'NĐ', 'normative'),
  state('THONGTU', 'Thông tư', 'Circular', 'TT', 'normative'),
  state('NQQPPL', 'Nghị quyết (quy phạm pháp luật)', 'Normative resolution', 'NQ', 'normative'),
  state('QDQPPL', 'Quyết định (quy phạm pháp luật)', 'Normative decision', 'QĐ', 'normative'),
];

/** Regulation 399-QĐ/TW: 25 types and 8 papers. */
export const partyDocumentTypes: readonly DocumentType[] = [
  party('CUONGLINH', 'Cương lĩnh chính trị', 'Political platform', null, 'unnumbered'),
  party('DIEULE', 'Điều lệ', 'Charter', null, 'unnumbered'),
  party('CHIENLUOC', 'Chiến lược', 'Strategy', null, 'unnumbered'),
  party('NQ', 'Nghị quyết', 'Resolution', 'NQ'),
  party('QD', 'Quyết định', 'Decision', 'QĐ'),
  party('CT', 'Chỉ thị', 'Directive', 'CT'),
  party('KL', 'Kết luận', 'Conclusion', 'KL'),
  party('QC', 'Quy chế', 'Statute', 'QC'),
  party('QYD', 'Quy định', 'Regulation', 'QĐ'),
  party('TT', 'Thông tri', 'Circular', 'TT'),
  party('HD', 'Hướng dẫn', 'Guidance', 'HD'),
  party('TB', 'Thông báo', 'Notice', 'TB'),
  party('TC', 'Thông cáo', 'Communiqué', 'TC'),
  party('TUYENBO', 'Tuyên bố', 'Declaration', 'TB'),
  party('LOIKEUGOI', 'Lời kêu gọi', 'Appeal', null, 'unnumbered'),
  party('BC', 'Báo cáo', 'Report', 'BC'),
  party('KH', 'Kế hoạch', 'Plan', 'KH'),
  party('QH', 'Quy hoạch', 'Master plan', 'QH'),
  party('CTR', 'Chương trình', 'Programme', 'CTr'),
  party('DEAN', 'Đề án', 'Project proposal', 'ĐA'),
  party('PA', 'Phương án', 'Scheme', 'PA'),
  party('DUAN', 'Dự án', 'Project', 'DA'),
  party('TTR', 'Tờ trình', 'Submission', 'TTr'),
  party('CV', 'Công văn', 'Official letter', 'CV'),
  party('BB', 'Biên bản', 'Minutes', 'BB'),
  party('GGT', 'Giấy giới thiệu', 'Letter of introduction', null, 'unnumbered'),
  party('GCN', 'Giấy chứng nhận', 'Certificate paper', null, 'unnumbered'),
  party('GDD', 'Giấy đi đường', 'Travel paper', null, 'unnumbered'),
  party('GNP', 'Giấy nghỉ phép', 'Leave paper', null, 'unnumbered'),
  party('GM', 'Giấy mời', 'Invitation', null, 'unnumbered'),
  party('PC', 'Phiếu chuyển', 'Transfer slip', null, 'unnumbered'),
  party('PG', 'Phiếu gửi', 'Dispatch slip', null, 'unnumbered'),
  party('THUCONG', 'Thư công', 'Personal official letter', null, 'unnumbered'),
];

const decree30Copies = fromMemory('Decree 30/2020 annex III', 'abbreviations of copies');
const partyCopies = fromMemory('Guidance 36-HD/VPTW of 2018', 'one abbreviation for all kinds of copies');

/** Copies are documents with a number of their own; nobody drafts one. */
const stateCopyTypes: readonly DocumentType[] = [
  { ...state('SY', 'Bản sao y', 'True copy', 'SY'), basis: decree30Copies },
  { ...state('SL', 'Bản sao lục', 'Re-copy', 'SL'), basis: decree30Copies },
  { ...state('TRS', 'Bản trích sao', 'Extract', 'TrS'), basis: decree30Copies },
];

const partyCopyTypes: readonly DocumentType[] = stateCopyTypes.map((type) => ({
  ...type,
  abbreviation: 'BS',
  basis: partyCopies,
}));

const byBloc: Readonly<Record<Bloc, ReadonlyMap<string, DocumentType>>> = {
  party: indexed([...partyDocumentTypes, ...partyCopyTypes]),
  state: indexed([...stateDocumentTypes, ...stateCopyTypes]),
  // The Front and the unions follow Decree 30 "where fitting" until their own texts are entered here.
  front: indexed([...stateDocumentTypes, ...stateCopyTypes]),
  union: indexed([...stateDocumentTypes, ...stateCopyTypes]),
};

function indexed(types: readonly DocumentType[]): ReadonlyMap<string, DocumentType> {
  return new Map(types.map((type) => [type.code, type]));
}

/** The types that a body may be allowed to issue: all but copies. */
export function documentTypesOf(bloc: Bloc): readonly DocumentType[] {
  return [...byBloc[bloc].values()].filter(({ code }) => !isCopyCode(code));
}

/** The name of a type whose bloc is not known: a code means the same in each bloc that has it. */
export function documentTypeName(code: string): string {
  return (documentType('state', code) ?? documentType('party', code))?.name ?? code;
}

export function documentType(bloc: Bloc, code: string): DocumentType | undefined {
  return byBloc[bloc].get(code);
}
