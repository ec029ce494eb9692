import { unzipSync } from 'fflate';

import { WorkflowError } from '../../errors';

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const openDocument = 'application/vnd.oasis.opendocument.text';
const oldWord = 'application/msword';

/** `PK`, a file within it first. */
const zip = [0x50, 0x4b, 0x03, 0x04] as const;
/** A compound file, in which Word kept documents until 2007 ([MS-CFB] 2.2). */
const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] as const;

/**
 * Looks at a source by its bytes alone, whatever its name says, and answers its media type.
 *
 * @throws WorkflowError SOURCE_FORMAT_REFUSED for what is neither docx, odt nor doc, and for what carries macros
 */
export function checkSource(bytes: Uint8Array): string {
  const mediaType = startsWith(bytes, zip)
    ? packageType(bytes)
    : startsWith(bytes, compound)
      ? compoundType(bytes)
      : undefined;
  if (mediaType === undefined) throw new WorkflowError('SOURCE_FORMAT_REFUSED');
  return mediaType;
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** ECMA-376 part 2 (docx) and ODF 1.3 part 2 §3.3 (odt): told by the parts of the package. */
function packageType(bytes: Uint8Array): string | undefined {
  const names = new Set<string>();
  let small: Record<string, Uint8Array>;
  try {
    small = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.add(name);
        return name === 'mimetype' && originalSize <= 100;
      },
    });
  } catch {
    return undefined;
  }
  if ([...names].some((name) => /(?:^|\/)vbaProject\.bin$|^Basic\/|^Scripts\//i.test(name))) return undefined;
  if (names.has('[Content_Types].xml') && names.has('word/document.xml')) return word;
  const said = small['mimetype'];
  return said !== undefined && new TextDecoder().decode(said) === openDocument ? openDocument : undefined;
}

/** Names in a compound file stand in UTF-16, little-endian ([MS-CFB] 2.6.1). */
function compoundType(bytes: Uint8Array): string | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (name: string): boolean => file.includes(Buffer.from(`${name}\0`, 'utf16le'));
  return has('WordDocument') && !has('_VBA_PROJECT') && !has('Macros') ? oldWord : undefined;
}
