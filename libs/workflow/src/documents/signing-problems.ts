import type { ProblemCatalogue } from '#platform';

/** What uploads and signing operations can refuse, and what a person can do about it. */
export const signingProblems = {
  CERTIFICATE_UNREADABLE: {
    status: 422,
    vi: 'Không đọc được chứng thư chữ ký số: cần đúng một chứng thư dạng PEM hoặc DER (base64). Hãy chọn lại tệp.',
    en: 'The certificate cannot be read: exactly one is needed, as PEM or DER (base64). Choose the file again.',
  },
  CERTIFICATE_KNOWN: {
    status: 409,
    vi: 'Chứng thư chữ ký số hoặc khóa này đã có trên hệ thống. Không cần nhập lại.',
    en: 'This certificate or key is there already. It need not be entered again.',
  },
  CERTIFICATE_OF_ANOTHER_PERSON: {
    status: 422,
    vi: 'Tên trên chứng thư chữ ký số không trùng với họ tên của người này. Hãy chọn đúng người hoặc đúng chứng thư.',
    en: 'The name in the certificate is not that of this person. Choose the right person or the right certificate.',
  },
  KEY_FILE_MISSING: {
    status: 422,
    vi: 'Chưa chọn tệp khóa PKCS#12. Hãy chọn tệp rồi thực hiện lại.',
    en: 'No PKCS #12 file was sent. Choose the file and try again.',
  },
  PIN_MISSING: {
    status: 422,
    vi: 'Chưa đặt mã PIN cho khóa ký. Hãy nhập mã PIN mới từ 6 đến 64 ký tự.',
    en: 'No PIN was set for the key. Enter a new PIN of 6 to 64 characters.',
  },
  FILE_TOO_LARGE: {
    status: 413,
    vi: 'Tệp vượt quá dung lượng cho phép. Hãy giảm dung lượng hoặc tách tệp rồi tải lại.',
    en: 'The file is larger than allowed. Make it smaller or split it, then upload again.',
  },
  FILE_REQUIRED: {
    status: 422,
    vi: 'Yêu cầu không có tệp. Hãy chọn một tệp PDF rồi tải lên.',
    en: 'The request holds no file. Choose a PDF file and upload it.',
  },
  FILE_NAME_REFUSED: {
    status: 422,
    vi: 'Tên tệp chứa ký tự không được phép (đường dẫn, ký tự điều khiển hoặc ký tự đổi chiều chữ). Hãy đổi tên tệp rồi tải lại.',
    en: 'The file name holds forbidden characters (a path, control or direction marks). Rename the file and upload again.',
  },
  FILE_ACTIVE_CONTENT: {
    status: 422,
    vi: 'Tệp PDF chứa mã lệnh hoặc nội dung tự chạy. Hãy xuất lại tệp PDF không có nội dung này.',
    en: 'The PDF holds scripts or content that acts by itself. Export it again without them.',
  },
  FILE_ALREADY_OFFICIAL: {
    status: 422,
    vi: 'Tệp là văn bản đã ký trên hệ thống này, không ký lại được. Hãy gửi tệp dưới dạng văn bản kèm theo (attachment).',
    en: 'The file is a document that was signed in this system and cannot be signed again. Send it as an attachment.',
  },
  FILE_TRAILING_DATA: {
    status: 422,
    vi: 'Sau phần kết thúc của tệp PDF còn dữ liệu lạ. Hãy xuất lại tệp PDF.',
    en: 'Foreign data follows the end of the PDF. Export the file again.',
  },
  FILE_CHANGED: {
    status: 409,
    vi: 'Nội dung tệp không còn khớp với nội dung đã được hiển thị khi xin ký. Hãy lập lại yêu cầu ký.',
    en: 'The file no longer matches what was shown for signature. Prepare the signing again.',
  },
  OPERATION_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy yêu cầu ký này. Hãy lập yêu cầu ký mới.',
    en: 'There is no such signing operation. Prepare a new one.',
  },
  OPERATION_EXPIRED: {
    status: 410,
    vi: 'Yêu cầu ký đã hết thời hạn. Hãy lập yêu cầu ký mới và xác nhận trong thời gian cho phép.',
    en: 'The signing operation has expired. Prepare a new one and confirm it in time.',
  },
  OPERATION_USED: {
    status: 409,
    vi: 'Yêu cầu ký này đã được dùng. Hãy lập yêu cầu ký mới cho các văn bản chưa ký.',
    en: 'This signing operation has been used. Prepare a new one for what is not signed yet.',
  },
  SIGNING_KEY_MISSING: {
    status: 409,
    vi: 'Không có khóa ký dùng được cho bạn hoặc cơ quan của bạn. Hãy liên hệ người quản trị để nhập chứng thư chữ ký số.',
    en: 'There is no usable signing key for you or your agency. Ask the administrator to import a certificate.',
  },
  SIGNATURE_IMAGE_MISSING: {
    status: 409,
    vi: 'Chưa có ảnh chữ ký hoặc ảnh dấu để đặt lên trang. Hãy liên hệ người quản trị để đăng ký ảnh PNG nền trong suốt.',
    en: 'There is no image of the signature or seal to put on the page. Ask the administrator to enrol a transparent PNG.',
  },
  CERTIFICATE_EXPIRED: {
    status: 409,
    vi: 'Chứng thư chữ ký số đã hết hạn. Hãy gia hạn chứng thư rồi ký lại.',
    en: 'The certificate has expired. Renew it and sign again.',
  },
  CERTIFICATE_NOT_YET_VALID: {
    status: 409,
    vi: 'Chứng thư chữ ký số chưa đến ngày có hiệu lực. Hãy chờ hoặc dùng chứng thư khác.',
    en: 'The certificate is not valid yet. Wait or use another one.',
  },
  CERTIFICATE_REVOKED: {
    status: 409,
    vi: 'Chứng thư chữ ký số đã bị thu hồi. Không được ký bằng chứng thư này; hãy liên hệ đơn vị cấp chứng thư.',
    en: 'The certificate has been revoked. Nothing may be signed with it; turn to its issuer.',
  },
  CERTIFICATE_SUSPENDED: {
    status: 409,
    vi: 'Chứng thư chữ ký số đang tạm dừng. Hãy yêu cầu phục hồi chứng thư rồi ký lại.',
    en: 'The certificate is suspended. Have it restored, then sign again.',
  },
  CERTIFICATE_WRONG_USAGE: {
    status: 409,
    vi: 'Chứng thư này không được cấp để ký văn bản. Hãy dùng chứng thư đúng mục đích.',
    en: 'This certificate was not issued for signing documents. Use one that was.',
  },
  CERTIFICATE_NOT_TRUSTED: {
    status: 409,
    vi: 'Chứng thư chữ ký số không thuộc hệ thống chứng thực được công nhận. Hãy dùng chứng thư do tổ chức được công nhận cấp.',
    en: 'The certificate does not lead to a recognised authority. Use one issued by a recognised authority.',
  },
  REVOCATION_UNKNOWN: {
    status: 409,
    vi: 'Chưa kiểm tra được chứng thư có bị thu hồi hay không. Hãy thử lại khi có danh sách thu hồi mới.',
    en: 'Whether the certificate is revoked cannot be told now. Try again when a fresh revocation list is at hand.',
  },
  TIMESTAMP_REQUIRED: {
    status: 503,
    vi: 'Không lấy được dấu thời gian và hệ thống không cho phép ký thiếu dấu thời gian. Hãy thử lại sau.',
    en: 'No time-stamp can be had and this node does not sign without one. Try again later.',
  },
} as const satisfies ProblemCatalogue;
