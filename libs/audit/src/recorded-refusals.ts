import { currentRequestContext } from '#platform';

/**
 * Which refusals of the request being served are in the trail already, with more detail than the general
 * recorder has: one refusal leaves one entry, not two.
 */
const recorded = new WeakMap<object, Set<string>>();

export function noteRefusal(code: string): void {
  const context = currentRequestContext();
  if (!context) return;
  const codes = recorded.get(context) ?? new Set();
  recorded.set(context, codes.add(code));
}

export function isRefusalNoted(code: string): boolean {
  const context = currentRequestContext();
  return context !== undefined && recorded.get(context)?.has(code) === true;
}
