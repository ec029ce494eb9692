/** Text as one operator of the page drew it. */
export interface TextRun {
  readonly text: string;
  /** Start of the baseline in points, from the lower left of the unrotated CropBox. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Size of the type in points. */
  readonly size: number;
}

export interface PageText {
  /** Counted from 1. */
  readonly page: number;
  /** Of the CropBox, in points. */
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
}

/** Words that stand together on one line; a wide gap, as between two columns, begins another segment. */
export interface TextSegment {
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** The segments of a page, from top to bottom, and from left to right within a line. */
export function textSegments({ runs }: Pick<PageText, 'runs'>): TextSegment[] {
  return linesOf(runs).flatMap((line) => {
    const segments: TextSegment[] = [];
    for (const run of line) {
      const last = segments.at(-1);
      const gap = last === undefined ? Infinity : run.x - (last.x + last.width);
      if (last === undefined || gap > 1.5 * Math.max(run.size, last.size)) segments.push(run);
      else segments[segments.length - 1] = joined(last, run, gap);
    }
    return segments.map((segment) => ({ ...segment, text: segment.text.replace(/\s+/g, ' ').trim() }));
  });
}

/** The lines of a page as read, from top to bottom. */
export function textLines(page: Pick<PageText, 'runs'>): string[] {
  const lines: string[] = [];
  let y: number | undefined;
  for (const segment of textSegments(page)) {
    if (y === segment.y) lines.push(`${lines.pop() ?? ''} ${segment.text}`);
    else lines.push(segment.text);
    y = segment.y;
  }
  return lines;
}

function joined(last: TextSegment, run: TextRun, gap: number): TextSegment {
  const isApart = gap > 0.2 * run.size && !/\s$/.test(last.text) && !/^\s/.test(run.text);
  return {
    ...last,
    text: `${last.text}${isApart ? ' ' : ''}${run.text}`,
    width: run.x + run.width - last.x,
    size: Math.max(last.size, run.size),
  };
}

/** Runs of one baseline, which all get its height; small shifts (superscripts) stay on their line. */
function linesOf(runs: readonly TextRun[]): TextRun[][] {
  const lines: TextRun[][] = [];
  for (const run of runs.toSorted((a, b) => b.y - a.y)) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && first.y - run.y < 0.4 * Math.max(run.size, first.size))
      line.push({ ...run, y: first.y });
    else lines.push([run]);
  }
  return lines.map((line) => line.toSorted((a, b) => a.x - b.x));
}
