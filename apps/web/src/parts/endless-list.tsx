import { Bullseye, Button, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Page } from '../api/types';
import { ProblemAlert } from './problem-alert';
import { usePages } from './use-pages';
import { Loading } from './loading';

interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Takes what room the others leave. */
  readonly wide?: true;
}

interface Props<T> {
  /** Path below /api/v1 with its filters, without `cursor`. */
  readonly path: string;
  /** Read out as the name of the table. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly idOf: (item: T) => string;
  /** What an empty list says to do next. */
  readonly empty: string;
  /** Told what is shown, for the banner and for counts. */
  readonly children?: (items: readonly T[]) => ReactNode;
}

/** A list of the server, page after page, as a table that becomes cards on a narrow screen. */
export function EndlessList<T>({ path, label, columns, idOf, empty, children }: Props<T>) {
  const { t } = useTranslation();
  const list = usePages<Page<T>>(path);
  if (list.isPending) return <Loading />;
  if (list.isError) return <ProblemAlert error={list.error} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <EmptyState variant="sm" headingLevel="h2" titleText={t('common.empty')}>
        <EmptyStateBody>{empty}</EmptyStateBody>
      </EmptyState>
    );
  return (
    <>
      {children?.(items)}
      <Table aria-label={label} variant="compact" className="sealpost-list">
        <Thead>
          <Tr>
            {columns.map(({ key, title, wide }) => (
              <Th
                key={key}
                {...(wide ? { className: 'sealpost-list__wide' } : { modifier: 'nowrap' as const })}
              >
                {title}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {items.map((item) => (
            <Tr key={idOf(item)}>
              {columns.map(({ key, title, cell }) => (
                <Td key={key} dataLabel={title}>
                  {cell(item)}
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {list.hasNextPage && (
        <Bullseye>
          <Button
            variant="secondary"
            isLoading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </Bullseye>
      )}
    </>
  );
}
