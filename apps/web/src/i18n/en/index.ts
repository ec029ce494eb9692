import type { Texts } from '..';
import { actions } from './actions';
import { administration } from './administration';
import { common } from './common';
import { copies } from './copies';
import { delegations } from './delegations';
import { document } from './document';
import { draft } from './draft';
import { groups } from './groups';
import { health } from './health';
import { help } from './help';
import { incoming } from './incoming';
import { inspection } from './inspection';
import { marks } from './marks';
import { monitor } from './monitor';
import { notices } from './notices';
import { outgoing } from './outgoing';
import { password } from './password';
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
  administration,
  common,
  copies,
  delegations,
  document,
  draft,
  groups,
  health,
  help,
  incoming,
  inspection,
  marks,
  monitor,
  notices,
  outgoing,
  password,
  pdf,
  place,
  registers,
  search,
  shell,
  signing,
  statistics,
  work,
};
