/** Everything that can go wrong while a signature is being made, as a closed set. */
export type SigningErrorCode =
  | 'ALREADY_LAID_OUT'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'FIELD_ALREADY_SIGNED'
  | 'FIELD_LOCKED'
  | 'FIELD_NAME_INVALID'
  | 'FIELD_NAME_TAKEN'
  | 'FIELD_NOT_FOUND'
  | 'IMAGE_UNREADABLE'
  | 'KEY_MISMATCH'
  | 'NUMBER_HAS_NO_PLACE'
  | 'NUMBER_MISSING'
  | 'PLACEHOLDER_TOO_SMALL'
  | 'RECTANGLE_OFF_PAGE'
  | 'SESSION_MISMATCH'
  | 'UPLOAD_CERTIFIED';

/** The one error class of this lib; `code` is stable, `message` is for logs. */
export class SigningError extends Error {
  override readonly name = 'SigningError';

  constructor(
    readonly code: SigningErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What happened and what to do, for people, in both languages. */
export const signingMessages: Readonly<
  Record<SigningErrorCode, { readonly vi: string; readonly en: string }>
> = {
  ALREADY_LAID_OUT: {
    vi: 'Văn bản đã có các trường số, ngày ban hành và chữ ký của hệ thống. Hãy tiếp tục ký trên bản này.',
    en: 'The document already carries the number, date and signature fields. Go on signing this copy.',
  },
  CERTIFICATE_EXPIRED: {
    vi: 'Chứng thư chữ ký số đã hết hạn vào thời điểm ký. Hãy gia hạn hoặc dùng chứng thư còn hiệu lực.',
    en: 'The certificate had expired at the time of signing. Renew it or use a valid one.',
  },
  CERTIFICATE_NOT_YET_VALID: {
    vi: 'Chứng thư chữ ký số chưa có hiệu lực vào thời điểm ký. Hãy kiểm tra đồng hồ hoặc chờ đến ngày có hiệu lực.',
    en: 'The certificate was not yet valid at the time of signing. Check the clock or wait until it is.',
  },
  FIELD_ALREADY_SIGNED: {
    vi: 'Trường chữ ký này đã được ký. Hãy chọn trường khác.',
    en: 'This signature field is already signed. Choose another one.',
  },
  FIELD_LOCKED: {
    vi: 'Trường này đã bị một chữ ký trước khóa, không thể điền nữa.',
    en: 'An earlier signature locked this field; it can no longer be filled.',
  },
  FIELD_NAME_INVALID: {
    vi: 'Tên trường không hợp lệ: không được để trống và không chứa dấu chấm.',
    en: 'The field name is not valid: it must not be empty nor contain a full stop.',
  },
  FIELD_NAME_TAKEN: {
    vi: 'Tên trường đã được dùng cho một trường khác loại. Hãy chọn tên khác.',
    en: 'The field name belongs to a field of another kind. Choose another name.',
  },
  FIELD_NOT_FOUND: {
    vi: 'Không tìm thấy trường trong tệp PDF. Hãy dùng bản do hệ thống chuẩn bị.',
    en: 'The PDF has no such field. Use the copy that the system prepared.',
  },
  IMAGE_UNREADABLE: {
    vi: 'Không đọc được ảnh chữ ký hoặc ảnh dấu. Hãy dùng ảnh PNG nền trong suốt.',
    en: 'The signature or seal image cannot be read. Use a transparent PNG.',
  },
  KEY_MISMATCH: {
    vi: 'Chữ ký tạo ra không khớp với chứng thư. Hãy kiểm tra khóa bí mật và chứng thư có cùng một cặp hay không.',
    en: 'The signature value does not match the certificate. Check that key and certificate belong together.',
  },
  NUMBER_HAS_NO_PLACE: {
    vi: 'Tệp đã có chữ ký của nơi khác và cơ quan ban hành không có con dấu nên không có chỗ ghi số, ngày. Hãy gửi tệp này kèm theo một văn bản được ký riêng.',
    en: 'The file already carries signatures of others and the issuing body has no seal, so number and date have no place. Send it as an attachment of a signed cover document.',
  },
  NUMBER_MISSING: {
    vi: 'Chưa có số và ngày ban hành. Hãy cấp số trước khi ký số của cơ quan.',
    en: 'Number and date are missing. Assign the number before the agency signs.',
  },
  PLACEHOLDER_TOO_SMALL: {
    vi: 'Chỗ dành cho chữ ký nhỏ hơn dữ liệu chữ ký. Hãy ký lại với chỗ lớn hơn.',
    en: 'The room kept for the signature is smaller than the signature. Sign again with more room.',
  },
  RECTANGLE_OFF_PAGE: {
    vi: 'Vị trí chữ ký nằm ngoài trang. Hãy chọn lại vị trí.',
    en: 'The signature rectangle lies off the page. Choose another place.',
  },
  SESSION_MISMATCH: {
    vi: 'Phiên ký không khớp với tệp đã chuẩn bị. Hãy bắt đầu ký lại từ đầu.',
    en: 'The signing session does not belong to the prepared file. Start signing again.',
  },
  UPLOAD_CERTIFIED: {
    vi: 'Tệp đã được chứng thực hoặc khóa bởi chữ ký của nơi khác, không thể ghi thêm. Hãy gửi tệp này kèm theo một văn bản được ký riêng.',
    en: 'The file was certified or locked by a signature of others and must not be added to. Send it as an attachment of a signed cover document.',
  },
};
