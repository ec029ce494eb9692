import type { Directory } from '#directory';
import type { Tx } from '#platform';

import type { RegisterCover } from './print/printed-register';
import type { RegisterRange } from './register';
import { printedDay } from './register';

/** What the cover of this part of a register says; a volume has a number and a year of its own. */
export async function coverOf(
  directory: Directory,
  range: RegisterRange,
  volume?: { readonly no: number; readonly year: number },
  tx?: Tx,
): Promise<RegisterCover> {
  const agency = await directory.agency(range.agencyId, tx);
  const parent = agency?.parentId ? await directory.agency(agency.parentId, tx) : undefined;
  const { from, to, numbers } = range;
  const year = volume ? String(volume.year) : from.slice(0, 4);
  const whole = volume !== undefined || (from === `${year}-01-01` && to === `${year}-12-31`);
  return {
    parentName: parent?.name ?? null,
    agencyName: agency?.name ?? '',
    period: whole ? `Năm ${year}` : `${printedDay(from)} – ${printedDay(to)}`,
    from,
    to,
    numbers,
    volume: volume?.no,
  };
}
