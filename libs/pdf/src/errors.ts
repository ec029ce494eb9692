/** Every way in which this library refuses its input. The codes are stable: callers and docs/errors.md name them. */
export type PdfErrorCode =
  | 'FONT_DAMAGED'
  | 'FONT_GLYPH_MISSING'
  | 'IMAGE_DAMAGED'
  | 'IMAGE_UNSUPPORTED'
  | 'NOT_A_PDF'
  | 'PDF_DAMAGED'
  | 'PDF_EMPTY'
  | 'PDF_ENCRYPTED'
  | 'PDF_LIMIT_EXCEEDED'
  | 'PDF_NO_SUCH_PAGE'
  | 'PDF_TRUNCATED'
  | 'PDF_UNSUPPORTED';

/** Small facts about the refusal (offsets in bytes, object numbers, limits). Never file content. */
export type PdfErrorDetail = Readonly<Record<string, string | number>>;

export class PdfError extends Error {
  override readonly name = 'PdfError';
  readonly detail: PdfErrorDetail;

  constructor(
    readonly code: PdfErrorCode,
    message: string,
    options?: ErrorOptions & { readonly detail?: PdfErrorDetail },
  ) {
    super(message, options);
    this.detail = options?.detail ?? {};
  }
}

/** Shorthand for the commonest refusal: the bytes at `offset` are not what the structure promises. */
export function damaged(message: string, detail: PdfErrorDetail = {}): PdfError {
  return new PdfError('PDF_DAMAGED', message, { detail });
}

/** What happened and what to do, for a person. */
export const pdfMessages: Readonly<Record<PdfErrorCode, { readonly vi: string; readonly en: string }>> = {
  FONT_DAMAGED: {
    vi: 'Không đọc được tệp phông chữ dùng cho mẫu chữ ký. Hãy dùng phông TrueType (.ttf) nguyên vẹn.',
    en: 'The font file for the signature appearance cannot be read. Use an intact TrueType (.ttf) font.',
  },
  FONT_GLYPH_MISSING: {
    vi: 'Phông chữ không có một số ký tự trong nội dung cần hiển thị. Hãy bỏ các ký tự đó hoặc chọn phông khác.',
    en: 'The font lacks some characters of the text to be shown. Remove those characters or choose another font.',
  },
  IMAGE_DAMAGED: {
    vi: 'Không đọc được ảnh chữ ký hoặc ảnh dấu. Hãy tải lên lại tệp PNG nguyên vẹn.',
    en: 'The signature or seal image cannot be read. Upload an intact PNG file.',
  },
  IMAGE_UNSUPPORTED: {
    vi: 'Ảnh chữ ký hoặc ảnh dấu không đúng định dạng. Hãy dùng tệp PNG nền trong suốt.',
    en: 'The signature or seal image is of an unsupported kind. Use a PNG file with a transparent background.',
  },
  NOT_A_PDF: {
    vi: 'Tệp không phải là PDF. Hãy chọn đúng tệp PDF của văn bản.',
    en: 'The file is not a PDF. Choose the PDF file of the document.',
  },
  PDF_DAMAGED: {
    vi: 'Tệp PDF bị hỏng cấu trúc nên không thể ký an toàn. Hãy xuất lại PDF từ bản soạn thảo rồi tải lên.',
    en: 'The PDF is structurally damaged and cannot be signed safely. Export it again from its source and upload it.',
  },
  PDF_EMPTY: {
    vi: 'Tệp rỗng, không có nội dung. Hãy kiểm tra và tải lên lại.',
    en: 'The file is empty. Check it and upload it again.',
  },
  PDF_ENCRYPTED: {
    vi: 'Tệp PDF đang được đặt mật khẩu hoặc mã hóa. Hãy gỡ bảo vệ rồi tải lên lại.',
    en: 'The PDF is encrypted or protected by a password. Remove the protection and upload it again.',
  },
  PDF_LIMIT_EXCEEDED: {
    vi: 'Tệp PDF vượt giới hạn cho phép về dung lượng hoặc độ phức tạp. Hãy chia nhỏ hoặc xuất lại tệp.',
    en: 'The PDF exceeds a permitted limit of size or complexity. Split it or export it again.',
  },
  PDF_NO_SUCH_PAGE: {
    vi: 'Tệp PDF không có trang này. Hãy kiểm tra lại số trang.',
    en: 'The PDF has no such page. Check the page number.',
  },
  PDF_TRUNCATED: {
    vi: 'Tệp PDF bị thiếu phần cuối, có thể do tải lên chưa xong. Hãy tải lên lại.',
    en: 'The end of the PDF is missing, perhaps because an upload was cut off. Upload it again.',
  },
  PDF_UNSUPPORTED: {
    vi: 'Tệp PDF dùng một tính năng chưa được hỗ trợ. Hãy xuất lại thành PDF thông thường.',
    en: 'The PDF uses a feature that is not supported. Export it again as an ordinary PDF.',
  },
};
