import type { Texts } from '..';

export const outgoing: Texts['outgoing'] = {
  title: 'Outgoing documents',
  empty: 'No documents yet. A drafter begins under "Draft a document".',
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
