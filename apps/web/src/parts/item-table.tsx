import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Takes what room the others leave. */
  readonly wide?: true;
  /** Its title is only read out: the column has buttons that speak for themselves. */
  readonly unseen?: true;
}

interface Props<T> {
  /** Read out as the name of the table. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly idOf: (item: T) => string;
  readonly items: readonly T[];
  /** Becomes cards already on a screen of middle width, for much text side by side. */
  readonly crowded?: true;
}

/** Items as a table that becomes cards on a narrow screen. */
export function ItemTable<T>({ label, columns, idOf, items, crowded }: Props<T>) {
  return (
    <Table
      aria-label={label}
      variant="compact"
      className="sealpost-list"
      {...(crowded && { gridBreakPoint: 'grid-lg' as const })}
    >
      <Thead>
        <Tr>
          {columns.map(({ key, title, wide, unseen }) =>
            unseen ? (
              <Th key={key} screenReaderText={title} />
            ) : (
              <Th
                key={key}
                {...(wide ? { className: 'sealpost-list__wide' } : { modifier: 'nowrap' as const })}
              >
                {title}
              </Th>
            ),
          )}
        </Tr>
      </Thead>
      <Tbody>
        {items.map((item) => (
          <Tr key={idOf(item)}>
            {columns.map(({ key, title, cell, unseen }) => (
              <Td key={key} {...(!unseen && { dataLabel: title })}>
                {cell(item)}
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
