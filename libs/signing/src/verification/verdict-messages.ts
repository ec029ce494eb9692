import { pathFailureMessages } from '#pki';
import type { PathFailureCode } from '#pki';
import { changeMessages } from './change-messages';
import type { ChangeCode } from './later-changes/step';
import type { ReportMessage } from './report';
import type { VerdictCode } from './verdict-codes';

interface Text {
  readonly vi: string;
  readonly en: string;
}

const damagedFile = {
  vi: 'Hãy yêu cầu nơi gửi gửi lại bản gốc; không sử dụng tệp này.',
  en: 'Ask the sender for the original again; do not use this file.',
};

function broken(vi: string, en: string): Text {
  return { vi: `${vi} ${damagedFile.vi}`, en: `${en} ${damagedFile.en}` };
}

const ownMessages: Readonly<Record<Exclude<VerdictCode, ChangeCode | PathFailureCode>, Text>> = {
  VALID: {
    vi: 'Chữ ký hợp lệ: nội dung nguyên vẹn, chứng thư được tin cậy và có hiệu lực tại thời điểm ký.',
    en: 'The signature is valid: content intact, certificate trusted and in force at the time of signing.',
  },
  NO_SIGNATURE: {
    vi: 'Tệp không có chữ ký số. Hãy yêu cầu bản có chữ ký số.',
    en: 'The file carries no signature. Ask for a signed copy.',
  },
  FILE_UNREADABLE: {
    vi: 'Không đọc được tệp. Hãy kiểm tra đường dẫn và quyền đọc tệp.',
    en: 'The file cannot be read. Check the path and the permission to read it.',
  },
  NO_TRUST_CONFIGURED: {
    vi: 'Chưa khai báo tổ chức chứng thực tin cậy nên chưa kết luận được ai đã ký. Hãy cung cấp chứng thư gốc tin cậy.',
    en: 'No trusted authority is configured, so who signed stays open. Provide the trusted root certificate.',
  },
  BYTE_RANGE_MALFORMED: broken(
    'Chữ ký không nêu đúng phần dữ liệu được ký.',
    'The signature does not properly say which bytes are signed.',
  ),
  CONTENTS_MALFORMED: broken(
    'Trường chữ ký không chứa dữ liệu chữ ký.',
    'The signature field holds no signature.',
  ),
  GAP_IS_NOT_CONTENTS: broken(
    'Phần không được ký chứa dữ liệu khác ngoài chữ ký; tệp có thể bị giả mạo.',
    'The part left unsigned holds more than the signature; the file may be forged.',
  ),
  NOT_A_REVISION: broken(
    'Phần được ký không trùng với một phiên bản trọn vẹn của tệp.',
    'The signed part is not a whole revision of the file.',
  ),
  TRAILING_BYTES: broken(
    'Sau phần cuối của tệp còn dữ liệu không rõ nguồn gốc.',
    'Bytes that belong to nothing follow the end of the file.',
  ),
  SIGNATURE_DAMAGED: broken('Không đọc được trường chữ ký.', 'The signature field cannot be read.'),
  SIGNATURE_DICTIONARY_ALTERED: broken(
    'Dữ liệu của chữ ký đã bị thay đổi sau khi ký.',
    'The signature dictionary was altered after signing.',
  ),
  SIGNATURE_RANGES_COLLIDE: broken(
    'Phạm vi của hai chữ ký chồng lấn nhau.',
    'Two signatures claim ranges that collide.',
  ),
  SIGNATURE_VALUE_SHARED: broken(
    'Cùng một chữ ký được gắn vào hai trường.',
    'One signature value stands in two fields.',
  ),
  SUBFILTER_UNSUPPORTED: {
    vi: 'Chữ ký thuộc định dạng cũ dựa trên SHA-1 hoặc không được hỗ trợ. Hãy yêu cầu ký lại theo PAdES.',
    en: 'The signature is of an old, SHA-1 based or unsupported format. Ask for a PAdES signature.',
  },
  CMS_MALFORMED: broken('Dữ liệu chữ ký không đúng chuẩn CMS.', 'The signature is not well-formed CMS.'),
  CMS_SIGNER_COUNT: broken(
    'Chữ ký phải có đúng một người ký.',
    'The signature must have exactly one signer.',
  ),
  CMS_SIGNER_CERTIFICATE_MISSING: {
    vi: 'Chữ ký không kèm chứng thư của người ký. Hãy yêu cầu bản ký có kèm chứng thư.',
    en: "The signature does not bring its signer's certificate. Ask for one that does.",
  },
  CMS_ATTRIBUTES_MISSING: broken(
    'Chữ ký thiếu thuộc tính bắt buộc.',
    'The signature lacks required attributes.',
  ),
  CMS_ATTRIBUTE_MALFORMED: broken(
    'Một thuộc tính của chữ ký sai cấu trúc.',
    'An attribute of the signature is malformed.',
  ),
  CMS_CONTENT_MISSING: broken('Chữ ký không có nội dung để kiểm tra.', 'There is no content to verify.'),
  CMS_CONTENT_UNEXPECTED: broken(
    'Chữ ký tự chứa nội dung riêng, trái quy định với PDF.',
    'The signature encloses content of its own, which a PDF signature must not.',
  ),
  CMS_CONTENT_TYPE_MISMATCH: broken(
    'Loại nội dung trong chữ ký không khớp.',
    'The content type of the signature does not match.',
  ),
  CMS_DIGEST_MISMATCH: broken('Nội dung tệp đã bị sửa sau khi ký.', 'The content was altered after signing.'),
  CMS_CERTIFICATE_UNBOUND: broken(
    'Chữ ký không gắn với chứng thư của người ký.',
    "The signature is not bound to its signer's certificate.",
  ),
  CMS_CERTIFICATE_MISMATCH: broken(
    'Chữ ký gắn với một chứng thư khác.',
    'The signature is bound to another certificate.',
  ),
  CMS_ALGORITHM_UNSUPPORTED: {
    vi: 'Thuật toán ký không được hỗ trợ hoặc quá yếu. Hãy yêu cầu ký lại bằng RSA-PSS hoặc ECDSA với SHA-256 trở lên.',
    en: 'The signature algorithm is unsupported or too weak. Ask for RSA-PSS or ECDSA with SHA-256 or stronger.',
  },
  CMS_SIGNATURE_INVALID: broken(
    'Chữ ký không khớp với khóa trong chứng thư.',
    'The signature does not match the key of the certificate.',
  ),
  CMS_SIGNING_TIME_PRESENT: {
    vi: 'Chữ ký PAdES chứa thuộc tính thời gian bị cấm trong chuẩn. Hãy yêu cầu ký lại bằng phần mềm đúng chuẩn.',
    en: 'The PAdES signature carries a signing-time attribute, which the standard forbids. Ask for a conforming signature.',
  },
  TST_IMPRINT_MISMATCH: broken(
    'Dấu thời gian không thuộc về dữ liệu này.',
    'The time-stamp does not belong to these bytes.',
  ),
  TST_NONCE_MISMATCH: broken(
    'Dấu thời gian không khớp yêu cầu.',
    'The time-stamp does not answer its request.',
  ),
  TST_POLICY_MISMATCH: broken(
    'Dấu thời gian được cấp theo chính sách khác với chính sách đã yêu cầu.',
    'The time-stamp was issued under another policy than the one asked for.',
  ),
  TST_AUTHORITY_MISMATCH: broken(
    'Tên máy chủ ghi trong dấu thời gian không có trong chứng thư đã ký dấu đó.',
    'The server that the time-stamp names is not the one whose certificate signed it.',
  ),
  TST_WEAK_DIGEST: {
    vi: 'Dấu thời gian dùng hàm băm SHA-1 không còn an toàn. Hãy yêu cầu dấu thời gian mới.',
    en: 'The time-stamp uses SHA-1, which is no longer safe. Ask for a new one.',
  },
  TST_SIGNER_USAGE: {
    vi: 'Chứng thư của máy chủ dấu thời gian không được cấp cho việc này. Không dựa vào dấu thời gian đó.',
    en: 'The certificate of the time-stamping server was not issued for that. Do not rely on this time-stamp.',
  },
  TIMESTAMP_ABSENT: {
    vi: 'Chữ ký không có dấu thời gian; thời điểm ký chỉ là khai báo, nên hiệu lực được xét tại thời điểm kiểm tra.',
    en: 'The signature has no time-stamp: its time is a claim, and validity is judged as of now.',
  },
  TIMESTAMP_BEFORE_CERTIFICATE: {
    vi: 'Dấu thời gian có trước khi chứng thư được cấp. Hãy yêu cầu ký lại.',
    en: 'The time-stamp is older than the certificate. Ask for a new signature.',
  },
  TIMESTAMP_INVALID: {
    vi: 'Dấu thời gian kèm chữ ký bị hỏng hoặc không thuộc chữ ký này. Hãy yêu cầu ký lại.',
    en: 'The attached time-stamp is damaged or belongs to another signature. Ask for a new signature.',
  },
  TIMESTAMP_UNTRUSTED: {
    vi: 'Chưa xác minh được máy chủ dấu thời gian nên chưa chứng minh được thời điểm ký. Hãy cung cấp chứng thư gốc và dữ liệu thu hồi của máy chủ đó.',
    en: 'The time-stamping authority could not be verified, so the time is not proved. Provide its root and revocation data.',
  },
};

/** The message of a code; `where` (field, object or key) is added in brackets. */
export function verdictMessage(code: VerdictCode, where?: string): ReportMessage {
  const { vi, en } = messages[code];
  const place = where === undefined ? '' : ` (${where})`;
  return { code, vi: `${vi}${place}`, en: `${en}${place}` };
}

const messages: Readonly<Record<VerdictCode, Text>> = {
  ...pathFailureMessages,
  ...changeMessages,
  ...ownMessages,
};
