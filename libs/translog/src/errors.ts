/** Everything that can go wrong in this lib; the codes are stable. */
export type TranslogErrorCode = 'NOT_CANONICALISABLE' | 'NOT_CANONICAL';

export class TranslogError extends Error {
  override readonly name = 'TranslogError';

  constructor(
    readonly code: TranslogErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What a person is told, by code. */
export const translogMessages: Readonly<
  Record<TranslogErrorCode, { readonly vi: string; readonly en: string }>
> = {
  NOT_CANONICALISABLE: {
    vi: 'Dữ liệu không ghi được thành JSON chuẩn tắc. Chỉ dùng chuỗi, số nguyên an toàn, đúng/sai, null, mảng và đối tượng.',
    en: 'The data cannot be written as canonical JSON. Use only strings, safe integers, booleans, null, arrays and objects.',
  },
  NOT_CANONICAL: {
    vi: 'Dữ liệu không ở dạng JSON chuẩn tắc: có thể đã bị sửa hoặc được phần mềm khác ghi. Hãy lấy lại bản gốc từ nơi lưu.',
    en: 'The data is not canonical JSON: it may have been altered or written by other software. Fetch the original again from where it is kept.',
  },
};
