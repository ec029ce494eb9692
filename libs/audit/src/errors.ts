import type { ProblemCatalogue } from '#platform';

/** Everything that can go wrong in this lib; the codes are stable. */
export type AuditErrorCode = 'AUDIT_UNAVAILABLE' | 'AUDIT_ENTRY_INVALID' | 'AUDIT_ENTRY_DAMAGED';

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
