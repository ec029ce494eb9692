import { Bullseye, Button, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Page } from '../api/types';
import type { Column } from './item-table';
import { ItemTable } from './item-table';
import { Loading } from './loading';
import { ProblemAlert } from './problem-alert';
import { usePages } from './use-pages';

interface Props<T> {
  /** Path below /api/v1 with its filters, without `cursor`. */
  readonly path: string;
  /** Read out as the name of the table. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly idOf: (item: T) => string;
  /** What an empty list says to do next. */
  readonly empty: string;
  /** As in `ItemTable`. */
  readonly crowded?: true;
  /** Told what is shown, for the banner and for counts. */
  readonly children?: (items: readonly T[]) => ReactNode;
}

/** A list of the server, page after page, as a table that becomes cards on a narrow screen. */
export function EndlessList<T>({ path, label, columns, idOf, empty, crowded, children }: Props<T>) {
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
      <ItemTable label={label} columns={columns} idOf={idOf} items={items} {...(crowded && { crowded })} />
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
