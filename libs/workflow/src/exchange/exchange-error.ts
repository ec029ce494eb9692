import type { ProblemCatalogue } from '#platform';

/** Everything that can go wrong between agencies; the codes are stable and part of the protocol between nodes. */
const exchangeErrorCodes = [
  'MESSAGE_MALFORMED',
  'MESSAGE_TOO_LARGE',
  'MESSAGE_NOT_AUTHENTIC',
  'MESSAGE_WRONG_SENDER',
  'MESSAGE_ID_REUSED',
  'MESSAGE_FILE_MISSING',
  'MESSAGE_FILE_MISMATCH',
  'MESSAGE_PAGE_COUNT_MISMATCH',
  'MESSAGE_SECRECY_NOT_HANDLED',
  'RECIPIENT_NOT_HERE',
  'EVIDENCE_NOT_AUTHENTIC',
  'EVIDENCE_WRONG_AGENCY',
  'EVIDENCE_MISMATCH',
  'EVIDENCE_UNEXPECTED',
  'DOCUMENT_NOT_ARRIVED',
  'PEER_UNKNOWN',
  'PEER_REFUSED',
  'PEER_UNREACHABLE',
] as const;
export type ExchangeErrorCode = (typeof exchangeErrorCodes)[number];

/** Whether trying the same thing again can help. */
export type Retry = 'worth-retrying' | 'final';

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly retry: Retry;

  constructor(
    readonly code: ExchangeErrorCode,
    message: string,
    options: ErrorOptions & { readonly retry?: Retry } = {},
  ) {
    super(message, options);
    this.retry = options.retry ?? 'final';
  }
}

export function isExchangeErrorCode(code: unknown): code is ExchangeErrorCode {
  return exchangeErrorCodes.some((known) => known === code);
}

