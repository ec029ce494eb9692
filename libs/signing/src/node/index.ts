import { loadStampFont } from '#pdf/node';
import type { StampFonts } from '../signature-options';

/** The fonts of official documents, in the manner of Times New Roman (Decree 30/2020 App. I); read once per process. */
export async function loadOfficialFonts(): Promise<StampFonts> {
  const [regular, italic] = await Promise.all([loadStampFont('tinos'), loadStampFont('tinos', 'italic')]);
  return { regular, italic };
}
