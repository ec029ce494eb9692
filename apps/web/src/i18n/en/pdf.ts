import type { Texts } from '..';

export const pdf: Texts['pdf'] = {
  pageOf: 'Page {{page}} of {{pages}}',
  page: 'Page {{page}}',
  smaller: 'Smaller',
  larger: 'Larger',
  fit: 'Fit',
};