/** What people and nodes are told, by code. */
export const exchangeProblems = {
  DELIVERY_ALREADY_SUBMITTED: {
    status: 409,
    vi: 'Văn bản này đã được gửi đi. Hãy xem tình trạng giao nhận thay vì gửi lại.',
    en: 'This document has been submitted for delivery already. Look at its deliveries instead of sending it again.',
  },
  MESSAGE_MALFORMED: {
    status: 400,
    vi: 'Gói tin không đúng định dạng trao đổi. Bên gửi cần kiểm tra phiên bản phần mềm.',
    en: 'The message is not in the exchange format. The sending side should check its software version.',
  },
  MESSAGE_TOO_LARGE: {
    status: 413,
    vi: 'Gói tin hoặc tệp vượt quá dung lượng cho phép. Bên gửi cần tách hoặc nén tệp.',
    en: 'The message or a file is larger than allowed. The sending side should split or compress the file.',
  },
  MESSAGE_NOT_AUTHENTIC: {
    status: 403,
    vi: 'Chữ ký của gói tin không hợp lệ nên gói tin bị từ chối. Bên gửi cần kiểm tra khóa và chứng thư bằng chứng.',
    en: 'The signature of the message is not valid, so the message was refused. The sending side should check its evidence key and certificate.',
  },
  MESSAGE_WRONG_SENDER: {
    status: 403,
    vi: 'Chứng thư ký gói tin không phải của cơ quan gửi, hoặc cơ quan gửi không thuộc nút đang kết nối.',
    en: 'The certificate that signed the message is not the sending agency’s, or that agency does not live on the connecting node.',
  },
  MESSAGE_ID_REUSED: {
    status: 409,
    vi: 'Mã gói tin đã được dùng cho một nội dung khác. Bên gửi phải tạo mã mới.',
    en: 'The message id has been used for other content. The sending side must make a new id.',
  },
  MESSAGE_FILE_MISSING: {
    status: 409,
    vi: 'Chưa có đủ tệp của gói tin. Bên gửi cần tải các tệp lên trước rồi gửi lại gói tin.',
    en: 'Not all files of the message are here. The sending side should upload them first, then send the message again.',
  },
  MESSAGE_FILE_MISMATCH: {
    status: 422,
    vi: 'Tệp nhận được không khớp mã băm hoặc dung lượng đã ghi. Bên gửi cần tải lại tệp.',
    en: 'A file does not match its digest or size. The sending side should upload the file again.',
  },
  MESSAGE_PAGE_COUNT_MISMATCH: {
    status: 422,
    vi: 'Số trang của tệp không đúng với số trang ghi trong gói tin. Bên gửi cần lập lại gói tin.',
    en: 'A file does not have the number of pages the message states. The sending side should make the message anew.',
  },
  MESSAGE_SECRECY_NOT_HANDLED: {
    status: 422,
    vi: 'Nút này chỉ nhận văn bản không mật. Văn bản mật phải gửi theo đường khác.',
    en: 'This node takes documents without a secrecy mark only. A secret document must go another way.',
  },
  RECIPIENT_NOT_HERE: {
    status: 422,
    vi: 'Cơ quan nhận không thuộc nút này. Bên gửi cần kiểm tra lại danh bạ.',
    en: 'The recipient agency does not live on this node. The sending side should check its directory.',
  },
  EVIDENCE_NOT_AUTHENTIC: {
    status: 403,
    vi: 'Chữ ký của bằng chứng không hợp lệ nên bằng chứng bị từ chối.',
    en: 'The signature of the evidence is not valid, so the evidence was refused.',
  },
  EVIDENCE_WRONG_AGENCY: {
    status: 403,
    vi: 'Bằng chứng do một cơ quan khác ký, không phải cơ quan có quyền xác nhận việc này.',
    en: 'The evidence is signed by another agency than the one that may state it.',
  },
  EVIDENCE_MISMATCH: {
    status: 422,
    vi: 'Bằng chứng không khớp với văn bản đã gửi.',
    en: 'The evidence does not match the document that was sent.',
  },
  EVIDENCE_UNEXPECTED: {
    status: 409,
    vi: 'Bằng chứng mâu thuẫn với tình trạng giao nhận hiện tại. Hãy liên hệ cơ quan nhận để làm rõ.',
    en: 'The evidence contradicts the present state of the delivery. Ask the recipient agency to clarify.',
  },
  DOCUMENT_NOT_ARRIVED: {
    status: 409,
    vi: 'Văn bản được đính chính chưa đến nơi nhận. Hệ thống sẽ gửi lại thông tin đính chính sau khi văn bản đến.',
    en: 'The document that is corrected has not arrived yet. The correction is sent again until it has.',
  },
  PEER_UNKNOWN: {
    status: 403,
    vi: 'Chưa cấu hình nút của cơ quan nhận, hoặc chứng thư kết nối không thuộc nút nào đã biết. Hãy báo cho người quản trị.',
    en: 'The node of the recipient agency is not configured, or the connecting certificate belongs to no known node. Tell the administrator.',
  },
  PEER_REFUSED: {
    status: 502,
    vi: 'Nút nhận từ chối gói tin. Hãy xem lý do trong danh sách gói tin không gửi được.',
    en: 'The receiving node refused the message. See the reason in the list of dead letters.',
  },
  PEER_UNREACHABLE: {
    status: 503,
    vi: 'Chưa kết nối được với nút nhận. Hệ thống sẽ tự gửi lại.',
    en: 'The receiving node could not be reached. The system will try again by itself.',
  },
  INCOMING_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy văn bản đến này. Hãy mở lại danh sách văn bản đến.',
    en: 'There is no such incoming document. Open the list of incoming documents again.',
  },
  INCOMING_NOT_VERIFIED: {
    status: 409,
    vi: 'Chưa kiểm tra chữ ký của văn bản. Hãy kiểm tra chữ ký rồi tiếp nhận.',
    en: 'The signatures of the document have not been verified yet. Verify them, then accept.',
  },
  INCOMING_INVALID: {
    status: 409,
    vi: 'Văn bản có chữ ký không hợp lệ nên không tiếp nhận được. Hãy từ chối và nêu lý do.',
    en: 'A signature of the document is not valid, so it cannot be accepted. Refuse it and give the reason.',
  },
  INCOMING_CONTENT_REFUSED: {
    status: 409,
    vi: 'Văn bản có tệp chứa nội dung tự thực thi, tệp ẩn hoặc sai cấu trúc nên không tiếp nhận được. Hãy từ chối, nêu lý do và đề nghị bên gửi gửi lại bản sạch.',
    en: 'A file of the document acts by itself, hides something or is not sound, so the document cannot be accepted. Refuse it, give the reason and ask the sender for a clean copy.',
  },
  INCOMING_FILE_NOT_SHOWN: {
    status: 409,
    vi: 'Tệp này chứa nội dung tự thực thi, tệp ẩn hoặc sai cấu trúc nên không hiển thị. Chỉ tải về để kiểm tra trên máy cách ly nếu thật cần.',
    en: 'This file acts by itself, hides something or is not sound, so it is not shown. Download it only where it must be examined, on a machine apart.',
  },
  INCOMING_INCOMPLETE: {
    status: 409,
    vi: 'Số tệp hoặc số trang không khớp với bản kê của bên gửi. Hãy từ chối và nêu lý do.',
    en: 'The files or pages do not match the sender’s list. Refuse the document and give the reason.',
  },
  INCOMING_ALREADY_REFUSED: {
    status: 409,
    vi: 'Văn bản này đã bị từ chối tiếp nhận.',
    en: 'This document has been refused already.',
  },
  INCOMING_ALREADY_ACCEPTED: {
    status: 409,
    vi: 'Văn bản này đã được tiếp nhận.',
    en: 'This document has been accepted already.',
  },
  INCOMING_ON_PAPER: {
    status: 409,
    vi: 'Văn bản này đến bằng giấy và đã vào sổ, nên không kiểm tra chữ ký số, tiếp nhận hay từ chối trên hệ thống.',
    en: 'This document came on paper and is registered: there is nothing to verify, accept or refuse here.',
  },
  INCOMING_WITHDRAWN: {
    status: 409,
    vi: 'Văn bản này đã bị lấy lại, thu hồi hoặc thay thế nên nội dung không mở được nữa. Hãy xem lý do trong thông tin văn bản.',
    en: 'This document has been taken back, recalled or replaced, so it can no longer be opened or handled. See the reason on the document.',
  },
  TAKE_BACK_NOT_ASKED: {
    status: 409,
    vi: 'Cơ quan gửi không đề nghị lấy lại văn bản này, hoặc đề nghị đã được trả lời. Hãy mở lại văn bản.',
    en: 'The sender has not asked this document back, or has been answered already. Open the document again.',
  },
  TAKE_BACK_NOT_POSSIBLE: {
    status: 409,
    vi: 'Nơi nhận này đã từ chối tiếp nhận, hoặc văn bản đã bị thu hồi, thay thế, đính chính nên không cần lấy lại.',
    en: 'This recipient has refused the document, or it has been recalled, replaced or corrected: there is nothing to take back.',
  },
  TAKE_BACK_WAS_REFUSED: {
    status: 409,
    vi: 'Nơi nhận đã từ chối trả lại văn bản. Nếu văn bản không còn giá trị, hãy thu hồi văn bản.',
    en: 'The recipient has refused to give the document back. If it is void, recall it.',
  },
  DELIVERY_NOT_FOUND: {
    status: 404,
    vi: 'Văn bản không được gửi điện tử cho cơ quan này. Hãy xem lại danh sách nơi nhận.',
    en: 'The document was not sent to this agency electronically. Look at the list of its deliveries.',
  },
  REPLACEMENT_NOT_ISSUED: {
    status: 422,
    vi: 'Văn bản thay thế hoặc đính chính phải là một văn bản khác của cơ quan, đã phát hành và còn hiệu lực.',
    en: 'What replaces or corrects it must be another document of the agency, issued and in force.',
  },
  CORRECTION_NOT_A_LETTER: {
    status: 422,
    vi: 'Đính chính phải bằng công văn đã phát hành. Nếu sai nội dung, hãy thay thế văn bản.',
    en: 'A correction is made by an issued official letter. If the content is wrong, replace the document.',
  },
  EVIDENCE_NOT_YET: {
    status: 409,
    vi: 'Văn bản chưa phát hành nên chưa có bằng chứng giao nhận. Hãy phát hành văn bản trước.',
    en: 'The document has not been issued, so there is no evidence of delivery yet. Issue it first.',
  },
  DEAD_LETTER_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy mục này trong danh sách gói tin không gửi được. Hãy mở lại danh sách.',
    en: 'There is no such dead letter. Open the list again.',
  },
  DEAD_LETTER_CLOSED: {
    status: 409,
    vi: 'Mục này đã được gửi lại hoặc đã tự giải quyết.',
    en: 'This dead letter has been sent again or settled already.',
  },
} as const satisfies ProblemCatalogue & Readonly<Record<ExchangeErrorCode, unknown>>;
