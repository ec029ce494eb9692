import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldProblem, Message } from '../problems/problem';
import { problem } from '../problems/problem';

/** Checks bodies, queries and parameters against their DTO classes; unknown fields are refused. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors: ValidationError[]) =>
      problem('VALIDATION_FAILED', { errors: fieldProblems(errors) }),
  });
}

/** At most this many complaints are answered: a body of ten thousand bad items needs no more. */
const limit = 100;

function fieldProblems(errors: readonly ValidationError[], parent = ''): FieldProblem[] {
  const found: FieldProblem[] = [];
  for (const error of errors) {
    const field = pathOf(parent, error.property);
    for (const rule of Object.keys(error.constraints ?? {})) found.push(complaint(field, rule, error));
    found.push(...fieldProblems(error.children ?? [], field));
    if (found.length >= limit) return found.slice(0, limit);
  }
  return found;
}

function pathOf(parent: string, property: string): string {
  if (/^\d+$/.test(property) && parent !== '') return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}

interface Complaint extends Message {
  readonly code: string;
}

const complaints: Readonly<Record<string, Complaint>> = {
  isDefined: { code: 'REQUIRED', vi: 'Trường này là bắt buộc.', en: 'This field is required.' },
  isString: { code: 'NOT_TEXT', vi: 'Phải là văn bản.', en: 'Must be text.' },
  minLength: { code: 'TOO_SHORT', vi: 'Quá ngắn hoặc còn trống.', en: 'Too short, or empty.' },
  maxLength: { code: 'TOO_LONG', vi: 'Quá dài.', en: 'Too long.' },
  isPlainText: {
    code: 'NOT_PLAIN_TEXT',
    vi: 'Có ký tự điều khiển, ký tự ẩn hoặc khoảng trắng thừa ở đầu, cuối.',
    en: 'Holds control or hidden characters, or spaces at its ends.',
  },
  matches: { code: 'WRONG_FORM', vi: 'Không đúng dạng quy định.', en: 'Not of the required form.' },
  isUuid: { code: 'NOT_AN_ID', vi: 'Phải là mã định danh UUID.', en: 'Must be an identifier (UUID).' },
  isInt: { code: 'NOT_A_WHOLE_NUMBER', vi: 'Phải là số nguyên.', en: 'Must be a whole number.' },
  min: { code: 'TOO_SMALL', vi: 'Nhỏ hơn giá trị cho phép.', en: 'Smaller than allowed.' },
  max: { code: 'TOO_LARGE', vi: 'Lớn hơn giá trị cho phép.', en: 'Larger than allowed.' },
  isIn: {
    code: 'NOT_IN_LIST',
    vi: 'Không nằm trong danh sách được phép.',
    en: 'Not one of the allowed values.',
  },
  isCalendarDate: {
    code: 'NOT_A_DATE',
    vi: 'Phải là ngày có thật, dạng YYYY-MM-DD.',
    en: 'Must be an existing day, as YYYY-MM-DD.',
  },
  isBoolean: { code: 'NOT_YES_OR_NO', vi: 'Phải là true hoặc false.', en: 'Must be true or false.' },
  isArray: { code: 'NOT_A_LIST', vi: 'Phải là danh sách.', en: 'Must be a list.' },
  arrayMinSize: { code: 'TOO_FEW', vi: 'Danh sách có quá ít mục.', en: 'The list has too few items.' },
  arrayMaxSize: { code: 'TOO_MANY', vi: 'Danh sách có quá nhiều mục.', en: 'The list has too many items.' },
  arrayUnique: { code: 'REPEATED', vi: 'Danh sách có mục bị lặp.', en: 'The list repeats an item.' },
  nestedValidation: { code: 'NOT_AN_OBJECT', vi: 'Phải là đối tượng.', en: 'Must be an object.' },
  whitelistValidation: {
    code: 'UNKNOWN_FIELD',
    vi: 'Trường không được hỗ trợ.',
    en: 'This field is not known.',
  },
};
const otherwise: Complaint = {
  code: 'NOT_VALID',
  vi: 'Giá trị không hợp lệ.',
  en: 'The value is not valid.',
};

function complaint(field: string, rule: string, error: ValidationError): FieldProblem {
  // A rule of a lib may bring its words in both languages as class-validator context.
  const own: unknown = error.contexts?.[rule];
  const words = isComplaint(own) ? own : (complaints[rule] ?? otherwise);
  return { field: field.slice(0, 200), code: words.code, vi: words.vi, en: words.en };
}

function isComplaint(value: unknown): value is Complaint {
  return typeof value === 'object' && value !== null && 'code' in value && 'vi' in value && 'en' in value;
}
