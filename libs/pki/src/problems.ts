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
};
