import type { CoverageResult } from './coverage';
import type { SignedField } from '../document/form-fields';
import { sameBytes } from '../document/same-object';
import type { VerdictCode } from './verdict-codes';

interface Subject {
  readonly signed: SignedField;
  readonly coverage: CoverageResult;
}

/** Rule 5: no two signatures whose ranges collide, and no signature value in two fields. */
export function collisions<T extends Subject>(subjects: readonly T[]): ReadonlyMap<T, VerdictCode> {
  const found = new Map<T, VerdictCode>();
  subjects.forEach((a, index) => {
    for (const b of subjects.slice(index + 1)) {
      const code = collisionOf(a, b);
      if (code === undefined) continue;
      found.set(a, code);
      found.set(b, code);
    }
  });
  return found;
}

function collisionOf(a: Subject, b: Subject): VerdictCode | undefined {
  const { valueRef } = a.signed;
  const sameValue = valueRef?.equals(b.signed.valueRef) ?? false;
  if (sameValue || sameContents(a.coverage, b.coverage)) return 'SIGNATURE_VALUE_SHARED';
  if (!a.coverage.byteRange || !b.coverage.byteRange) return undefined;
  const [, gapA, afterA, tailA] = a.coverage.byteRange;
  const [, gapB, afterB, tailB] = b.coverage.byteRange;
  const apart = afterA <= gapB || afterB <= gapA;
  return apart && afterA + tailA !== afterB + tailB ? undefined : 'SIGNATURE_RANGES_COLLIDE';
}

function sameContents(a: CoverageResult, b: CoverageResult): boolean {
  return a.contents !== undefined && b.contents !== undefined && sameBytes(a.contents, b.contents);
}
