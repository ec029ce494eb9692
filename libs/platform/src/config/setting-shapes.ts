import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, Matches, Max, Min } from 'class-validator';

/** A setting read as a whole number from `min` to `max`; `of` names what is counted (`seconds`, `bytes`). */
export function WholeNumber(range: {
  readonly min: number;
  readonly max: number;
  readonly of?: string;
}): PropertyDecorator {
  const { min, max, of } = range;
  const message = `must be a whole number${of === undefined ? '' : ` of ${of}`} from ${min} to ${max}`;
  return applyDecorators(
    Type(() => Number),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

/** A setting read as `0` or `1`. */
export function Flag(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }): unknown =>
      value === '1' ? true : value === '0' ? false : value,
    ),
    IsIn([true, false], { message: 'must be 0 or 1' }),
  );
}

/** A setting read as a list separated by commas; `each` is what every item must look like, `are` says so in words. */
export function CommaSeparated(items: { readonly each: RegExp; readonly are: string }): PropertyDecorator {
  const message = `must be ${items.are}, separated by commas`;
  return applyDecorators(
    Transform(({ value }: { value: unknown }): unknown =>
      typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value,
    ),
    IsArray({ message }),
    Matches(items.each, { each: true, message }),
  );
}
