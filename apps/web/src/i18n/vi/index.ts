import { common } from './common';
import { document } from './document';
import { draft } from './draft';
import { marks } from './marks';
import { outgoing } from './outgoing';
import { pdf } from './pdf';
import { shell } from './shell';
import { signing } from './signing';

/** Every word of the page in Vietnamese, one file a room of the page. */
export const vi = { common, document, draft, marks, outgoing, pdf, shell, signing } as const;
