import type { Texts } from '..';

export const outgoing: Texts['outgoing'] = {
  title: 'Outgoing documents',
  empty: 'No documents yet. A drafter begins under "Draft a document".',
  anyState: 'Any state',
  search: 'Search the register; accents do not matter',
  emptyState: 'No document stands in this state. Choose another state.',
  notFound: 'No document of the register holds these words. Try fewer words.',
  column: {
    symbol: 'Number and symbol',
    date: 'Date of issue',
    abstract: 'Type and abstract',
    state: 'State',
    changed: 'Changed',
  },
  noNumber: 'no number yet',
  noAbstract: '(no abstract)',
};
