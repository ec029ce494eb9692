import type { ProblemCatalogue } from './problem';

/** What can go wrong on any route, whatever it is for. */
export const platformProblems = {
  VALIDATION_FAILED: {
    status: 400,
    vi: 'Dữ liệu gửi lên chưa đúng. Hãy xem từng trường bị lỗi, sửa lại rồi gửi lại.',
    en: 'The request is not valid. See the fields listed, correct them and send it again.',
  },
  MALFORMED_BODY: {
    status: 400,
    vi: 'Nội dung yêu cầu không đọc được (JSON hoặc biểu mẫu hỏng). Hãy kiểm tra định dạng rồi gửi lại.',
    en: 'The body of the request cannot be read (broken JSON or form). Check its format and send it again.',
  },
  NOT_LOGGED_IN: {
    status: 401,
    vi: 'Bạn chưa đăng nhập hoặc phiên làm việc đã hết hạn. Hãy đăng nhập lại.',
    en: 'You are not logged in, or the session has expired. Log in again.',
  },
  ACCESS_DENIED: {
    status: 403,
    vi: 'Bạn không có quyền thực hiện việc này. Nếu cần, hãy liên hệ người quản trị của cơ quan.',
    en: 'You may not do this. If you need to, ask the administrator of your agency.',
  },
  NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy nội dung được yêu cầu. Hãy kiểm tra lại địa chỉ.',
    en: 'What was asked for does not exist. Check the address.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    vi: 'Địa chỉ này không nhận phương thức đã dùng. Hãy xem tài liệu API.',
    en: 'This address does not take that method. See the API documentation.',
  },
  CONFLICT: {
    status: 409,
    vi: 'Dữ liệu vừa được thay đổi bởi thao tác khác. Hãy tải lại rồi thử lại.',
    en: 'The data has just been changed by another operation. Reload and try again.',
  },
  IDEMPOTENCY_OTHER_OFFICE: {
    status: 403,
    vi: 'Khóa Idempotency-Key này đã dùng khi bạn giữ vị trí công tác khác, nên kết quả không được trả lại. Hãy chuyển về vị trí đó hoặc dùng khóa mới.',
    en: 'This Idempotency-Key was used when you acted in another office, so its answer is not repeated. Go back to that office, or use a new key.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    vi: 'Yêu cầu với cùng khóa Idempotency-Key đang được xử lý. Hãy đợi rồi gửi lại.',
    en: 'A request with the same Idempotency-Key is being processed. Wait, then send it again.',
  },
  IDEMPOTENCY_OUTCOME_UNKNOWN: {
    status: 409,
    vi: 'Yêu cầu trước với cùng khóa Idempotency-Key bị gián đoạn nên chưa rõ đã thực hiện hay chưa. Hãy kiểm tra trạng thái rồi gửi lại với khóa mới nếu cần.',
    en: 'An earlier request with this Idempotency-Key was interrupted, and whether it took effect is not known. Check the state, then send it again with a new key if needed.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    vi: 'Khóa Idempotency-Key này đã dùng cho một yêu cầu có nội dung khác. Hãy dùng khóa mới.',
    en: 'This Idempotency-Key was used for a request with another body. Use a new key.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    vi: 'Tiêu đề Idempotency-Key phải dài 8 đến 200 ký tự ASCII nhìn thấy được.',
    en: 'The header Idempotency-Key must be 8 to 200 visible ASCII characters.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    vi: 'Nội dung gửi lên vượt quá dung lượng cho phép.',
    en: 'The body of the request is larger than allowed.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    vi: 'Kiểu nội dung không được hỗ trợ. Hãy gửi JSON (application/json) hoặc biểu mẫu tệp theo tài liệu API.',
    en: 'The type of content is not supported. Send JSON (application/json) or a file form as documented.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    vi: 'Có quá nhiều yêu cầu trong thời gian ngắn. Hãy đợi một lát rồi thử lại.',
    en: 'Too many requests in a short time. Wait a moment and try again.',
  },
  REQUEST_REFUSED: {
    status: 400,
    vi: 'Yêu cầu không được chấp nhận. Hãy kiểm tra lại theo tài liệu API.',
    en: 'The request was not accepted. Check it against the API documentation.',
  },
  INTERNAL_ERROR: {
    status: 500,
    vi: 'Hệ thống gặp lỗi khi xử lý và không lưu thay đổi nào dở dang. Hãy thử lại; nếu vẫn lỗi, hãy báo cho người quản trị kèm mã yêu cầu.',
    en: 'The system failed and kept nothing half-way. Try again; if it persists, report the request id to your administrator.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    vi: 'Hệ thống tạm thời chưa phục vụ được (cơ sở dữ liệu hoặc nhật ký không sẵn sàng). Hãy thử lại sau ít phút.',
    en: 'The system cannot serve for the moment (database or log not available). Try again in a few minutes.',
  },
  BLOB_NOT_FOUND: {
    status: 500,
    vi: 'Nội dung tệp đã lưu không còn tìm thấy trong kho. Hãy báo cho người quản trị để khôi phục từ bản sao lưu.',
    en: 'The stored content of a file is missing. Tell your administrator to restore it from a backup.',
  },
  BLOB_DAMAGED: {
    status: 500,
    vi: 'Nội dung tệp đã lưu bị hỏng hoặc bị sửa nên không được trả ra. Hãy báo cho người quản trị để khôi phục từ bản sao lưu.',
    en: 'The stored content of a file is damaged or altered and was not released. Tell your administrator to restore it.',
  },
  BLOB_TOO_LARGE: {
    status: 413,
    vi: 'Tệp vượt quá dung lượng cho phép. Hãy giảm dung lượng hoặc chia tệp rồi tải lên lại.',
    en: 'The file is larger than allowed. Reduce or split it and upload again.',
  },
} as const satisfies ProblemCatalogue;
