import type { Texts } from '..';
import { common } from './common';
import { marks } from './marks';
import { outgoing } from './outgoing';
import { pdf } from './pdf';
import { shell } from './shell';
import { signing } from './signing';

export const en: Texts = { common, marks, outgoing, pdf, shell, signing };
