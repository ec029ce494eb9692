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
  | 'ACCOUNT_EXISTS'
  | 'ACCOUNT_NOT_FOUND'
  | 'ACCOUNT_STATE'
  | 'LOGIN_NAME_TAKEN'
  | 'OWN_ACCOUNT'
  | 'PASSWORD_WRONG'
  | 'PASSWORD_WEAK'
  | 'PASSWORD_CHANGE_REQUIRED'
  | 'DELEGATE_UNFIT'
  | 'DELEGATION_DAYS'
  | 'DELEGATION_NOT_FOUND'
  | 'DELEGATION_OVER'
  | 'MANDATE_NOT_FOUND'
  | 'MANDATE_DAYS'
  | 'MANDATE_OUT_OF_REACH'
  | 'MANDATE_TEAM'
  | 'MANDATE_SECOND_PERSON'
  | 'MANDATE_STATE'
  | 'FLAGS_TOO_LONG'
  | 'EXPORT_TOO_LARGE'
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
  ACCOUNT_EXISTS: {
    status: 409,
    vi: 'Người này đã có tài khoản đăng nhập. Nếu quên mật khẩu, hãy đặt lại mật khẩu.',
    en: 'This person has a login already. If the password is forgotten, reset it.',
  },
  ACCOUNT_NOT_FOUND: {
    status: 404,
    vi: 'Người này chưa có tài khoản đăng nhập. Hãy tạo tài khoản trước.',
    en: 'This person has no login yet. Create one first.',
  },
  ACCOUNT_STATE: {
    status: 409,
    vi: 'Tài khoản đã ở trạng thái này nên không có gì thay đổi. Hãy tải lại danh sách.',
    en: 'The account is in this state already, so nothing has changed. Load the list again.',
  },
  LOGIN_NAME_TAKEN: {
    status: 409,
    vi: 'Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.',
    en: 'Somebody else has this login name. Choose another one.',
  },
  OWN_ACCOUNT: {
    status: 403,
    vi: 'Không ai được tự quản trị tài khoản của chính mình. Hãy đổi mật khẩu ở trang cá nhân, hoặc nhờ người quản trị khác.',
    en: 'Nobody administers their own account. Change your password on your own page, or ask another administrator.',
  },
  PASSWORD_WRONG: {
    status: 403,
    vi: 'Mật khẩu hiện tại không đúng; mật khẩu chưa được đổi. Hãy nhập lại.',
    en: 'The present password is not right; nothing has been changed. Type it again.',
  },
  PASSWORD_WEAK: {
    status: 422,
    vi: 'Mật khẩu mới phải có ít nhất 12 ký tự, khác mật khẩu cũ, không chứa tên đăng nhập và không lặp lại vài ký tự. Hãy chọn mật khẩu khác.',
    en: 'The new password must have at least 12 characters, differ from the present one, not contain the login name and not repeat a few characters. Choose another.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    status: 403,
    vi: 'Bạn đang dùng mật khẩu do người quản trị cấp. Hãy đổi mật khẩu trước khi làm việc khác.',
    en: 'You are using a password that an administrator gave. Change it before you do anything else.',
  },
  DELEGATE_UNFIT: {
    status: 422,
    vi: 'Người được ủy quyền phải là người khác, đang công tác tại cơ quan, không làm kiểm tra, thanh tra hoặc quản trị. Hãy chọn người khác.',
    en: 'The delegate must be somebody else who works in the agency, and neither inspects nor administers. Choose another person.',
  },
  DELEGATION_DAYS: {
    status: 422,
    vi: 'Thời hạn ủy quyền phải bắt đầu từ hôm nay trở đi, có ngày kết thúc sau ngày bắt đầu và không quá 366 ngày. Hãy chỉnh lại ngày.',
    en: 'A delegation begins today or later, ends after it begins, and lasts 366 days at most. Correct the days.',
  },
  DELEGATION_NOT_FOUND: {
    status: 404,
    vi: 'Không có ủy quyền này trong số các ủy quyền bạn được kết thúc. Hãy xem lại danh sách.',
    en: 'There is no such delegation among those you may end. Look at the list again.',
  },
  DELEGATION_OVER: {
    status: 409,
    vi: 'Ủy quyền này đã hết hiệu lực nên không cần kết thúc.',
    en: 'This delegation is over already; there is nothing to end.',
  },
  MANDATE_NOT_FOUND: {
    status: 404,
    vi: 'Không có quyết định kiểm tra, thanh tra này ở đoàn của bạn. Hãy xem lại danh sách.',
    en: 'Your commission has no such mandate. Look at the list again.',
  },
  MANDATE_DAYS: {
    status: 422,
    vi: 'Thời hạn không hợp lệ: ngày bắt đầu phải từ hôm nay, ngày cuối không trước ngày đầu và không quá 366 ngày. Hãy chỉnh lại ngày.',
    en: 'The days are not right: a mandate opens today or later, ends no earlier than it begins, and lasts 366 days at most. Correct the days.',
  },
  MANDATE_OUT_OF_REACH: {
    status: 422,
    vi: 'Có cơ quan không thuộc phạm vi kiểm tra, thanh tra của bạn. Hãy bỏ cơ quan đó khỏi quyết định.',
    en: 'An agency is not under the one that your commission belongs to. Take it out of the mandate.',
  },
  MANDATE_TEAM: {
    status: 422,
    vi: 'Có thành viên không giữ vai trò kiểm tra, thanh tra tại cơ quan của bạn. Hãy chọn lại thành viên.',
    en: 'A member holds no role of inspector in your agency. Choose the team again.',
  },
  MANDATE_SECOND_PERSON: {
    status: 403,
    vi: 'Quyết định phải do một lãnh đạo khác xác nhận, không phải người nhập hoặc thành viên đoàn. Hãy nhờ lãnh đạo khác xác nhận.',
    en: 'A mandate is confirmed by another leader, neither by who entered it nor by a member of the team. Ask another leader.',
  },
  MANDATE_STATE: {
    status: 409,
    vi: 'Quyết định đã được xác nhận, đã đóng hoặc đã hết hạn nên không làm được việc này. Hãy tải lại danh sách.',
    en: 'The mandate is confirmed, closed or over, so this cannot be done. Load the list again.',
  },
  FLAGS_TOO_LONG: {
    status: 422,
    vi: 'Chỉ xem được dấu hiệu trong khoảng không quá 31 ngày. Hãy chọn khoảng thời gian ngắn hơn.',
    en: 'Flags are found within 31 days at most. Choose a shorter time.',
  },
  EXPORT_TOO_LARGE: {
    status: 422,
    vi: 'Có hơn 10.000 mục nhật ký nên không xuất được một lần. Hãy thu hẹp thời gian hoặc điều kiện.',
    en: 'There are more than 10,000 entries, too many for one export. Narrow the time or the conditions.',
  },
  IMAGE_REFUSED: {
    status: 422,
    vi: 'Ảnh chữ ký hoặc ảnh dấu phải là tệp PNG không quá 1 MB. Hãy chọn tệp khác.',
    en: 'The image of a signature or seal must be a PNG file of at most 1 MB. Choose another file.',
  },
};
