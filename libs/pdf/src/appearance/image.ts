import { deflate } from '../filters/flate';
import { dict, name, PdfStream } from '../model/objects';
import type { PdfRef } from '../model/objects';
import type { IncrementalWriter } from '../write/incremental-writer';
import { decodePng } from './png';

/** A picture made ready for PDF once, to be put into many documents. */
export interface PreparedImage {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly colorSpace: 'DeviceGray' | 'DeviceRGB';
  /** Flate-encoded samples. */
  readonly color: Uint8Array;
  /** Flate-encoded opacity, where some pixel is not opaque. */
  readonly alpha?: Uint8Array;
}

/** Decodes a PNG and encodes it for PDF. @throws PdfError as `decodePng` does */
export function prepareImage(png: Uint8Array): PreparedImage {
  const { width, height, colorSpace, color, alpha } = decodePng(png);
  const prepared = { width, height, colorSpace, color: deflate(color) };
  return alpha === undefined ? prepared : { ...prepared, alpha: deflate(alpha) };
}

/**
 * Puts an image XObject into the new revision; a transparent picture gets a soft mask (ISO 32000-1 §8.9.5, §11.6.5.3).
 * @param image PNG file, or one made ready by `prepareImage`
 */
export function imageXObject(writer: IncrementalWriter, image: Uint8Array | PreparedImage): PdfRef {
  const { width, height, colorSpace, color, alpha } =
    image instanceof Uint8Array ? prepareImage(image) : image;
  const common = {
    Type: name('XObject'),
    Subtype: name('Image'),
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    Filter: name('FlateDecode'),
  };
  const mask =
    alpha === undefined
      ? undefined
      : writer.add(new PdfStream(dict({ ...common, ColorSpace: name('DeviceGray') }), alpha));
  return writer.add(new PdfStream(dict({ ...common, ColorSpace: name(colorSpace), SMask: mask }), color));
}
