import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { IsCalendarDate, IsPlainText } from './text-rules';

/** One decorator on a field of a DTO: its check and its place in the OpenAPI document. */
interface FieldOptions {
  readonly optional?: true;
  readonly description?: string;
  readonly example?: unknown;
}

type Schema = Readonly<Record<string, unknown>>;

function field(options: FieldOptions, schema: Schema, ...checks: PropertyDecorator[]): PropertyDecorator {
  const documented = {
    ...schema,
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.example === undefined ? {} : { example: options.example }),
  };
  return options.optional
    ? applyDecorators(ApiPropertyOptional(documented), IsOptional(), ...checks)
    : applyDecorators(ApiProperty(documented), IsDefined(), ...checks);
}

export interface TextOptions extends FieldOptions {
  /** Characters; 1 if not given. */
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  /** Accept line breaks. */
  readonly multiline?: true;
}

/** Text of a person: no control or direction-changing characters, within its length. */
export function Text(options: TextOptions): PropertyDecorator {
  const min = options.min ?? 1;
  return field(
    options,
    {
      type: 'string',
      minLength: min,
      maxLength: options.max,
      ...(options.pattern ? { pattern: options.pattern.source } : {}),
    },
    IsString(),
    MinLength(min),
    MaxLength(options.max),
    IsPlainText(options.multiline === true ? { lineBreaks: 'allowed' } : { lineBreaks: 'refused' }),
    ...(options.pattern ? [Matches(options.pattern)] : []),
  );
}

/** A secret as typed (password, PIN): any characters, never in a log. */
export function Secret(
  options: FieldOptions & { readonly min?: number; readonly max: number },
): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'password', minLength: options.min ?? 1, maxLength: options.max },
    IsString(),
    MinLength(options.min ?? 1),
    MaxLength(options.max),
  );
}

/** The identifier of a row, a UUID. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', format: 'uuid' }, IsUUID());
}

/** Digits as a query has them; anything else stays what it is, for `Number('')` and `Number([])` are 0. */
const wholeNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
);

/** A whole number; query parameters are converted. */
export function Count(
  options: FieldOptions & { readonly min?: number; readonly max: number },
): PropertyDecorator {
  const min = options.min ?? 0;
  return field(
    options,
    { type: 'integer', minimum: min, maximum: options.max },
    wholeNumber,
    IsInt(),
    Min(min),
    Max(options.max),
  );
}

/** A number that need not be whole. */
export function Amount(
  options: FieldOptions & { readonly min: number; readonly max: number },
): PropertyDecorator {
  return field(
    options,
    { type: 'number', minimum: options.min, maximum: options.max },
    IsNumber({ allowInfinity: false, allowNaN: false }),
    Min(options.min),
    Max(options.max),
  );
}

/** One of a closed list of words or numbers. */
export function OneOf(values: readonly (string | number)[], options: FieldOptions = {}): PropertyDecorator {
  const numbers = values.every((value) => typeof value === 'number');
  return field(
    options,
    { type: numbers ? 'integer' : 'string', enum: [...values] },
    ...(numbers ? [wholeNumber] : []),
    IsIn([...values]),
  );
}

/** A calendar day `YYYY-MM-DD` that exists. */
export function DateOnly(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', format: 'date' }, IsCalendarDate());
}

export function YesNo(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'boolean' }, IsBoolean());
}

export interface ListOptions extends FieldOptions {
  readonly min?: number;
  readonly max: number;
  readonly unique?: true;
}

/** A list of identifiers. */
export function IdList(options: ListOptions): PropertyDecorator {
  return field(
    options,
    {
      type: 'array',
      items: { type: 'string', format: 'uuid' },
      minItems: options.min ?? 0,
      maxItems: options.max,
    },
    ...listChecks(options),
    IsUUID(undefined, { each: true }),
  );
}

/** A list of words of a closed form or of a closed list, each at most once. */
export function WordList(words: RegExp | readonly string[], options: ListOptions): PropertyDecorator {
  const items = words instanceof RegExp ? { pattern: words.source } : { enum: [...words] };
  return field(
    options,
    {
      type: 'array',
      items: { type: 'string', ...items },
      minItems: options.min ?? 0,
      maxItems: options.max,
    },
    ...listChecks({ ...options, unique: true }),
    words instanceof RegExp ? Matches(words, { each: true }) : IsIn([...words], { each: true }),
  );
}

/** A list of objects of a DTO class, each checked by its own fields. */
export function ListOf(item: () => new () => object, options: ListOptions): PropertyDecorator {
  return applyDecorators(
    field(options, { type: () => item(), isArray: true, minItems: options.min ?? 0, maxItems: options.max }),
    ...listChecks(options),
    ValidateNested({ each: true }),
    Type(item),
  );
}

/** An object of a DTO class, checked by its own fields. */
export function ObjectOf(item: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(field(options, { type: () => item() }), ValidateNested(), Type(item));
}

function listChecks(options: ListOptions): PropertyDecorator[] {
  return [
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max),
    ...(options.unique ? [ArrayUnique()] : []),
  ];
}
