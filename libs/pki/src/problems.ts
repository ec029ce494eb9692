import type { PkiErrorCode } from './errors';

export interface BilingualMessage {
  readonly vi: string;
  readonly en: string;
}

/** What happened and what to do, for each error code of this lib. */
export const pkiProblems: Readonly<Record<PkiErrorCode, BilingualMessage>> = {
  DER_MALFORMED: {
    vi: 'Dữ liệu mật mã bị hỏng hoặc không đúng khuôn dạng. Hãy lấy lại tệp gốc từ nơi cấp.',
    en: 'The cryptographic data is damaged or not in the right format. Get the original file again from its issuer.',
  },
  DER_NOT_CANONICAL: {
    vi: 'Dữ liệu mật mã không theo dạng mã hóa chuẩn (DER) nên không được chấp nhận. Hãy lấy lại tệp gốc từ nơi cấp.',
    en: 'The cryptographic data is not in canonical form (DER) and is not accepted. Get the original file again from its issuer.',
  },
  DER_LIMIT_EXCEEDED: {
    vi: 'Dữ liệu mật mã quá lớn hoặc lồng quá sâu nên không được đọc. Hãy kiểm tra lại nguồn của tệp.',
    en: 'The cryptographic data is too large or nested too deeply and was not read. Check where the file comes from.',
  },
  PEM_MALFORMED: {
    vi: 'Tệp PEM bị hỏng hoặc không có nội dung. Hãy kiểm tra các dòng BEGIN, END và phần ở giữa.',
    en: 'The PEM file is damaged or empty. Check its BEGIN and END lines and what stands between them.',
  },
  CERTIFICATE_MALFORMED: {
    vi: 'Chứng thư chữ ký số bị hỏng hoặc không đúng chuẩn X.509. Hãy lấy lại chứng thư từ tổ chức cấp.',
    en: 'The certificate is damaged or not a valid X.509 certificate. Get it again from its issuing authority.',
  },
  KEY_MALFORMED: {
    vi: 'Khóa bị hỏng hoặc không đúng khuôn dạng. Hãy nhập lại khóa từ tệp gốc.',
    en: 'The key is damaged or not in the right format. Import it again from the original file.',
  },
  KEY_UNSUPPORTED: {
    vi: 'Loại khóa hoặc độ dài khóa không được hỗ trợ. Hãy dùng RSA từ 2048 bit hoặc ECDSA P-256, P-384, P-521.',
    en: 'This type or size of key is not supported. Use RSA of at least 2048 bits or ECDSA on P-256, P-384 or P-521.',
  },
  KEY_MISMATCH: {
    vi: 'Khóa bí mật không khớp với chứng thư chữ ký số. Hãy chọn đúng khóa của chứng thư này.',
    en: 'The private key does not belong to the certificate. Choose the key that goes with this certificate.',
  },
  ALGORITHM_UNSUPPORTED: {
    vi: 'Thuật toán chữ ký hoặc hàm băm không được hỗ trợ hoặc đã quá yếu. Hãy ký lại bằng RSASSA-PSS hoặc ECDSA với SHA-256 trở lên.',
    en: 'The signature or digest algorithm is unsupported or too weak. Sign again by RSASSA-PSS or ECDSA with SHA-256 or stronger.',
  },
  SIGNING_FAILED: {
    vi: 'Không tạo được chữ ký số. Hãy kiểm tra thiết bị hoặc khóa rồi thử lại.',
    en: 'The signature could not be made. Check the device or the key and try again.',
  },
  CMS_MALFORMED: {
    vi: 'Cấu trúc chữ ký (CMS) bị hỏng hoặc không đúng chuẩn. Hãy lấy lại văn bản từ nơi gửi.',
    en: 'The signature structure (CMS) is damaged or against the standard. Get the document again from its sender.',
  },
  CRL_MALFORMED: {
    vi: 'Danh sách chứng thư bị thu hồi (CRL) bị hỏng. Hãy tải lại từ tổ chức cấp chứng thư.',
    en: 'The certificate revocation list is damaged. Download it again from the issuing authority.',
  },
  CRL_TOO_LARGE: {
    vi: 'Danh sách chứng thư bị thu hồi (CRL) quá lớn nên không được đọc. Hãy kiểm tra lại nơi tải về, hoặc dùng OCSP.',
    en: 'The certificate revocation list is too large and was not read. Check where it comes from, or use OCSP.',
  },
  OCSP_MALFORMED: {
    vi: 'Câu trả lời về trạng thái chứng thư (OCSP) bị hỏng. Hãy thử lại sau.',
    en: 'The answer about the certificate status (OCSP) is damaged. Try again later.',
  },
  OCSP_REJECTED: {
    vi: 'Máy chủ trạng thái chứng thư (OCSP) từ chối trả lời. Hãy thử lại sau hoặc dùng danh sách thu hồi.',
    en: 'The certificate status server (OCSP) refused to answer. Try again later or use a revocation list.',
  },
  SOURCE_UNRECOGNISED: {
    vi: 'Tệp không phải chứng thư, danh sách thu hồi hay tệp PKCS#7. Hãy chọn tệp PEM, DER, .p7b hoặc .crl của tổ chức cấp chứng thư.',
    en: 'The file is no certificate, revocation list or PKCS#7 file. Choose a PEM, DER, .p7b or .crl file of the issuing authority.',
  },
  SOURCE_TOO_LARGE: {
    vi: 'Tệp chứng thư hoặc danh sách thu hồi quá lớn nên không được đọc. Hãy kiểm tra lại nguồn của tệp.',
    en: 'The file of certificates or revocation lists is too large and was not read. Check where it comes from.',
  },
  FETCH_RULE_INVALID: {
    vi: 'Địa chỉ máy chủ được phép truy vấn ghi sai. Hãy ghi theo dạng http://máy-chủ, https://máy-chủ:cổng hoặc http://*.tên-miền.',
    en: 'An allowed host is written wrongly. Write http://host, https://host:port or http://*.domain.',
  },
  FETCH_REFUSED: {
    vi: 'Địa chỉ ghi trong chứng thư không thuộc các máy chủ được phép truy vấn nên hệ thống không kết nối. Người quản trị có thể bổ sung máy chủ này hoặc nạp tệp danh sách thu hồi.',
    en: 'The address in the certificate is not among the hosts that may be asked, so no connection was made. The administrator may allow the host or install the revocation list as a file.',
  },
  FETCH_FAILED: {
    vi: 'Không lấy được dữ liệu từ máy chủ của tổ chức cấp chứng thư. Hãy thử lại sau hoặc nạp tệp danh sách thu hồi.',
    en: 'The server of the issuing authority gave no usable answer. Try again later or install the revocation list as a file.',
  },
  FETCH_TOO_LARGE: {
    vi: 'Câu trả lời của máy chủ tổ chức cấp chứng thư quá lớn nên đã bị bỏ. Hãy báo cho người quản trị.',
    en: 'The answer of the issuing authority’s server was too large and was dropped. Tell the administrator.',
  },
  FETCH_TIMED_OUT: {
    vi: 'Máy chủ của tổ chức cấp chứng thư trả lời quá chậm. Hãy thử lại sau.',
    en: 'The server of the issuing authority answered too slowly. Try again later.',
  },
  ANSWER_UNUSABLE: {
    vi: 'Danh sách thu hồi hoặc câu trả lời OCSP tải về không đúng tổ chức cấp, đã cũ hoặc không nói về chứng thư này nên không được dùng. Hãy thử lại sau.',
    en: 'The revocation list or OCSP answer that was fetched is of another authority, out of date or about other certificates, and was not used. Try again later.',
  },
  TRUST_LIST_MALFORMED: {
    vi: 'Danh sách tin cậy bị hỏng hoặc không đúng chuẩn ETSI TS 119 612. Hãy tải lại từ cơ quan công bố.',
    en: 'The trust list is damaged or against ETSI TS 119 612. Get it again from the body that publishes it.',
  },
  TRUST_LIST_UNTRUSTED: {
    vi: 'Danh sách tin cậy không do cơ quan công bố đã cấu hình ký, hoặc đã bị sửa. Không dùng danh sách này; hãy tải lại và kiểm tra chứng thư của cơ quan công bố.',
    en: 'The trust list is not signed by the configured publisher, or was altered. It was not used; get it again and check the publisher’s certificate.',
  },
  TSA_UNAVAILABLE: {
    vi: 'Không liên lạc được với máy chủ cấp dấu thời gian. Có thể ký không kèm dấu thời gian và bổ sung sau, hoặc thử lại.',
    en: 'The time-stamping server cannot be reached. Sign without a time-stamp and add it later, or try again.',
  },
  TSA_REJECTED: {
    vi: 'Máy chủ cấp dấu thời gian từ chối yêu cầu. Hãy báo cho người quản trị kiểm tra cấu hình.',
    en: 'The time-stamping server refused the request. Ask the administrator to check the configuration.',
  },
  TSA_BAD_TOKEN: {
    vi: 'Dấu thời gian nhận được không đúng với yêu cầu hoặc bị hỏng. Không dùng dấu này; hãy xin lại.',
    en: 'The time-stamp received does not answer the request or is damaged. It was not used; ask for another.',
  },
  PKCS12_WRONG_PASSWORD: {
    vi: 'Mật khẩu của tệp khóa (PKCS#12) không đúng. Hãy nhập lại.',
    en: 'The password of the key file (PKCS#12) is wrong. Enter it again.',
  },
  PKCS12_DAMAGED: {
    vi: 'Tệp khóa (PKCS#12) bị hỏng hoặc không phải tệp PKCS#12. Hãy lấy lại tệp gốc.',
    en: 'The key file (PKCS#12) is damaged or is not a PKCS#12 file. Get the original file again.',
  },
  PKCS12_NO_KEY: {
    vi: 'Tệp PKCS#12 không chứa khóa bí mật kèm chứng thư của khóa đó. Hãy xuất lại tệp có cả khóa và chứng thư.',
    en: 'The PKCS#12 file holds no private key together with its certificate. Export it again with both.',
  },
  PKCS12_UNSUPPORTED: {
    vi: 'Tệp PKCS#12 dùng cách mã hóa chưa được hỗ trợ. Hãy xuất lại tệp bằng AES-256 hoặc 3DES.',
    en: 'The PKCS#12 file uses an unsupported encryption. Export it again with AES-256 or 3DES.',
  },
  PKCS11_UNAVAILABLE: {
    vi: 'Máy này chưa có phần kết nối thiết bị khóa (PKCS#11). Hãy cài trình biên dịch C++ rồi chạy npm run tokens.',
    en: 'The connection to tokens (PKCS#11) is not built on this machine. Install a C++ compiler, then run npm run tokens.',
  },
  TOKEN_MODULE_FAILED: {
    vi: 'Không mở được thư viện PKCS#11 của thiết bị khóa. Hãy kiểm tra đường dẫn và cài lại trình điều khiển của nhà cung cấp.',
    en: "The token's PKCS#11 library cannot be opened. Check its path and install the vendor's driver again.",
  },
  TOKEN_NOT_FOUND: {
    vi: 'Không thấy thiết bị khóa cần dùng. Hãy cắm đúng thiết bị rồi thử lại.',
    en: 'The token asked for is not there. Plug in the right one and try again.',
  },
  TOKEN_AMBIGUOUS: {
    vi: 'Có nhiều thiết bị hoặc nhiều khóa cùng khớp. Hãy chọn rõ hơn theo số sê-ri của thiết bị hoặc chứng thư.',
    en: "Several tokens or keys fit. Choose more exactly, by the token's serial number or the certificate.",
  },
  TOKEN_KEY_NOT_FOUND: {
    vi: 'Thiết bị không có khóa cần dùng kèm chứng thư của khóa đó. Hãy kiểm tra xem đã cắm đúng thiết bị chưa.',
    en: 'The token does not hold the key asked for together with its certificate. Check that it is the right token.',
  },
  TOKEN_PIN_WRONG: {
    vi: 'Mã PIN không đúng. Hãy nhập lại cẩn thận: thiết bị tự khóa sau vài lần sai.',
    en: 'The PIN is wrong. Enter it again with care: the token locks itself after a few wrong tries.',
  },
  TOKEN_PIN_FORM: {
    vi: 'Mã PIN có độ dài hoặc ký tự mà thiết bị không nhận. Hãy kiểm tra và nhập lại.',
    en: 'The PIN has a length or characters that the token does not take. Check it and enter it again.',
  },
  TOKEN_PIN_EXPIRED: {
    vi: 'Mã PIN đã hết hạn hoặc chưa được đặt. Hãy đặt mã PIN mới bằng phần mềm của nhà cung cấp.',
    en: "The PIN has expired or was never set. Set a new one by the vendor's software.",
  },
  TOKEN_PIN_LOCKED: {
    vi: 'Thiết bị đã khóa mã PIN. Hãy nhờ nơi cấp thiết bị mở khóa.',
    en: 'The token has locked its PIN. Ask whoever issued the token to unlock it.',
  },
  TOKEN_PIN_NEEDED: {
    vi: 'Khóa này yêu cầu nhập mã PIN cho từng lần dùng. Hãy dùng nơi có thể hỏi mã PIN.',
    en: 'This key wants the PIN at each use. Use it where a person can be asked for the PIN.',
  },
  TOKEN_REMOVED: {
    vi: 'Thiết bị khóa đã bị rút ra. Hãy cắm lại rồi thử lại.',
    en: 'The token was pulled out. Plug it in again and retry.',
  },
  TOKEN_IN_USE: {
    vi: 'Thiết bị đang được phần khác sử dụng. Hãy đóng phần đó rồi thử lại.',
    en: 'The token is in use elsewhere. Close what uses it and try again.',
  },
  TOKEN_SESSION_CLOSED: {
    vi: 'Phiên làm việc với thiết bị đã kết thúc. Hãy đăng nhập lại bằng mã PIN.',
    en: 'The session with the token has ended. Log in again by the PIN.',
  },
  TOKEN_CANCELLED: {
    vi: 'Thao tác trên thiết bị đã bị hủy. Hãy thử lại nếu vẫn muốn thực hiện.',
    en: 'The operation was cancelled on the token. Try again if it is still wanted.',
  },
  TOKEN_UNSUPPORTED: {
    vi: 'Thiết bị hoặc khóa không làm được phép toán này. Hãy chọn khóa hoặc thuật toán khác.',
    en: 'The token or its key cannot do this operation. Choose another key or algorithm.',
  },
  TOKEN_DATA_REFUSED: {
    vi: 'Thiết bị không giải mã được dữ liệu này. Có thể dữ liệu đã hỏng hoặc được mã hóa cho khóa khác.',
    en: 'The token cannot decrypt this data. It may be damaged, or encrypted to another key.',
  },
  TOKEN_FAILED: {
    vi: 'Thiết bị khóa báo lỗi. Hãy rút ra cắm lại rồi thử; nếu vẫn lỗi, hãy liên hệ nơi cấp thiết bị.',
    en: 'The token reports a failure. Pull it out, plug it in and try again; if it persists, ask whoever issued it.',
  },
};
