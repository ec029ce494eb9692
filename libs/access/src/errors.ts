import type { ProblemCatalogue } from '#platform';

/** Everything that can go wrong in this lib; the codes are stable. */
export type AccessErrorCode =
  | 'LOGIN_REFUSED'
  | 'LOGIN_THROTTLED'
  | 'NO_APPOINTMENT'
  | 'OFFICE_NOT_HELD'
  | 'ORIGIN_REFUSED'
  | 'CSRF_REFUSED'
  | 'POLICY_DENIED'
  | 'KEY_NOT_FOUND'
  | 'KEY_LOCKED'
  | 'KEY_NOT_LOCKED'
  | 'KEY_UNREADABLE'
  | 'PIN_WRONG'
  | 'PIN_TOO_SHORT'
  | 'NO_EVIDENCE_KEY'
  | 'IMAGE_REFUSED';

export type AccessFacts = Readonly<Record<string, string | number | boolean | null>>;

export class AccessError extends Error {
  override readonly name = 'AccessError';
  /** Facts for programs, copied into the answer; never secrets. */
  readonly facts: AccessFacts;

  constructor(
    readonly code: AccessErrorCode,
    message: string,
    options: ErrorOptions & { readonly facts?: AccessFacts } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.facts = options.facts ?? {};
  }
}

export const accessProblems: ProblemCatalogue = {
  LOGIN_REFUSED: {
    status: 401,
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại rồi thử lại; nếu quên mật khẩu, hãy liên hệ người quản trị của cơ quan.',
    en: 'The login name or password is not right. Check both and try again; if you have forgotten the password, ask the administrator of your agency.',
  },
  LOGIN_THROTTLED: {
    status: 429,
    vi: 'Đã có quá nhiều lần đăng nhập không thành công. Hãy chờ hết thời gian ghi trong retryAfterSeconds rồi thử lại.',
    en: 'There have been too many failed logins. Wait for the time given in retryAfterSeconds, then try again.',
  },
  NO_APPOINTMENT: {
    status: 403,
    vi: 'Tài khoản hiện không giữ chức vụ nào còn hiệu lực nên chưa vào được. Hãy liên hệ người quản trị của cơ quan.',
    en: 'The account holds no post that is in force, so it cannot be used. Ask the administrator of your agency.',
  },
  OFFICE_NOT_HELD: {
    status: 404,
    vi: 'Hôm nay bạn không giữ chức vụ này nên không thể chuyển sang. Hãy tải lại trang và chọn trong danh sách chức vụ của mình.',
    en: 'You do not hold this post today, so you cannot go on in it. Load the page again and choose among your own posts.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    vi: 'Yêu cầu được gửi từ một trang khác nên bị từ chối. Hãy mở lại trang của hệ thống và thực hiện từ đó.',
    en: 'The request came from another site and was refused. Open the page of this system again and act from there.',
  },
  CSRF_REFUSED: {
    status: 403,
    vi: 'Thiếu hoặc sai mã X-CSRF-Token của phiên làm việc. Hãy tải lại trang rồi thực hiện lại.',
    en: 'The X-CSRF-Token of the session is missing or wrong. Load the page again and repeat the action.',
  },
  POLICY_DENIED: {
    status: 403,
    vi: 'Vai trò của bạn không được phép làm việc này; lần thử đã được ghi vào nhật ký truy cập. Nếu cần quyền, hãy liên hệ người quản trị của cơ quan.',
    en: 'Your role does not allow this; the attempt has been recorded. If you need the right, ask the administrator of your agency.',
  },
  KEY_NOT_FOUND: {
    status: 404,
    vi: 'Không có khóa ký này trong số các khóa bạn được dùng. Hãy chọn lại khóa.',
    en: 'There is no such key among those you may use. Choose the key again.',
  },
  KEY_LOCKED: {
    status: 423,
    vi: 'Khóa ký đã bị tạm khóa vì nhập sai mã PIN quá số lần cho phép. Hãy liên hệ người quản trị của cơ quan để mở khóa.',
    en: 'The key is locked because of too many wrong PINs. Ask the administrator of your agency to release it.',
  },
  KEY_NOT_LOCKED: {
    status: 409,
    vi: 'Khóa ký này không bị tạm khóa nên không cần mở.',
    en: 'The key is not locked, so there is nothing to release.',
  },
  KEY_UNREADABLE: {
    status: 500,
    vi: 'Không đọc được khóa ký đã lưu: có thể khóa của nút đã đổi hoặc dữ liệu bị hỏng. Hãy báo cho người quản trị; không thử lại nhiều lần.',
    en: 'The stored key cannot be read: the key of the node may have changed, or the data is damaged. Tell the administrator, and do not keep trying.',
  },
  PIN_WRONG: {
    status: 403,
    vi: 'Mã PIN không đúng; chưa có gì được ký. Hãy kiểm tra rồi nhập lại; nhập sai quá số lần cho phép thì khóa sẽ bị tạm khóa.',
    en: 'The PIN is not right; nothing has been signed. Check it and enter it again; too many wrong PINs lock the key.',
  },
  PIN_TOO_SHORT: {
    status: 422,
    vi: 'Mã PIN phải có từ 6 đến 64 ký tự. Hãy chọn mã PIN khác.',
    en: 'The PIN must have 6 to 64 characters. Choose another one.',
  },
  NO_EVIDENCE_KEY: {
    status: 503,
    vi: 'Cơ quan chưa có khóa ký bằng chứng trên nút này. Hãy báo cho người quản trị nhập khóa rồi thử lại.',
    en: 'The agency has no evidence key on this node. Ask the administrator to import one, then try again.',
  },
  IMAGE_REFUSED: {
    status: 422,
    vi: 'Ảnh chữ ký hoặc ảnh dấu phải là tệp PNG không quá 1 MB. Hãy chọn tệp khác.',
    en: 'The image of a signature or seal must be a PNG file of at most 1 MB. Choose another file.',
  },
};
