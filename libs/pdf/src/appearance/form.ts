import { latin1 } from '../bytes';
import { asInteger, asStream, array, dict, name, PdfStream } from '../model/objects';
import type { PdfArray, PdfRef } from '../model/objects';
import type { IncrementalWriter } from '../write/incremental-writer';
import { numberText } from '../write/serialize';
import type { EmbeddedFont } from './font';

/** Width and height in points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of an appearance as it is read; its lower left corner is the origin. */
export interface AppearanceSize extends Size {
  /** /Rotate of the page it stands on, so that it is read upright there; 0 when left out. */
  readonly pageRotation?: 0 | 90 | 180 | 270;
}

/** A part of an appearance, in points from its lower left corner. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Red, green, blue from 0 to 1. */
export type Rgb = readonly [number, number, number];

const black: Rgb = [0, 0, 0];

export interface TextPart {
  readonly kind: 'text';
  readonly lines: readonly string[];
  readonly font: EmbeddedFont;
  /** Points; `fit` takes the largest up to `maxSize` at which every line fits. */
  readonly size: number | 'fit';
  /** Points; 14 when left out. */
  readonly maxSize?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly verticalAlign?: 'top' | 'middle' | 'bottom';
  readonly color?: Rgb;
  /** Multiple of the font size from one base line to the next; 1.2 when left out. */
  readonly leading?: number;
  /** Where in the appearance; all of it when left out. */
  readonly box?: Box;
}

export interface ImagePart {
  readonly kind: 'image';
  /** An image XObject of this writer, see `imageXObject`. */
  readonly image: PdfRef;
  /** Where in the appearance; all of it when left out. The picture is fitted in, centred, with its proportions. */
  readonly box?: Box;
}

/** The outline of a box. */
export interface FramePart {
  readonly kind: 'frame';
  readonly color: Rgb;
  /** Thickness of the line, points; it lies inside the box. */
  readonly line: number;
  /** Where in the appearance; all of it when left out. */
  readonly box?: Box;
}

export type AppearancePart = TextPart | ImagePart | FramePart;

/** A form XObject of the given size that shows the parts one over the other (ISO 32000-1 §8.10, §12.5.5). */
export function appearance(
  writer: IncrementalWriter,
  size: AppearanceSize,
  parts: readonly AppearancePart[],
): PdfRef {
  const fonts: Record<string, PdfRef> = {};
  const images: Record<string, PdfRef> = {};
  const content: string[] = [];
  for (const [i, part] of parts.entries()) {
    const box = part.box ?? { x: 0, y: 0, width: size.width, height: size.height };
    if (part.kind === 'image') {
      images[`Im${i}`] = part.image;
      content.push(imageContent(writer, part.image, `Im${i}`, box));
    } else if (part.kind === 'frame') {
      content.push(frameContent(part, box));
    } else {
      fonts[`F${i}`] = part.font.ref;
      content.push(textContent(part, `F${i}`, box));
    }
  }
  const resources = dict({
    Font: Object.keys(fonts).length > 0 ? dict(fonts) : undefined,
    XObject: Object.keys(images).length > 0 ? dict(images) : undefined,
  });
  const form = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: array([0, 0, size.width, size.height]),
    Matrix: uprightMatrix(size),
    Resources: resources,
  });
  return writer.add(new PdfStream(form, latin1(content.join('\n'))));
}

/** Turns the form against the page's turn (ISO 32000-1 §12.5.5 then fits its box into /Rect). */
function uprightMatrix({ width, height, pageRotation }: AppearanceSize): PdfArray | undefined {
  switch (pageRotation) {
    case 90:
      return array([0, 1, -1, 0, height, 0]);
    case 180:
      return array([-1, 0, 0, -1, width, height]);
    case 270:
      return array([0, -1, 1, 0, 0, width]);
    default:
      return undefined;
  }
}

/** A form XObject with one or more lines of text. */
export function textAppearance(
  writer: IncrementalWriter,
  size: AppearanceSize,
  text: Omit<TextPart, 'kind' | 'box'>,
): PdfRef {
  return appearance(writer, size, [{ kind: 'text', ...text }]);
}

