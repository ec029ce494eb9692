import type { ProblemCatalogue } from '#platform';

/** Everything that can go wrong in this lib; the codes are stable. */
export type AuditErrorCode =
  'AUDIT_UNAVAILABLE' | 'MANDATE_NEEDED' | 'MANDATE_NOT_OPEN' | 'AUDIT_ENTRY_INVALID' | 'AUDIT_ENTRY_DAMAGED';

export class AuditError extends Error {
  override readonly name = 'AuditError';

  constructor(
    readonly code: AuditErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const auditProblems: ProblemCatalogue = {
  AUDIT_UNAVAILABLE: {
    status: 503,
    vi: 'Không ghi được nhật ký truy cập nên yêu cầu bị từ chối; chưa có gì thay đổi. Hãy thử lại sau ít phút, nếu vẫn lỗi thì báo cho người quản trị.',
    en: 'The audit trail cannot be written, so the request was refused; nothing has changed. Try again in a few minutes, and tell the administrator if it goes on.',
  },
  MANDATE_NEEDED: {
    status: 403,
    vi: 'Muốn xem nhật ký của cơ quan khác phải có quyết định kiểm tra, thanh tra đang hiệu lực nêu tên cơ quan đó. Hãy chọn quyết định của mình.',
    en: 'The trail of another agency is read under an open mandate that names the agency. Choose your mandate.',
  },
  MANDATE_NOT_OPEN: {
    status: 403,
    vi: 'Quyết định này chưa được xác nhận, chưa đến hạn, đã hết hạn hoặc đã đóng, hoặc bạn không thuộc đoàn. Hãy kiểm tra lại quyết định.',
    en: 'This mandate is not confirmed, not yet open, expired or closed, or you are not of its team. Check the mandate.',
  },
  AUDIT_ENTRY_INVALID: {
    status: 500,
    vi: 'Nội dung cần ghi vào nhật ký truy cập không hợp lệ nên yêu cầu bị từ chối. Hãy báo cho người quản trị kèm mã yêu cầu.',
    en: 'What was to be written to the audit trail is not valid, so the request was refused. Tell the administrator the request id.',
  },
  AUDIT_ENTRY_DAMAGED: {
    status: 500,
    vi: 'Một mục của nhật ký truy cập không còn nguyên vẹn. Không được sửa gì thêm; hãy báo ngay cho người quản trị và cơ quan kiểm tra.',
    en: 'An entry of the audit trail is not intact. Change nothing, and tell the administrator and the inspectors at once.',
  },
};
