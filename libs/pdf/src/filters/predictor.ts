import { byteAt, copyBytes } from '../bytes';
import { damaged, PdfError } from '../errors';

export interface PredictorParameters {
  /** 1 none, 2 TIFF, 10–15 PNG (ISO 32000-1 table 10). */
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
}

/** Undoes the prediction of a decoded Flate or LZW stream (ISO 32000-1 §7.4.4.4). */
export function undoPredictor(data: Uint8Array, parameters: PredictorParameters): Uint8Array {
  const { predictor, colors, bitsPerComponent, columns } = parameters;
  if (predictor === 1) return data;
  const valid =
    [1, 2, 4, 8, 16].includes(bitsPerComponent) && isCount(colors, 64) && isCount(columns, 1 << 26);
  if (!valid) throw damaged('predictor parameters are out of range');
  const pixelBytes = Math.max(1, (colors * bitsPerComponent) >> 3);
  const rowBytes = (colors * bitsPerComponent * columns + 7) >> 3;
  if (predictor === 2) return undoTiff(data, rowBytes, colors, bitsPerComponent);
  if (predictor >= 10 && predictor <= 15) return undoPng(data, rowBytes, pixelBytes);
  throw damaged('unknown predictor', { predictor });
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

/** Undoes PNG filters (PNG specification §9.2): each row is preceded by the number of its filter. */
export function undoPng(data: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  let previous = new Uint8Array(rowBytes);
  let from = 0;
  let to = 0;
  while (from < data.length) {
    const filter = byteAt(data, from++);
    const length = Math.min(rowBytes, data.length - from);
    const row = out.subarray(to, to + length);
    row.set(data.subarray(from, from + length));
    undoPngRow(filter, row, previous, pixelBytes);
    previous = row;
    from += length;
    to += length;
  }
  return out;
}

function undoPngRow(filter: number, row: Uint8Array, above: Uint8Array, pixelBytes: number): void {
  if (filter === 0) return;
  if (filter > 4) throw damaged('unknown row filter', { filter });
  for (let i = 0; i < row.length; i++) {
    const left = i >= pixelBytes ? (row[i - pixelBytes] ?? 0) : 0;
    const up = above[i] ?? 0;
    let predicted = left;
    if (filter === 2) predicted = up;
    else if (filter === 3) predicted = (left + up) >> 1;
    else if (filter === 4) predicted = paeth(left, up, i >= pixelBytes ? (above[i - pixelBytes] ?? 0) : 0);
    row[i] = ((row[i] ?? 0) + predicted) & 0xff;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const dLeft = Math.abs(estimate - left);
  const dUp = Math.abs(estimate - up);
  const dCorner = Math.abs(estimate - corner);
  if (dLeft <= dUp && dLeft <= dCorner) return left;
  return dUp <= dCorner ? up : corner;
}

function undoTiff(data: Uint8Array, rowBytes: number, colors: number, bits: number): Uint8Array {
  if (bits !== 8) {
    throw new PdfError('PDF_UNSUPPORTED', 'TIFF prediction is read for 8-bit components only', {
      detail: { bits },
    });
  }
  const out = copyBytes(data);
  for (let start = 0; start < out.length; start += rowBytes) {
    const end = Math.min(start + rowBytes, out.length);
    for (let i = start + colors; i < end; i++) out[i] = ((out[i] ?? 0) + (out[i - colors] ?? 0)) & 0xff;
  }
  return out;
}