/** A form XObject with one picture, fitted in and centred. */
export function imageAppearance(writer: IncrementalWriter, size: AppearanceSize, image: PdfRef): PdfRef {
  return appearance(writer, size, [{ kind: 'image', image }]);
}

export interface TextBlock {
  /** Such as `['Người ký', 'Nguyễn Văn A']`; shown as `Người ký: Nguyễn Văn A`. */
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly font: EmbeddedFont;
  /** Shown on the left third, where given. */
  readonly image?: PdfRef;
  readonly color?: Rgb;
  /** Points; 10 when left out. */
  readonly maxSize?: number;
}

/** A form XObject with labelled rows (Người ký, Cơ quan, Thời gian ký …) and perhaps a picture on their left. */
export function textBlockAppearance(
  writer: IncrementalWriter,
  size: AppearanceSize,
  block: TextBlock,
): PdfRef {
  const gap = 4;
  const left = block.image === undefined ? 0 : size.width / 3;
  const text: TextPart = {
    kind: 'text',
    lines: textBlockLines(block.rows),
    font: block.font,
    size: 'fit',
    maxSize: block.maxSize ?? 10,
    verticalAlign: 'middle',
    color: block.color ?? black,
    box: { x: left + gap, y: 0, width: Math.max(1, size.width - left - gap), height: size.height },
  };
  const image: readonly AppearancePart[] =
    block.image === undefined
      ? []
      : [{ kind: 'image', image: block.image, box: { x: 0, y: 0, width: left, height: size.height } }];
  return appearance(writer, size, [...image, text]);
}

/** The lines a text block shows: what `embedFont` must be given. */
export function textBlockLines(rows: TextBlock['rows']): string[] {
  return rows.map(([label, value]) => `${label}: ${value}`);
}

function imageContent(writer: IncrementalWriter, image: PdfRef, resource: string, box: Box): string {
  const picture = asStream(writer.get(image))?.dict;
  const width = asInteger(picture?.get('Width'));
  const height = asInteger(picture?.get('Height'));
  if (width === undefined || height === undefined)
    throw new TypeError('the reference is not an image XObject');
  const scale = Math.min(box.width / width, box.height / height);
  const [w, h] = [width * scale, height * scale];
  const x = box.x + (box.width - w) / 2;
  const y = box.y + (box.height - h) / 2;
  return `q ${points(w)} 0 0 ${points(h)} ${points(x)} ${points(y)} cm /${resource} Do Q`;
}

function frameContent({ color, line }: FramePart, { x, y, width, height }: Box): string {
  const corner = [x + line / 2, y + line / 2, width - line, height - line].map(points).join(' ');
  return `q ${color.map(points).join(' ')} RG ${points(line)} w ${corner} re S Q`;
}

function textContent(part: TextPart, resource: string, box: Box): string {
  const { font, lines } = part;
  const leading = part.leading ?? 1.2;
  const size = part.size === 'fit' ? fittingSize(part, box, leading) : part.size;
  const height = (lines.length - 1) * leading * size + ((font.ascent - font.descent) * size) / 1000;
  const free = box.height - height;
  const above = part.verticalAlign === 'bottom' ? free : part.verticalAlign === 'middle' ? free / 2 : 0;
  let y = box.y + box.height - above - (font.ascent * size) / 1000;
  const out = [`q ${(part.color ?? black).map(points).join(' ')} rg BT /${resource} ${points(size)} Tf`];
  for (const line of lines) {
    const spare = box.width - font.measure(line, size);
    const indent = part.align === 'right' ? spare : part.align === 'center' ? spare / 2 : 0;
    out.push(`1 0 0 1 ${points(box.x + indent)} ${points(y)} Tm ${font.encode(line)} Tj`);
    y -= leading * size;
  }
  out.push('ET Q');
  return out.join('\n');
}

function fittingSize({ font, lines, maxSize }: TextPart, box: Box, leading: number): number {
  const widest = Math.max(...lines.map((line) => font.measure(line, 1)), 0.001);
  const tallest = Math.max(lines.length - 1, 0) * leading + (font.ascent - font.descent) / 1000;
  return Math.min(maxSize ?? 14, box.width / widest, box.height / tallest);
}

/** Hundredths of a point are finer than any printer. */
function points(value: number): string {
  return numberText(Math.round(value * 100) / 100);
}
