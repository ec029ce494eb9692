import type { ProblemCatalogue } from '#platform';

/** What can be refused about papers and inside the recipient agency. */
export const handlingProblems = {
  INCOMING_NOT_REGISTERED: {
    status: 409,
    vi: 'Văn bản chưa được tiếp nhận và vào sổ. Văn thư cần tiếp nhận văn bản trước.',
    en: 'The document has not been accepted and registered. The records clerk has to accept it first.',
  },
  LEADER_UNKNOWN: {
    status: 422,
    vi: 'Người được trình không phải lãnh đạo đương nhiệm của cơ quan. Hãy chọn lại trong danh bạ.',
    en: 'The person is not a leader of your agency today. Choose another from the directory.',
  },
  ASSIGNEE_UNKNOWN: {
    status: 422,
    vi: 'Có người hoặc chức vụ không thuộc cơ quan, không có người giữ hoặc không xử lý văn bản. Hãy chọn lại.',
    en: 'A person or post is not of your agency, is held by nobody or by several, or does not handle documents. Choose again.',
  },
  ASSIGNEE_TWICE: {
    status: 422,
    vi: 'Mỗi người chỉ đứng một lần trong bút phê: chủ trì, phối hợp hoặc để biết. Hãy bỏ tên bị trùng.',
    en: 'Everybody stands once in an instruction: lead, co-operate or for information. Remove the repeated name.',
  },
  DUE_IN_THE_PAST: {
    status: 422,
    vi: 'Hạn xử lý đã qua. Hãy chọn ngày từ hôm nay trở đi.',
    en: 'The due date has passed. Choose today or a later day.',
  },
  INSTRUCTION_STANDS: {
    status: 409,
    vi: 'Văn bản đã có bút phê. Hãy đọc bút phê hiện hành; nếu muốn thay, hãy nêu rõ thay bút phê nào.',
    en: 'The document has an instruction already. Read it; to replace it, say which one you replace.',
  },
  NOT_THE_LEAD: {
    status: 403,
    vi: 'Chỉ người chủ trì mới được làm việc này. Hãy liên hệ người chủ trì hoặc lãnh đạo đã giao.',
    en: 'Only the lead may do this. Ask the lead, or the leader who assigned it.',
  },
  TEXT_MISSING: {
    status: 422,
    vi: 'Chưa nhập nội dung. Hãy nhập nội dung rồi thực hiện lại.',
    en: 'The text is missing. Enter it and do this again.',
  },
  TEXT_FORBIDDEN: {
    status: 422,
    vi: 'Với văn bản Tuyệt mật không được ghi nội dung, lý do hay nhận xét vào hệ thống. Hãy để trống.',
    en: 'Of a top-secret document no content, reason or remark may be written down here. Leave the field empty.',
  },
  REPLY_UNKNOWN: {
    status: 422,
    vi: 'Không tìm thấy văn bản trả lời trong cơ quan, hoặc văn bản đó đã bị hủy. Hãy chọn lại.',
    en: 'Your agency has no such reply, or it has been cancelled. Choose another.',
  },
  ANSWERED_UNKNOWN: {
    status: 422,
    vi: 'Không tìm thấy văn bản đến được trả lời. Hãy chọn lại trong danh sách văn bản đến của bạn.',
    en: 'There is no such incoming document to answer. Choose it from your incoming documents.',
  },
  SENDER_UNKNOWN: {
    status: 422,
    vi: 'Hãy nêu đúng một trong hai: cơ quan gửi có trong danh bạ, hoặc tên nơi gửi ghi bằng chữ.',
    en: 'Name the sender in one of two ways: an agency of the directory, or a name in words.',
  },
  PAPER_TYPE_UNKNOWN: {
    status: 422,
    vi: 'Không có tên loại văn bản này. Hãy chọn trong danh sách; giấy tờ khác thì chọn KHAC.',
    en: 'There is no such document type. Choose from the list; KHAC for any other paper.',
  },
  PAPER_NOT_DESCRIBED: {
    status: 422,
    vi: 'Văn bản không mật phải có tên loại, ngày văn bản và trích yếu. Chỉ bì mật mới được vào sổ theo những gì ghi ngoài bì.',
    en: 'A document that is not secret needs type, date and abstract. Only a secret is registered by its envelope alone.',
  },
  PAPER_DATE_IMPOSSIBLE: {
    status: 422,
    vi: 'Ngày văn bản hoặc thời điểm nhận ở tương lai, hoặc nhận trước ngày văn bản. Hãy kiểm tra lại.',
    en: 'The date of the paper or its receipt lies in the future, or it was received before its date. Check them.',
  },
  SCAN_NOT_TAKEN: {
    status: 422,
    vi: 'Chỉ nhận bản quét của văn bản giấy không mật và chưa giải quyết xong. Bản mật giữ bằng giấy theo quy định.',
    en: 'A scan is taken only of a paper that is not secret and not settled yet. Secrets are kept on paper as the rules demand.',
  },
  STAMPED_COPY_NONE: {
    status: 409,
    vi: 'Chưa có bản đóng dấu ĐẾN: chỉ tệp chính của văn bản điện tử đã tiếp nhận mới có. Hãy tải bản gốc.',
    en: 'There is no copy with an arrival stamp: only the main file of an accepted electronic document has one. Download the original.',
  },
} as const satisfies ProblemCatalogue;
