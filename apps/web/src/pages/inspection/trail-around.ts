import { toVietnamInput } from '../../formats/moments';
import type { Scope } from './use-scope';

const minute = 60_000;

/**
 * The address of the trail with the entries from one moment to another, both of them included: its fields of time know
 * whole minutes, and the end lies outside.
 *
 * @param span ISO 8601
 */
export function trailAround(
  scope: Scope,
  span: { readonly from: string; readonly to: string },
  more: Readonly<Record<string, string>>,
): string {
  const after = new Date(Date.parse(span.to) + minute).toISOString();
  return `/trail${scope.address({ ...more, from: toVietnamInput(span.from), to: toVietnamInput(after) })}`;
}
