import type { Texts } from '..';
import { actions } from './actions';
import { common } from './common';
import { copies } from './copies';
import { document } from './document';
import { draft } from './draft';
import { groups } from './groups';
import { help } from './help';
import { incoming } from './incoming';
import { inspection } from './inspection';
import { marks } from './marks';
import { monitor } from './monitor';
import { notices } from './notices';
import { outgoing } from './outgoing';
import { pdf } from './pdf';
import { place } from './place';
import { registers } from './registers';
import { search } from './search';
import { shell } from './shell';
import { signing } from './signing';
import { statistics } from './statistics';
import { work } from './work';

// prettier-ignore
export const en: Texts = {
  actions,
  common,
  copies,
  document,
  draft,
  groups,
  help,
  incoming,
  inspection,
  marks,
  monitor,
  notices,
  outgoing,
  pdf,
  place,
  registers,
  search,
  shell,
  signing,
  statistics,
  work,
};
