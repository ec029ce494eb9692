import type { Suite } from '../suite';
import { pkits } from './pkits';
import { wycheproof } from './wycheproof';
import { x509Limbo } from './x509-limbo';

/** Every suite: one line here, one file beside. Its name is that of its folder in the corpora. */
export const suites: Readonly<Record<string, Suite>> = {
  pkits,
  'x509-limbo': x509Limbo,
  wycheproof,
};
