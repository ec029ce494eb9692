import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';
import { certificateFailures } from './certificate-checks';
import type { CheckContext, Place } from './certificate-checks';
import { constrainsNames } from './name-constraints';
import type { NameChecks } from './name-constraints';
import type { PathFailure } from './result';

/** What is wrong with a path to its anchor, policies and revocation aside. */
export function checkPath(
  path: readonly Certificate[],
  context: CheckContext,
  names: NameChecks,
): PathFailure[] {
  return path.flatMap((_, index) =>
    failuresAt(path, index, { isAnchor: index === path.length - 1 }, context, names),
  );
}

/** Of the certificate at `index` by itself and its place, and of the names below it by its constraints. */
export function failuresAt(
  path: readonly Certificate[],
  index: number,
  place: Place,
  context: CheckContext,
  names: NameChecks,
): PathFailure[] {
  const failures = certificateFailures(path, index, context, place);
  const higher = path[index];
  if (!higher || !constrainsNames(higher)) return failures;
  for (const [position, lower] of path.slice(0, index).entries()) {
    // Names of self-issued certificates do not count, but for the last one (RFC 5280 §6.1.3 b, c).
    if (position > 0 && isSelfIssued(lower)) continue;
    const problem = names.problem(lower, higher);
    if (problem) failures.push({ code: problem[0], certificate: lower, message: problem[1] });
  }
  return failures;
}
