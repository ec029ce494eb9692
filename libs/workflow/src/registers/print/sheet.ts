import type { GrowingFont } from '#pdf';
import { millimetres, wrapText } from '#pdf';

/** The faces of a register by their names in the pages. */
export interface Faces {
  readonly F1: GrowingFont;
  readonly F2: GrowingFont;
  readonly F3: GrowingFont;
}
export type Face = keyof Faces;

/** Red, green, blue from 0 to 1. */
type Colour = readonly [number, number, number];
export const black: Colour = [0, 0, 0];
export const grey: Colour = [0.35, 0.35, 0.35];
export const red: Colour = [0.75, 0, 0];

/** Landscape A4, in points. */
export const paper = { width: millimetres(297), height: millimetres(210) };

interface Placed {
  readonly face: Face;
  readonly size: number;
  readonly colour?: Colour;
  readonly align?: 'left' | 'center' | 'right';
}

/** The content of one page as it is drawn; lengths in points from the upper left corner. */
export class Sheet {
  private readonly operators: string[] = ['0.5 w'];

  constructor(private readonly faces: Faces) {}

  get content(): string {
    return this.operators.join('\n');
  }

  /** One line of text whose base line lies at `y`, within the width that begins at `x`. */
  text(line: string, x: number, y: number, width: number, placed: Placed): void {
    const { face, size, align = 'left', colour = black } = placed;
    if (line === '') return;
    const font = this.faces[face];
    const spare = width - font.measure(line, size);
    const indent = align === 'center' ? spare / 2 : align === 'right' ? spare : 0;
    this.operators.push(
      `${colour.join(' ')} rg BT /${face} ${size} Tf ${at(x + indent)} ${at(paper.height - y)} Td ${font.encode(line)} Tj ET`,
    );
  }

  wrapped(text: string, width: number, { face, size }: Placed): readonly string[] {
    return text === '' ? [] : wrapText(this.faces[face], text, size, width);
  }

  line(x1: number, y1: number, x2: number, y2: number): void {
    this.operators.push(`${at(x1)} ${at(paper.height - y1)} m ${at(x2)} ${at(paper.height - y2)} l S`);
  }

  frame(x: number, y: number, width: number, height: number, thickness: number): void {
    this.operators.push(
      `${thickness} w ${at(x)} ${at(paper.height - y - height)} ${at(width)} ${at(height)} re S 0.5 w`,
    );
  }
}

/** Hundredths of a point are finer than any printer. */
function at(value: number): number {
  return Math.round(value * 100) / 100;
}
