/** One step from an earlier list of lines to a later one; indexes count from 0. */
export type LineStep =
  | { readonly kind: 'same'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number };

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Cells of the table for one stretch without a common unique line; above it the stretch counts as rewritten. */
const tableLimit = 250_000;

/**
 * The steps from `before` to `after`, in reading order. Lines that stand once in both texts hold them together
 * (patience diff), and what lies between two such lines is compared in a table of bounded size: the cost grows with
 * the length of the texts, never with its square.
 */
export function lineSteps(before: readonly string[], after: readonly string[]): LineStep[] {
  const steps: LineStep[] = [];
  let [b, a] = [0, 0];
  for (const [anchorBefore, anchorAfter] of [
    ...anchors(before, after),
    [before.length, after.length] as const,
  ]) {
    steps.push(...between(before, after, { from: b, to: anchorBefore }, { from: a, to: anchorAfter }));
    if (anchorBefore < before.length) steps.push({ kind: 'same', before: anchorBefore, after: anchorAfter });
    [b, a] = [anchorBefore + 1, anchorAfter + 1];
  }
  return steps;
}

type Pair = readonly [before: number, after: number];

/** Lines that stand once on both sides, the longest row of them that keeps its order. */
function anchors(before: readonly string[], after: readonly string[]): Pair[] {
  const places = onceIn(after);
  const pairs = [...onceIn(before)].flatMap(([line, index]): Pair[] => {
    const place = places.get(line);
    return place === undefined ? [] : [[index, place]];
  });
  return longestRise(pairs.toSorted(([a], [b]) => a - b));
}

function onceIn(lines: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (found.has(line)) repeated.add(line);
    found.set(line, index);
  }
  for (const line of repeated) found.delete(line);
  return found;
}

/** Longest increasing subsequence by the second number, by piles. */
function longestRise(pairs: readonly Pair[]): Pair[] {
  const tops: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, pair] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const top = pairs[tops[middle] ?? 0];
      if (top !== undefined && top[1] < pair[1]) low = middle + 1;
      else high = middle;
    }
    previous[index] = tops[low - 1];
    tops[low] = index;
  }
  const rise: Pair[] = [];
  for (let index = tops.at(-1); index !== undefined; index = previous[index]) {
    const pair = pairs[index];
    if (pair !== undefined) rise.unshift(pair);
  }
  return rise;
}

function between(before: readonly string[], after: readonly string[], left: Range, right: Range): LineStep[] {
  let [b, a] = [left.from, right.from];
  const head: LineStep[] = [];
  for (; b < left.to && a < right.to && before[b] === after[a]; b += 1, a += 1)
    head.push({ kind: 'same', before: b, after: a });
  let [bEnd, aEnd] = [left.to, right.to];
  const tail: LineStep[] = [];
  for (; bEnd > b && aEnd > a && before[bEnd - 1] === after[aEnd - 1]; bEnd -= 1, aEnd -= 1)
    tail.unshift({ kind: 'same', before: bEnd - 1, after: aEnd - 1 });
  return [...head, ...compared(before, after, { from: b, to: bEnd }, { from: a, to: aEnd }), ...tail];
}

/** By the longest common subsequence; a stretch too large for the table is removed and added as a whole. */
function compared(
  before: readonly string[],
  after: readonly string[],
  left: Range,
  right: Range,
): LineStep[] {
  const [rows, columns] = [left.to - left.from, right.to - right.from];
  const isWhole = rows * columns > tableLimit;
  const width = columns + 1;
  const lengths = new Uint32Array(isWhole ? 0 : (rows + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  const isSame = (row: number, column: number): boolean =>
    before[left.from + row] === after[right.from + column];
  if (!isWhole)
    for (let row = rows - 1; row >= 0; row -= 1)
      for (let column = columns - 1; column >= 0; column -= 1)
        lengths[row * width + column] = isSame(row, column)
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const steps: LineStep[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const isCommon = !isWhole && row < rows && column < columns && isSame(row, column);
    if (isCommon) steps.push({ kind: 'same', before: left.from + row++, after: right.from + column++ });
    else if (row < rows && (column === columns || at(row + 1, column) >= at(row, column + 1)))
      steps.push({ kind: 'removed', before: left.from + row++ });
    else steps.push({ kind: 'added', after: right.from + column++ });
  }
  return steps;
}
