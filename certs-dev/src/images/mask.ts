/** A point in pixels, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

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
    return Math.min(1, this.values[y * this.width + x] ?? 0);
  }

  /** Fills closed outlines by the non-zero winding rule, with smooth edges. */
  fill(outlines: readonly (readonly Point[])[]): void {
    const top = Math.max(0, Math.floor(Math.min(...outlines.flat().map((point) => point.y))));
    const bottom = Math.min(this.height, Math.ceil(Math.max(...outlines.flat().map((point) => point.y))));
    for (let line = top * subLines; line < bottom * subLines; line += 1) {
      const y = (line + 0.5) / subLines;
      const crossings = crossingsAt(outlines, y);
      let winding = 0;
      crossings.forEach((crossing, index) => {
        winding += crossing.direction;
        const next = crossings[index + 1];
        if (winding !== 0 && next) this.addSpan(Math.floor(y), crossing.x, next.x);
      });
    }
  }

  /** Draws a line of round pen points; `radius` may vary along it. */
  stroke(line: readonly (Point & { readonly radius: number })[]): void {
    for (const { x, y, radius } of line) {
      for (
        let row = Math.max(0, Math.floor(y - radius - 1));
        row <= Math.min(this.height - 1, y + radius + 1);
        row += 1
      ) {
        for (
          let column = Math.max(0, Math.floor(x - radius - 1));
          column <= Math.min(this.width - 1, x + radius + 1);
          column += 1
        ) {
          const value = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y)));
          const at = row * this.width + column;
          this.values[at] = Math.max(this.values[at] ?? 0, value);
        }
      }
    }
  }

  private addSpan(row: number, from: number, to: number): void {
    for (let x = Math.max(0, Math.floor(from)); x < Math.min(this.width, Math.ceil(to)); x += 1) {
      const at = row * this.width + x;
      this.values[at] = (this.values[at] ?? 0) + (Math.min(x + 1, to) - Math.max(x, from)) / subLines;
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
