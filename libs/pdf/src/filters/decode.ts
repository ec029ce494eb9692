import { damaged, PdfError } from '../errors';
import { asArray, asDict, asInteger, asName } from '../model/objects';
import type { PdfDict, PdfObject, PdfStream } from '../model/objects';
import { decodeAscii85, decodeAsciiHex, decodeRunLength } from './ascii';
import { inflate } from './flate';
import { decodeLzw } from './lzw';
import { undoPredictor } from './predictor';

/** More filters in a row than any honest writer uses. */
const maxFilters = 8;

/**
 * The decoded bytes of a stream, at most `limit` of them.
 * @param resolve follows references inside the stream dictionary
 * @throws PdfError PDF_UNSUPPORTED for image codecs, encryption and external files
 */
export function decodeStream(
  stream: PdfStream,
  resolve: (object: PdfObject | undefined) => PdfObject,
  limit: number,
): Uint8Array {
  if (stream.dict.has('F'))
    throw new PdfError('PDF_UNSUPPORTED', 'the data of a stream lies in another file');
  const filters = listOf(resolve(stream.dict.get('Filter') ?? stream.dict.get('FL')));
  const parameters = listOf(resolve(stream.dict.get('DecodeParms') ?? stream.dict.get('DP')));
  if (filters.length > maxFilters) {
    throw new PdfError('PDF_LIMIT_EXCEEDED', 'a stream has too many filters', { detail: { maxFilters } });
  }
  let data = stream.raw;
  for (const [i, filter] of filters.entries()) {
    const filterName = asName(resolve(filter));
    if (filterName === undefined) throw damaged('a stream filter is not a name');
    data = decodeOne(data, filterName, asDict(resolve(parameters[i])), resolve, limit);
  }
  return data;
}

function listOf(object: PdfObject): readonly PdfObject[] {
  if (object === null) return [];
  return asArray(object)?.items ?? [object];
}

function decodeOne(
  data: Uint8Array,
  filter: string,
  parameters: PdfDict | undefined,
  resolve: (object: PdfObject | undefined) => PdfObject,
  limit: number,
): Uint8Array {
  const integer = (key: string, fallback: number): number => {
    const value = resolve(parameters?.get(key));
    if (value === null) return fallback;
    const found = asInteger(value);
    if (found === undefined) throw damaged(`stream parameter ${key} is not an integer`);
    return found;
  };
  const predicted = (decoded: Uint8Array): Uint8Array =>
    undoPredictor(decoded, {
      predictor: integer('Predictor', 1),
      colors: integer('Colors', 1),
      bitsPerComponent: integer('BitsPerComponent', 8),
      columns: integer('Columns', 1),
    });
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return predicted(inflate(data, limit));
    case 'LZWDecode':
    case 'LZW':
      return predicted(decodeLzw(data, integer('EarlyChange', 1), limit));
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeAsciiHex(data);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(data, limit);
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(data, limit);
    default:
      throw new PdfError('PDF_UNSUPPORTED', `stream filter ${filter} is not decoded here`);
  }
}
