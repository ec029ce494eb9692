import type { BilingualMessage } from '../problems';
import type { PathFailureCode } from './result';

/** What a path failure means and what to do. */
export const pathFailureMessages: Readonly<Record<PathFailureCode, BilingualMessage>> = {
  CERTIFICATE_EXPIRED: {
    vi: 'Chứng thư chữ ký số đã hết hạn tại thời điểm kiểm tra. Cần chứng thư mới để ký tiếp.',
    en: 'The certificate had expired at the time in question. A new one is needed to sign again.',
  },
  CERTIFICATE_NOT_YET_VALID: {
    vi: 'Chứng thư chữ ký số chưa có hiệu lực tại thời điểm kiểm tra. Hãy kiểm tra đồng hồ hệ thống và thời hạn chứng thư.',
    en: 'The certificate was not yet valid at the time in question. Check the system clock and the certificate period.',
  },
  CERTIFICATE_REVOKED: {
    vi: 'Chứng thư chữ ký số đã bị thu hồi trước thời điểm kiểm tra. Không dùng chứng thư này; hãy liên hệ nơi quản lý chứng thư.',
    en: 'The certificate had been revoked by the time in question. Do not use it; contact whoever manages it.',
  },
  CERTIFICATE_SUSPENDED: {
    vi: 'Chứng thư chữ ký số đang bị tạm dừng tại thời điểm kiểm tra. Hãy liên hệ nơi quản lý chứng thư để phục hồi.',
    en: 'The certificate was suspended at the time in question. Contact whoever manages it to have it restored.',
  },
  CERTIFICATE_WRONG_USAGE: {
    vi: 'Chứng thư chữ ký số không được cấp cho mục đích này. Hãy dùng chứng thư đúng mục đích.',
    en: 'The certificate was not issued for this purpose. Use one that was.',
  },
  CERTIFICATE_NOT_A_CA: {
    vi: 'Một chứng thư trong đường dẫn không có quyền cấp chứng thư khác. Không tin cậy chữ ký này.',
    en: 'A certificate in the path has no right to issue others. Do not trust this signature.',
  },
  CERTIFICATE_BAD_EXTENSION: {
    vi: 'Chứng thư có phần mở rộng trái chuẩn X.509. Hãy yêu cầu tổ chức cấp chứng thư cấp lại.',
    en: 'The certificate has an extension against the X.509 standard. Ask its issuer for another one.',
  },
  CERTIFICATE_UNKNOWN_CRITICAL_EXTENSION: {
    vi: 'Chứng thư có điều kiện bắt buộc mà hệ thống không hiểu nên không được chấp nhận. Hãy liên hệ tổ chức cấp chứng thư.',
    en: 'The certificate carries a mandatory condition that is not understood, so it is not accepted. Contact its issuer.',
  },
  CERTIFICATE_BAD_SERIAL: {
    vi: 'Số sê-ri của chứng thư không đúng chuẩn. Hãy yêu cầu tổ chức cấp chứng thư cấp lại.',
    en: 'The serial number of the certificate is against the standard. Ask its issuer for another one.',
  },
  CERTIFICATE_BAD_VERSION: {
    vi: 'Chứng thư theo phiên bản X.509 cũ nên không được chấp nhận. Hãy dùng chứng thư phiên bản 3.',
    en: 'The certificate follows an old version of X.509 and is not accepted. Use a version 3 certificate.',
  },
  CERTIFICATE_WEAK_KEY: {
    vi: 'Khóa của chứng thư quá yếu hoặc thuộc loại không được hỗ trợ. Cần RSA từ 2048 bit hoặc ECDSA từ 256 bit.',
    en: 'The key of the certificate is too weak or of an unsupported type. RSA of 2048 bits or ECDSA of 256 bits at least is needed.',
  },
  CERTIFICATE_WEAK_ALGORITHM: {
    vi: 'Chứng thư được ký bằng thuật toán quá yếu hoặc không được hỗ trợ. Hãy yêu cầu cấp lại với SHA-256 trở lên.',
    en: 'The certificate is signed by an algorithm that is too weak or unsupported. Ask for one with SHA-256 or stronger.',
  },
  CERTIFICATE_SIGNATURE_INVALID: {
    vi: 'Chứng thư không do nơi cấp ghi trên đó ký. Chứng thư có thể là giả; không tin cậy chữ ký này.',
    en: 'The certificate was not signed by the issuer it names. It may be forged; do not trust this signature.',
  },
  NAME_EXCLUDED: {
    vi: 'Chứng thư mang một tên mà tổ chức cấp trên cấm cấp cho nhánh này. Không tin cậy chữ ký này.',
    en: 'The certificate carries a name that an authority above has forbidden below itself. Do not trust this signature.',
  },
  NAME_NOT_PERMITTED: {
    vi: 'Chứng thư mang một tên nằm ngoài phạm vi mà tổ chức cấp được phép cấp. Không tin cậy chữ ký này.',
    en: 'The certificate carries a name outside of those its authority is permitted to certify. Do not trust this signature.',
  },
  NAME_CONSTRAINT_UNSUPPORTED: {
    vi: 'Tổ chức cấp bị giới hạn về một loại tên mà hệ thống không kiểm tra được, nên chứng thư không được chấp nhận. Cần chứng thư không mang loại tên đó.',
    en: 'An authority is limited in a kind of name that cannot be checked here, so the certificate is refused. Ask for one without names of that kind.',
  },
  NAME_CONSTRAINTS_TOO_LARGE: {
    vi: 'Chứng thư có quá nhiều tên và giới hạn tên để kiểm tra, nên không được chấp nhận. Hãy báo cho tổ chức cấp.',
    en: 'The certificates hold too many names and name constraints to compare, so they are refused. Tell the issuing authority.',
  },
  POLICY_NOT_ACCEPTABLE: {
    vi: 'Đường dẫn chứng thư không theo chính sách chứng thư nào được yêu cầu. Hãy dùng chứng thư được cấp theo chính sách được chấp nhận.',
    en: 'The certificate path holds under none of the certificate policies asked for. Use a certificate issued under an accepted policy.',
  },
  PATH_TOO_LONG: {
    vi: 'Đường dẫn chứng thư dài hơn mức mà tổ chức cấp cho phép. Không tin cậy chữ ký này.',
    en: 'The certificate path is longer than an authority in it allows. Do not trust this signature.',
  },
  PATH_SEARCH_LIMIT: {
    vi: 'Có quá nhiều chứng thư để dò đường dẫn nên việc dò đã dừng. Hãy bỏ bớt chứng thư trung gian không liên quan.',
    en: 'There were too many certificates to search for a path, so the search stopped. Leave out unrelated intermediates.',
  },
  NO_PATH_TO_ANCHOR: {
    vi: 'Không tìm được đường dẫn từ chứng thư đến chứng thư gốc được tin cậy. Hãy bổ sung chứng thư trung gian hoặc báo cho người quản trị.',
    en: 'No path leads from the certificate to a trusted root. Add the intermediate certificates or tell the administrator.',
  },
  REVOCATION_UNKNOWN: {
    vi: 'Chưa kiểm tra được chứng thư có bị thu hồi hay không nên chưa đủ căn cứ kết luận. Hãy bổ sung danh sách thu hồi hoặc thử lại khi có mạng.',
    en: 'Whether the certificate was revoked could not be checked, so there is no verdict. Add a revocation list or try again online.',
  },
};
