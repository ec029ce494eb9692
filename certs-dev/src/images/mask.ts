/** A point in pixels, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

// Taken once: in a sandbox such as a test's, looking up a global costs more than the arithmetic.
const { ceil, floor, max, min, sqrt } = Math;

const subLines = 4;

/** Opacity of every pixel, 0 to 1, painted by filling outlines and drawing pen strokes. */
export class Mask {
  private readonly values: Float32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.values = new Float32Array(width * height);
  }

  coverage(x: number, y: number): number {
    return min(1, this.values[y * this.width + x] ?? 0);
  }

  /** Fills closed outlines by the non-zero winding rule, with smooth edges. */
  fill(outlines: readonly (readonly Point[])[]): void {
    const top = max(0, floor(min(...outlines.flat().map((point) => point.y))));
    const bottom = min(this.height, ceil(max(...outlines.flat().map((point) => point.y))));
    for (let line = top * subLines; line < bottom * subLines; line += 1) {
      const y = (line + 0.5) / subLines;
      const crossings = crossingsAt(outlines, y);
      let winding = 0;
      crossings.forEach((crossing, index) => {
        winding += crossing.direction;
        const next = crossings[index + 1];
        if (winding !== 0 && next) this.addSpan(floor(y), crossing.x, next.x);
      });
    }
  }

  /** Draws a line of round pen points; `radius` may vary along it. */
  stroke(line: readonly (Point & { readonly radius: number })[]): void {
    for (const { x, y, radius } of line) {
      for (let row = max(0, floor(y - radius - 1)); row <= min(this.height - 1, y + radius + 1); row += 1) {
        for (
          let column = max(0, floor(x - radius - 1));
          column <= min(this.width - 1, x + radius + 1);
          column += 1
        ) {
          const value = min(1, max(0, radius + 0.5 - sqrt((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2)));
          const at = row * this.width + column;
          this.values[at] = max(this.values[at] ?? 0, value);
        }
      }
    }
  }

  private addSpan(row: number, from: number, to: number): void {
    for (let x = max(0, floor(from)); x < min(this.width, ceil(to)); x += 1) {
      const at = row * this.width + x;
      this.values[at] = (this.values[at] ?? 0) + (min(x + 1, to) - max(x, from)) / subLines;
    }
  }
}

function crossingsAt(outlines: readonly (readonly Point[])[], y: number): { x: number; direction: 1 | -1 }[] {
  const crossings: { x: number; direction: 1 | -1 }[] = [];
  for (const outline of outlines) {
    outline.forEach((a, index) => {
      const b = outline[(index + 1) % outline.length];
      if (!b || a.y <= y === b.y <= y) return;
      crossings.push({ x: a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y), direction: b.y > a.y ? 1 : -1 });
    });
  }
  return crossings.sort((a, b) => a.x - b.x);
}
