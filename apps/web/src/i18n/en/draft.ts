import type { Texts } from '..';

export const draft: Texts['draft'] = {
  choose: 'Choose…',
};
