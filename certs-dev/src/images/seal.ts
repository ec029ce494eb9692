import { readFileSync } from 'node:fs';
import fontkit from '@pdf-lib/fontkit';
import type { Point } from './mask';
import { Mask } from './mask';
import { encodePng } from './png';

/** 36 mm at 300 dots per inch: the real size of an agency's seal. */
const size = 425;
const centre = size / 2;
const sealRed = [206, 24, 32] as const;
const fontFile = require.resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf');

interface OutlineFont {
  readonly unitsPerEm: number;
  layout(text: string): {
    readonly glyphs: readonly {
      readonly advanceWidth: number;
      readonly path: { readonly commands: readonly { command: string; args: readonly number[] }[] };
    }[];
  };
}

let loaded: OutlineFont | undefined;
function font(): OutlineFont {
  loaded ??= fontkit.create(readFileSync(fontFile)) as unknown as OutlineFont;
  return loaded;
}

/** Makes a transparent red round seal, 36 × 36 mm, with the agency's name round a star. For development only. */
export function sealPng(agencyName: string): Uint8Array {
  const mask = new Mask(size, size);
  mask.fill(ring(centre - 3, 7));
  mask.fill(ring(centre - 14, 2));
  mask.fill(ring(centre * 0.56, 2));
  mask.fill([star(centre * 0.4)]);
  const name = agencyName.normalize('NFC').toLocaleUpperCase('vi');
  const radius = centre * 0.64;
  const bottom = '★ BẢN THỬ NGHIỆM ★'.replaceAll('★', '•');
  writeOnArc(mask, name, { radius, height: fitted(name, radius, 1.32 * Math.PI), side: 'top' });
  writeOnArc(mask, bottom, { radius, height: fitted(bottom, radius, 0.5 * Math.PI), side: 'bottom' });
  return encodePng(mask, sealRed);
}

function circle(radius: number): Point[] {
  return Array.from({ length: 240 }, (_, index) => {
    const angle = (index / 240) * 2 * Math.PI;
    return { x: centre + radius * Math.cos(angle), y: centre + radius * Math.sin(angle) };
  });
}

function ring(outer: number, thickness: number): Point[][] {
  return [circle(outer), circle(outer - thickness).reverse()];
}

function star(radius: number): Point[] {
  return Array.from({ length: 10 }, (_, index) => {
    const angle = (index / 10) * 2 * Math.PI - Math.PI / 2;
    const reach = index % 2 === 0 ? radius : radius * 0.382;
    return { x: centre + reach * Math.cos(angle), y: centre + reach * Math.sin(angle) };
  });
}

const widthOf = (text: string): number =>
  font()
    .layout(text)
    .glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) / font().unitsPerEm;

/** The largest letter height, in pixels, at which the text fits the arc. */
function fitted(text: string, radius: number, arc: number): number {
  return Math.min(centre * 0.2, (arc * radius) / widthOf(text));
}

function writeOnArc(
  mask: Mask,
  text: string,
  arc: { radius: number; height: number; side: 'top' | 'bottom' },
): void {
  const scale = arc.height / font().unitsPerEm;
  const spread = (widthOf(text) * arc.height) / arc.radius;
  const upright = arc.side === 'top';
  // Letters at the bottom stand on the outer edge and read from left to right.
  const base = upright ? arc.radius : arc.radius + arc.height * 0.75;
  let angle = upright ? -spread / 2 : (-spread * arc.radius) / base / 2;
  for (const glyph of font().layout(text).glyphs) {
    const turn = (glyph.advanceWidth * scale) / base;
    const middle = angle + turn / 2;
    const place = (x: number, y: number): Point => {
      const along = (x - glyph.advanceWidth / 2) * scale;
      const up = y * scale;
      const reach = upright ? base + up : base - up;
      const at = upright ? middle : Math.PI - middle;
      const sine = Math.sin(at);
      const cosine = Math.cos(at);
      const side = upright ? along : -along;
      return { x: centre + reach * sine + side * cosine, y: centre - reach * cosine + side * sine };
    };
    const outlines = flatten(glyph.path.commands, place);
    if (outlines.length > 0) mask.fill(outlines);
    angle += turn;
  }
}

/** Turns a glyph's lines and quadratic or cubic curves into polygons. */
function flatten(
  commands: readonly { command: string; args: readonly number[] }[],
  place: (x: number, y: number) => Point,
): Point[][] {
  const outlines: Point[][] = [];
  let from: readonly [number, number] = [0, 0];
  for (const { command, args } of commands) {
    const points = Array.from(
      { length: args.length / 2 },
      (_, i) => [args[2 * i] ?? 0, args[2 * i + 1] ?? 0] as const,
    );
    const end = points.at(-1);
    if (!end) continue;
    if (command === 'moveTo') outlines.push([]);
    const controls = [from, ...points];
    const steps = controls.length === 2 ? 1 : 8;
    for (let step = 1; step <= steps; step += 1) {
      const [x, y] = command === 'moveTo' ? end : bezier(controls, step / steps);
      outlines.at(-1)?.push(place(x, y));
    }
    from = end;
  }
  return outlines.filter((outline) => outline.length > 2);
}

/** De Casteljau's rule, for any number of control points. */
function bezier(controls: readonly (readonly [number, number])[], t: number): readonly [number, number] {
  let level = controls;
  while (level.length > 1) {
    level = level.slice(1).map((b, i) => {
      const a = level[i] ?? b;
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t] as const;
    });
  }
  return level[0] ?? [0, 0];
}
