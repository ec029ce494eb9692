import type { PlatformErrorCode } from '../platform-error';
import type { Message } from './problem';

/** What a PlatformError means for the person who runs an operation. */
export const operationMessages: Readonly<Record<PlatformErrorCode, Message>> = {
  NODE_KEY_UNUSABLE: {
    vi: 'Không dùng được khóa của nút. Kiểm tra tệp khóa (32 byte, quyền 0600) hoặc cụm mật khẩu sao lưu.',
    en: 'The node key cannot be used. Check the key file (32 bytes, mode 0600) or the passphrase of the backup.',
  },
  UNWRAP_FAILED: {
    vi: 'Không mở được nội dung đã niêm phong: sai khóa, sai cụm mật khẩu hoặc dữ liệu bị hỏng.',
    en: 'Sealed content cannot be opened: wrong key, wrong passphrase, or damage.',
  },
  BLOB_NOT_FOUND: {
    vi: 'Thiếu nội dung tệp trong kho. Hãy khôi phục từ bản sao lưu.',
    en: 'The content of a file is missing from the store. Restore it from a backup.',
  },
  BLOB_DAMAGED: {
    vi: 'Nội dung tệp trong kho bị hỏng hoặc bị sửa. Hãy khôi phục từ bản sao lưu.',
    en: 'The content of a file in the store is damaged or altered. Restore it from a backup.',
  },
  BLOB_TOO_LARGE: {
    vi: 'Tệp vượt quá dung lượng cho phép.',
    en: 'The file is larger than allowed.',
  },
  POSTGRES_BINARIES_MISSING: {
    vi: 'Không có PostgreSQL đi kèm cho máy này. Hãy cài lại các gói tùy chọn hoặc đặt DATABASE_URL.',
    en: 'There is no PostgreSQL for this machine. Install the optional packages again, or set DATABASE_URL.',
  },
  POSTGRES_NOT_STARTED: {
    vi: 'PostgreSQL không khởi động hoặc không dừng được. Xem nhật ký postgres.log trong thư mục dữ liệu.',
    en: 'PostgreSQL could not be started or stopped. See postgres.log in the data folder.',
  },
  QUEUE_UNKNOWN: {
    vi: 'Hàng đợi chưa được khai báo. Hãy chạy nâng cấp cơ sở dữ liệu của phiên bản này.',
    en: 'A queue is not declared. Migrate the database to this release.',
  },
  BACKUP_DAMAGED: {
    vi: 'Bản sao lưu bị hỏng hoặc thiếu phần; chưa có gì được khôi phục. Hãy dùng bản sao lưu khác.',
    en: 'The backup is damaged or incomplete. Use another one.',
  },
  BACKUP_TARGET_NOT_EMPTY: {
    vi: 'Nơi đích không trống nên không ghi gì. Hãy chọn cơ sở dữ liệu và thư mục trống.',
    en: 'The target is not empty, so nothing was written. Name an empty database and folder.',
  },
  BACKUP_INCOMPATIBLE: {
    vi: 'Bản sao lưu không khớp với phiên bản này hoặc với khóa của nút.',
    en: 'The backup does not fit this release, or this node key.',
  },
};
