import type { ProblemCatalogue } from '#platform';

/** Everything that can go wrong in this lib; the codes are stable. */
export type DirectoryErrorCode =
  'AGENCY_NOT_FOUND' | 'PERSON_NOT_FOUND' | 'CERTIFICATE_NOT_OF_AGENCY' | 'PKI_INDEX_INVALID';

export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';

  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const directoryProblems: ProblemCatalogue & Readonly<Record<DirectoryErrorCode, unknown>> = {
  AGENCY_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy cơ quan này trong danh bạ. Hãy tìm lại theo tên hoặc mã định danh.',
    en: 'The directory has no such agency. Search for it by name or by code.',
  },
  PERSON_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy người này trong danh bạ. Hãy tìm lại từ cơ quan của người đó.',
    en: 'The directory has no such person. Look again from the agency.',
  },
  CERTIFICATE_NOT_OF_AGENCY: {
    status: 422,
    vi: 'Chứng thư chữ ký số không mang mã định danh của cơ quan này nên không được ghi vào danh bạ. Hãy dùng chứng thư cấp cho đúng cơ quan.',
    en: 'The certificate does not bear the code of this agency, so it was not entered. Use the one issued to the agency.',
  },
  PKI_INDEX_INVALID: {
    status: 500,
    vi: 'Bộ chứng thư trình diễn không khớp với dữ liệu mẫu. Hãy xóa thư mục của nó để tạo lại.',
    en: 'The development PKI does not fit the demo data. Remove its folder to have it made again.',
  },
};
