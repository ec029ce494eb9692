import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Fonts that the stamps use: one in the manner of Times New Roman, one for everything else. */
export type StampFont = 'tinos' | 'be-vietnam-pro';
export type StampFontStyle = 'regular' | 'bold' | 'italic' | 'bold-italic';

const files: Readonly<Record<StampFont, { readonly package: string; readonly family: string }>> = {
  tinos: { package: '@expo-google-fonts/tinos', family: 'Tinos' },
  'be-vietnam-pro': { package: '@expo-google-fonts/be-vietnam-pro', family: 'BeVietnamPro' },
};

const styles: Readonly<Record<StampFontStyle, string>> = {
  regular: '400Regular',
  bold: '700Bold',
  italic: '400Regular_Italic',
  'bold-italic': '700Bold_Italic',
};

const loaded = new Map<string, Promise<Uint8Array>>();

/** The whole TrueType file, for `embedFont`; read once per process. */
export function loadStampFont(font: StampFont, style: StampFontStyle = 'regular'): Promise<Uint8Array> {
  const key = `${font}/${style}`;
  let bytes = loaded.get(key);
  if (bytes === undefined) {
    const { package: packageName, family } = files[font];
    const styleName = styles[style];
    const path = createRequire(__filename).resolve(`${packageName}/${styleName}/${family}_${styleName}.ttf`);
    bytes = readFile(path).then(
      (buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength),
    );
    loaded.set(key, bytes);
  }
  return bytes;
}

export { PageTextError, readPageText } from './page-text';
export type { DocumentText, PageTextOptions } from './page-text';
