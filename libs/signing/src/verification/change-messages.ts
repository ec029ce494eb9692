import type { ChangeCode } from './later-changes/step';

interface Text {
  readonly vi: string;
  readonly en: string;
}

function refused(vi: string, en: string): Text {
  return {
    vi: `Sau khi ký, ${vi}. Không sử dụng tệp này; hãy yêu cầu nơi gửi gửi lại bản gốc.`,
    en: `After signing, ${en}. Do not use this file; ask the sender for the original again.`,
  };
}

/** What a later revision did that it must not. */
export const changeMessages: Readonly<Record<ChangeCode, Text>> = {
  CHANGE_ANNOTATION_ADDED: refused(
    'có chú thích hoặc lớp phủ được thêm vào trang',
    'an annotation was laid over a page',
  ),
  CHANGE_ANNOTATION_REMOVED: refused(
    'có chú thích hoặc trường bị gỡ khỏi trang',
    'an annotation or field was taken off a page',
  ),
  CHANGE_CATALOG: refused('cấu trúc chung của tài liệu bị thay đổi', 'the document catalog was changed'),
  CHANGE_CERTIFIED_DOCUMENT: refused(
    'tài liệu đã chứng thực bị ghi thêm trái phép',
    'the certified document was added to against its permission',
  ),
  CHANGE_DSS: refused(
    'kho dữ liệu xác minh bị sửa hoặc bớt',
    'the store of validation data was altered instead of only grown',
  ),
  CHANGE_FIELD_ADDED: refused('có trường mới được thêm vào biểu mẫu', 'a field was added to the form'),
  CHANGE_FIELD_ALTERED: refused(
    'một trường bị thay đổi ngoài việc điền',
    'a field was changed otherwise than by filling it',
  ),
  CHANGE_FIELD_APPEARANCE_DIFFERS: refused(
    'nội dung hiển thị của một trường khác với giá trị của nó',
    'what a field shows differs from its value',
  ),
  CHANGE_FIELD_LOCKED: refused(
    'một trường đã bị chữ ký khóa lại bị thay đổi',
    'a field that a signature locks was changed',
  ),
  CHANGE_FIELD_READ_ONLY: refused('một trường chỉ đọc bị thay đổi', 'a read-only field was changed'),
  CHANGE_FIELD_REMOVED: refused('một trường bị gỡ khỏi biểu mẫu', 'a field was removed from the form'),
  CHANGE_FORM: refused('thiết lập của biểu mẫu bị thay đổi', 'the settings of the form were changed'),
  CHANGE_METADATA: refused(
    'siêu dữ liệu bị thay bằng dữ liệu sai chuẩn',
    'the metadata was replaced by malformed data',
  ),
  CHANGE_OBJECT_FREED: refused('một phần nội dung bị xóa', 'a part of the content was deleted'),
  CHANGE_OBJECT_OVERRIDDEN: refused(
    'một phần nội dung bị thay bằng nội dung khác',
    'a part of the content was replaced',
  ),
  CHANGE_OBJECT_STREAM_REPLACED: refused(
    'một khối nội dung nén bị thay thế',
    'a container of compressed content was replaced',
  ),
  CHANGE_PAGE: refused('một trang bị thay đổi', 'a page was changed'),
  CHANGE_SIGNED_FIELD: refused(
    'một trường chữ ký đã ký bị thay đổi',
    'a signature field that was already signed was changed',
  ),
  CHANGE_TRAILER: refused('phần kết của tệp trỏ tới nội dung khác', 'the trailer points at other content'),
  CHANGE_UNREADABLE: refused(
    'phần ghi thêm vào tệp bị hỏng hoặc chứa dữ liệu lạ',
    'what was appended is damaged or holds stray bytes',
  ),
};
