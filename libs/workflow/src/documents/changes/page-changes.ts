import type { PageText } from '#pdf';
import { textLines } from '#pdf';
import { composedText } from '#pki';

import { lineSteps } from './line-diff';

/** What became of a page. Only text is compared: a picture, a seal or a rule that changed is not seen. */
export interface PageChange {
  /** `no-text`: nothing to compare, as on a scanned page. */
  readonly change: 'same' | 'changed' | 'added' | 'removed' | 'no-text';
  /** Page of the earlier file, counted from 1; null for an added page. */
  readonly before: number | null;
  /** Page of the present file; null for a removed page. */
  readonly after: number | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Further lines that are left out of `added` and `removed`. */
  readonly linesLeftOut: number;
}

/** Lines given for one page, and letters for one line. */
const linesShown = 100;
const lettersShown = 400;

interface Line {
  readonly page: number;
  readonly text: string;
}

interface Gathered {
  readonly page: number;
  readonly lines: number;
  readonly changed: string[];
  /** Of a present page: lines in common, by old page. */
  readonly shared: Map<number, number>;
}

/**
 * The pages of the present file in their order, each with what is new on it and what is gone from there, and removed
 * pages where they stood. A line that only moved to the next page because others came before it is no change.
 */
export function pageChanges(before: readonly PageText[], after: readonly PageText[]): PageChange[] {
  const [old, present] = [linesOf(before), linesOf(after)];
  const olds = gather(before, old);
  const presents = gather(after, present);
  for (const step of lineSteps(
    old.map(({ text }) => text),
    present.map(({ text }) => text),
  )) {
    const oldLine = step.kind === 'added' ? undefined : old[step.before];
    const presentLine = step.kind === 'removed' ? undefined : present[step.after];
    const oldPage = oldLine && olds.get(oldLine.page);
    const presentPage = presentLine && presents.get(presentLine.page);
    if (step.kind === 'same') {
      const from = oldLine?.page ?? 0;
      presentPage?.shared.set(from, (presentPage.shared.get(from) ?? 0) + 1);
    } else (oldPage ?? presentPage)?.changed.push((oldLine ?? presentLine)?.text ?? '');
  }
  return joined([...olds.values()], [...presents.values()]);
}

/** Each present page with the old page that it comes from; old pages that lead nowhere stand where they stood. */
function joined(olds: readonly Gathered[], presents: readonly Gathered[]): PageChange[] {
  const changes: PageChange[] = [];
  const waiting: Gathered[] = [];
  let next = 0;
  const upTo = (end: number): void => {
    // Between two pages that hold together: whatever is left on both sides is paired in its order.
    const rest = olds.slice(next, end);
    for (const page of waiting.splice(0)) changes.push(change(rest.shift(), page));
    for (const old of rest) changes.push(change(old, undefined));
    next = end;
  };
  for (const page of presents) {
    const partner = closest(page, olds, next);
    if (partner === -1) waiting.push(page);
    else {
      upTo(partner);
      changes.push(change(olds[partner], page));
      next = partner + 1;
    }
  }
  upTo(olds.length);
  return changes;
}

/** Index of the old page, not before `from`, with the most lines in common; −1 for none. */
function closest(page: Gathered, olds: readonly Gathered[], from: number): number {
  let [found, most] = [-1, 0];
  for (const [index, old] of olds.entries()) {
    const shared = page.shared.get(old.page) ?? 0;
    if (index >= from && shared > most) [found, most] = [index, shared];
  }
  return found;
}

function change(old: Gathered | undefined, page: Gathered | undefined): PageChange {
  const added = page?.changed ?? [];
  const removed = old?.changed ?? [];
  return {
    change: kindOf(old, page),
    before: old?.page ?? null,
    after: page?.page ?? null,
    ...shown(added, removed),
  };
}

function kindOf(old: Gathered | undefined, page: Gathered | undefined): PageChange['change'] {
  if (old === undefined) return 'added';
  if (page === undefined) return 'removed';
  if (old.lines === 0 && page.lines === 0) return 'no-text';
  return old.changed.length === 0 && page.changed.length === 0 ? 'same' : 'changed';
}

function shown(
  added: readonly string[],
  removed: readonly string[],
): Pick<PageChange, 'added' | 'removed' | 'linesLeftOut'> {
  const cut = (lines: readonly string[]): string[] =>
    lines.slice(0, linesShown).map((line) => Array.from(line).slice(0, lettersShown).join(''));
  const leftOut = Math.max(0, added.length - linesShown) + Math.max(0, removed.length - linesShown);
  return { added: cut(added), removed: cut(removed), linesLeftOut: leftOut };
}

function gather(pages: readonly PageText[], lines: readonly Line[]): Map<number, Gathered> {
  const counts = new Map<number, number>();
  for (const { page } of lines) counts.set(page, (counts.get(page) ?? 0) + 1);
  return new Map(
    pages.map(({ page }) => [
      page,
      { page, lines: counts.get(page) ?? 0, changed: [], shared: new Map<number, number>() },
    ]),
  );
}

/** Without page numbers, which shift with every page before them. */
function linesOf(pages: readonly PageText[]): Line[] {
  return pages.flatMap((page) =>
    textLines(page)
      .map((text) => composedText(text).replace(/\s+/g, ' ').trim())
      .filter((text) => !/^(?:[-–—]\s*)?\d{0,4}(?:\s*[-–—])?$/.test(text))
      .map((text) => ({ page: page.page, text })),
  );
}
