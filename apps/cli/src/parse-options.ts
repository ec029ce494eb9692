import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { UsageError } from './command';

/** `parseArgs` of Node, whose complaints become usage errors. @throws UsageError */
export function parseOptions<const T extends Omit<ParseArgsConfig, 'args'>>(
  config: T & { readonly args: readonly string[] },
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs<T>({ ...config, args: [...config.args] });
  } catch (error) {
    if (!isArgumentError(error)) throw error;
    throw new UsageError({
      vi: `${complaints[error.code] ?? 'Tham số không đúng'}: ${error.message}`,
      en: error.message,
    });
  }
}

const complaints: Readonly<Record<string, string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'Không có tùy chọn này',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'Tùy chọn thiếu giá trị hoặc có giá trị thừa',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: 'Có tham số thừa',
};

function isArgumentError(error: unknown): error is Error & { readonly code: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
