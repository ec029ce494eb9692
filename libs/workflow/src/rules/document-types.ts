import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { fromMemory, readIn } from './citation';

/**
 * How a type's number and symbol are written:
 * `typed` 123/QĐ-BKHCN · 57-NQ/TW, `letter` 7816/VPCP-TTĐT · 12-CV/TU, `normative` 30/2020/NĐ-CP,
 * `unnumbered` for papers that enter no number series of documents.
 */
export type NumberStyle = 'typed' | 'letter' | 'normative' | 'unnumbered';

export interface DocumentType {
  /** As the directory names it; ASCII, never shown. */
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
  state('NGHI_QUYET', 'Nghị quyết', 'Resolution', 'NQ'),
  state('QUYET_DINH', 'Quyết định', 'Decision', 'QĐ'),
  state('CHI_THI', 'Chỉ thị', 'Directive', 'CT'),
  state('QUY_CHE', 'Quy chế', 'Statute', 'QC'),
  state('QUY_DINH', 'Quy định', 'Regulation', 'QyĐ'),
  state('THONG_CAO', 'Thông cáo', 'Communiqué', 'TC'),
  state('THONG_BAO', 'Thông báo', 'Notice', 'TB'),
  state('HUONG_DAN', 'Hướng dẫn', 'Guidance', 'HD'),
  state('CHUONG_TRINH', 'Chương trình', 'Programme', 'CTr'),
  state('KE_HOACH', 'Kế hoạch', 'Plan', 'KH'),
  state('PHUONG_AN', 'Phương án', 'Scheme', 'PA'),
  state('DE_AN', 'Đề án', 'Project proposal', 'ĐA'),
  state('DU_AN', 'Dự án', 'Project', 'DA'),
  state('BAO_CAO', 'Báo cáo', 'Report', 'BC'),
  state('BIEN_BAN', 'Biên bản', 'Minutes', 'BB'),
  state('TO_TRINH', 'Tờ trình', 'Submission', 'TTr'),
  state('HOP_DONG', 'Hợp đồng', 'Contract', 'HĐ'),
  state('CONG_DIEN', 'Công điện', 'Official telegram', 'CĐ'),
  state('BAN_GHI_NHO', 'Bản ghi nhớ', 'Memorandum', 'BGN'),
  state('BAN_THOA_THUAN', 'Bản thỏa thuận', 'Agreement', 'BTT'),
  state('GIAY_UY_QUYEN', 'Giấy ủy quyền', 'Written authority', 'GUQ'),
  state('GIAY_MOI', 'Giấy mời', 'Invitation', 'GM'),
  state('GIAY_GIOI_THIEU', 'Giấy giới thiệu', 'Letter of introduction', 'GGT'),
  state('GIAY_NGHI_PHEP', 'Giấy nghỉ phép', 'Leave paper', 'GNP'),
  state('PHIEU_GUI', 'Phiếu gửi', 'Dispatch slip', 'PG'),
  state('PHIEU_CHUYEN', 'Phiếu chuyển', 'Transfer slip', 'PC'),
  state('PHIEU_BAO', 'Phiếu báo', 'Notice slip', 'PB'),
  state('CONG_VAN', 'Công văn', 'Official letter', null, 'letter'),
  state('THU_CONG', 'Thư công', 'Personal official letter', null, 'unnumbered'),
  state('NGHI_DINH', 'Nghị định', 'Decree', 'NĐ', 'normative'),
  state('THONG_TU', 'Thông tư', 'Circular', 'TT', 'normative'),
  state('NGHI_QUYET_QPPL', 'Nghị quyết (quy phạm pháp luật)', 'Normative resolution', 'NQ', 'normative'),
  state('QUYET_DINH_QPPL', 'Quyết định (quy phạm pháp luật)', 'Normative decision', 'QĐ', 'normative'),
];

