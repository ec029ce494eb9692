import type { Role } from '#platform';

import type { Basis } from './citation';
import { assumed } from './citation';

interface FrozenCopyRule {
  /** Who may still open the content, besides nobody; every opening is in the trail. */
  readonly readers: readonly Role[];
  readonly basis: Basis;
}

/** What becomes of the copy at a recipient; its register entry and all evidence stay in any case. */
export const frozenCopyRules: Readonly<Record<'TAKEN_BACK' | 'RECALLED' | 'REPLACED', FrozenCopyRule>> = {
  TAKEN_BACK: { readers: [], basis: assumed('what was agreed to be given back is not read any more') },
  RECALLED: {
    readers: ['clerk'],
    basis: assumed('the clerk answers for what was registered and for copies made of it'),
  },
  REPLACED: {
    readers: ['clerk', 'leader'],
    basis: assumed('what was done under the old text must stay explainable'),
  },
};
