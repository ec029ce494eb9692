import type { TFunction } from 'i18next';

import type { Validity as Valid } from '../../api/types';
import type { Column } from '../../parts/item-table';
import { RowActions } from './row-actions';
import { standingOf, Validity } from './validity';

interface Acts<T> {
  readonly t: TFunction;
  /** Read out after what each button does. */
  readonly nameOf: (item: T) => string;
  readonly onChange: (item: T) => void;
  readonly onEnd: (item: T) => void;
}

/** From when to when a row of the directory stands, and what can be done with one that has not ended. */
export function standingColumns<T extends Valid>({
  t,
  nameOf,
  onChange,
  onEnd,
}: Acts<T>): readonly Column<T>[] {
  return [
    { key: 'validity', title: t('administration.validity.label'), cell: (item) => <Validity of={item} /> },
    {
      key: 'acts',
      title: t('common.change'),
      unseen: true,
      cell: (item) =>
        standingOf(item) !== 'ended' && (
          <RowActions
            name={nameOf(item)}
            onChange={() => {
              onChange(item);
            }}
            onEnd={() => {
              onEnd(item);
            }}
          />
        ),
    },
  ];
}