/** Regulation 399-QĐ/TW: 25 types and 8 papers. */
export const partyDocumentTypes: readonly DocumentType[] = [
  party('CUONG_LINH', 'Cương lĩnh chính trị', 'Political platform', null, 'unnumbered'),
  party('DIEU_LE', 'Điều lệ', 'Charter', null, 'unnumbered'),
  party('CHIEN_LUOC', 'Chiến lược', 'Strategy', null, 'unnumbered'),
  party('NGHI_QUYET', 'Nghị quyết', 'Resolution', 'NQ'),
  party('QUYET_DINH', 'Quyết định', 'Decision', 'QĐ'),
  party('CHI_THI', 'Chỉ thị', 'Directive', 'CT'),
  party('KET_LUAN', 'Kết luận', 'Conclusion', 'KL'),
  party('QUY_CHE', 'Quy chế', 'Statute', 'QC'),
  party('QUY_DINH', 'Quy định', 'Regulation', 'QĐ'),
  party('THONG_TRI', 'Thông tri', 'Circular', 'TT'),
  party('HUONG_DAN', 'Hướng dẫn', 'Guidance', 'HD'),
  party('THONG_BAO', 'Thông báo', 'Notice', 'TB'),
  party('THONG_CAO', 'Thông cáo', 'Communiqué', 'TC'),
  party('TUYEN_BO', 'Tuyên bố', 'Declaration', 'TB'),
  party('LOI_KEU_GOI', 'Lời kêu gọi', 'Appeal', null, 'unnumbered'),
  party('BAO_CAO', 'Báo cáo', 'Report', 'BC'),
  party('KE_HOACH', 'Kế hoạch', 'Plan', 'KH'),
  party('QUY_HOACH', 'Quy hoạch', 'Master plan', 'QH'),
  party('CHUONG_TRINH', 'Chương trình', 'Programme', 'CTr'),
  party('DE_AN', 'Đề án', 'Project proposal', 'ĐA'),
  party('PHUONG_AN', 'Phương án', 'Scheme', 'PA'),
  party('DU_AN', 'Dự án', 'Project', 'DA'),
  party('TO_TRINH', 'Tờ trình', 'Submission', 'TTr'),
  party('CONG_VAN', 'Công văn', 'Official letter', 'CV'),
  party('BIEN_BAN', 'Biên bản', 'Minutes', 'BB'),
  party('GIAY_GIOI_THIEU', 'Giấy giới thiệu', 'Letter of introduction', null, 'unnumbered'),
  party('GIAY_CHUNG_NHAN', 'Giấy chứng nhận', 'Certificate paper', null, 'unnumbered'),
  party('GIAY_DI_DUONG', 'Giấy đi đường', 'Travel paper', null, 'unnumbered'),
  party('GIAY_NGHI_PHEP', 'Giấy nghỉ phép', 'Leave paper', null, 'unnumbered'),
  party('GIAY_MOI', 'Giấy mời', 'Invitation', null, 'unnumbered'),
  party('PHIEU_CHUYEN', 'Phiếu chuyển', 'Transfer slip', null, 'unnumbered'),
  party('PHIEU_GUI', 'Phiếu gửi', 'Dispatch slip', null, 'unnumbered'),
  party('THU_CONG', 'Thư công', 'Personal official letter', null, 'unnumbered'),
];

const byBloc: Readonly<Record<Bloc, ReadonlyMap<string, DocumentType>>> = {
  party: indexed(partyDocumentTypes),
  state: indexed(stateDocumentTypes),
  // The Front and the unions follow Decree 30 "where fitting" until their own texts are entered here.
  front: indexed(stateDocumentTypes),
  union: indexed(stateDocumentTypes),
};

function indexed(types: readonly DocumentType[]): ReadonlyMap<string, DocumentType> {
  return new Map(types.map((type) => [type.code, type]));
}

export function documentTypesOf(bloc: Bloc): readonly DocumentType[] {
  return [...byBloc[bloc].values()];
}

export function documentType(bloc: Bloc, code: string): DocumentType | undefined {
  return byBloc[bloc].get(code);
}
