import { readFile } from 'node:fs/promises';
import type { StampFonts } from '#signing';

/** A Times-like face with every Vietnamese letter (Decree 30/2020 annex I asks for Times New Roman). */
const faces = {
  regular: '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  italic: '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
} as const;

let loading: Promise<StampFonts> | undefined;

/** The whole font files, read once; only the letters used are embedded. */
export function stampFonts(): Promise<StampFonts> {
  loading ??= load();
  return loading;
}

async function load(): Promise<StampFonts> {
  const read = async (face: string): Promise<Uint8Array> =>
    new Uint8Array(await readFile(require.resolve(face)));
  const [regular, italic] = await Promise.all([read(faces.regular), read(faces.italic)]);
  return { regular, italic };
}
