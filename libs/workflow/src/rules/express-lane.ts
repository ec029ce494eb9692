import type { Basis } from './citation';
import { assumed } from './citation';
import type { Urgency } from './marks';

interface ExpressRule {
  readonly types: readonly string[];
  readonly urgencies: readonly Urgency[];
  readonly basis: Basis;
}

/** What goes ahead of everything else: official telegrams (công điện) and express documents. */
const expressRule: ExpressRule = {
  types: ['CONGDIEN'],
  urgencies: [3, 4],
  basis: assumed(
    'Decree 30/2020 art. 17 and 18: urgent documents leave at once; the lane of its own is ours',
  ),
};

/** Whether a document goes by the express lane. */
export function isExpress(document: { readonly typeCode: string; readonly urgency: number }): boolean {
  return (
    expressRule.types.includes(document.typeCode) ||
    expressRule.urgencies.some((urgency) => urgency === document.urgency)
  );
}

/** Among what waits to be carried the higher goes first; express before all, then by urgency. */
export function carryingPriority(document: { readonly typeCode: string; readonly urgency: number }): number {
  return lanePriority({ express: isExpress(document), urgency: document.urgency });
}

/** The same for what is kept with its lane. */
export function lanePriority(kept: { readonly express: boolean; readonly urgency: number }): number {
  return kept.express ? 100 : kept.urgency;
}
