import type { ProblemCatalogue } from '#platform';

/** Everything that can go wrong in this lib; the codes are stable. */
export type DirectoryErrorCode =
  | 'AGENCY_NOT_FOUND'
  | 'PERSON_NOT_FOUND'
  | 'NOT_ADMINISTERED'
  | 'DIRECTORY_CHANGED'
  | 'AGENCY_CODE_TAKEN'
  | 'AGENCY_STILL_STAFFED'
  | 'SUCCESSOR_UNFIT'
  | 'POST_STILL_HELD'
  | 'POST_NOT_IN_FORCE'
  | 'HAS_ENDED'
  | 'VALIDITY_IN_PAST'
  | 'VALIDITY_EMPTY'
  | 'OWN_APPOINTMENT'
  | 'INSPECTOR_ALONE'
  | 'PERSON_OF_ANOTHER_AGENCY'
  | 'BODY_OUT_OF_REACH'
  | 'TYPE_NOT_IN_BLOC'
  | 'CERTIFICATE_NOT_OF_AGENCY'
  | 'PKI_INDEX_INVALID';

export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';

  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const directoryProblems: ProblemCatalogue & Readonly<Record<DirectoryErrorCode, unknown>> = {
  AGENCY_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy cơ quan này trong danh bạ. Hãy tìm lại theo tên hoặc mã định danh.',
    en: 'The directory has no such agency. Search for it by name or by code.',
  },
  PERSON_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy người này trong danh bạ. Hãy tìm lại từ cơ quan của người đó.',
    en: 'The directory has no such person. Look again from the agency.',
  },
  NOT_ADMINISTERED: {
    status: 404,
    vi: 'Không có mục này trong phạm vi bạn quản trị (cơ quan của bạn và các cơ quan trực thuộc). Hãy chọn lại trong danh sách.',
    en: 'There is no such entry in what you administer (your agency and those below it). Choose it from the list again.',
  },
  DIRECTORY_CHANGED: {
    status: 409,
    vi: 'Mục này vừa được người khác thay đổi. Hãy tải lại, xem thay đổi rồi thực hiện lại.',
    en: 'Somebody else has just changed this entry. Load it again, look at the change, and repeat yours.',
  },
  AGENCY_CODE_TAKEN: {
    status: 409,
    vi: 'Mã định danh này đang thuộc một cơ quan khác trong cùng thời gian. Hãy kiểm tra lại mã hoặc ngày bắt đầu.',
    en: 'Another agency has this code at that time. Check the code or the first day.',
  },
  AGENCY_STILL_STAFFED: {
    status: 409,
    vi: 'Cơ quan vẫn còn người giữ chức vụ vào ngày kết thúc. Hãy chọn cơ quan kế thừa, hoặc kết thúc các chức vụ đó trước.',
    en: 'People still hold posts in the agency on that day. Name a successor, or end their appointments first.',
  },
  SUCCESSOR_UNFIT: {
    status: 422,
    vi: 'Cơ quan kế thừa không tồn tại hoặc không còn hiệu lực vào ngày đó. Hãy chọn cơ quan khác.',
    en: 'The successor does not exist or is not in force on that day. Choose another agency.',
  },
  POST_STILL_HELD: {
    status: 409,
    vi: 'Vẫn còn người giữ chức vụ này vào ngày kết thúc. Hãy kết thúc việc bổ nhiệm trước.',
    en: 'Somebody still holds this post on that day. End the appointment first.',
  },
  POST_NOT_IN_FORCE: {
    status: 422,
    vi: 'Chức vụ không có hiệu lực trong toàn bộ thời gian bổ nhiệm. Hãy chỉnh lại ngày hoặc chọn chức vụ khác.',
    en: 'The post is not in force for the whole time of the appointment. Correct the days or choose another post.',
  },
  HAS_ENDED: {
    status: 409,
    vi: 'Mục này đã kết thúc hoặc chưa có hiệu lực nên không thay đổi được. Những gì đã qua không được sửa lại.',
    en: 'This has ended or is not yet in force and cannot be changed. What has passed is not rewritten.',
  },
  VALIDITY_IN_PAST: {
    status: 422,
    vi: 'Ngày phải từ hôm nay trở đi: những gì đã qua không được sửa lại. Hãy chọn ngày khác.',
    en: 'The day must be today or later: what has passed is not rewritten. Choose another day.',
  },
  VALIDITY_EMPTY: {
    status: 422,
    vi: 'Ngày kết thúc phải sau ngày bắt đầu. Hãy chọn ngày khác.',
    en: 'The end must come after the beginning. Choose another day.',
  },
  OWN_APPOINTMENT: {
    status: 403,
    vi: 'Không ai được tự thay đổi chức vụ hoặc vai trò của chính mình. Hãy nhờ người quản trị khác hoặc người quản trị của cơ quan cấp trên.',
    en: 'Nobody changes their own post or roles. Ask another administrator, or that of the agency above.',
  },
  INSPECTOR_ALONE: {
    status: 409,
    vi: 'Người có vai trò kiểm tra, thanh tra không được đồng thời giữ vai trò khác. Hãy kết thúc vai trò kia trước.',
    en: 'Whoever inspects may hold no other role at the same time. End the other role first.',
  },
  PERSON_OF_ANOTHER_AGENCY: {
    status: 409,
    vi: 'Người này đang giữ chức vụ ở cơ quan ngoài phạm vi bạn quản trị. Hãy đề nghị người quản trị của cơ quan cấp trên chung thực hiện.',
    en: 'This person holds an office outside what you administer. Ask the administrator of the agency above both.',
  },
  BODY_OUT_OF_REACH: {
    status: 422,
    vi: 'Có chủ thể ban hành không thuộc cơ quan của chức vụ, hoặc nằm ngoài phạm vi bạn quản trị. Hãy chọn lại.',
    en: 'A body does not belong to the agency of the post, or lies outside what you administer. Choose again.',
  },
  TYPE_NOT_IN_BLOC: {
    status: 422,
    vi: 'Có loại văn bản không tồn tại trong khối của cơ quan. Hãy chọn lại các loại được ban hành.',
    en: 'A type of document does not exist in the bloc of the agency. Choose again what may be issued.',
  },
  CERTIFICATE_NOT_OF_AGENCY: {
    status: 422,
    vi: 'Chứng thư chữ ký số không mang mã định danh của cơ quan này nên không được ghi vào danh bạ. Hãy dùng chứng thư cấp cho đúng cơ quan.',
    en: 'The certificate does not bear the code of this agency, so it was not entered. Use the one issued to the agency.',
  },
  PKI_INDEX_INVALID: {
    status: 500,
    vi: 'Bộ chứng thư trình diễn không khớp với dữ liệu mẫu. Hãy xóa thư mục của nó để tạo lại.',
    en: 'The development PKI does not fit the demo data. Remove its folder to have it made again.',
  },
};
