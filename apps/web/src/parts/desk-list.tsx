import { Button, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { Secrecy } from '../api/types';
import { highestOf, useSecrecyOnScreen } from '../shell/secrecy';
import { ProblemAlert } from './problem-alert';
import type { usePages } from './use-pages';
import { Loading } from './loading';

interface Listed {
  readonly id: string;
  readonly secrecy: Secrecy;
}

interface Props<T extends Listed> {
  readonly pages: Pick<
    ReturnType<typeof usePages>,
    'isPending' | 'isError' | 'error' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >;
  /** What the pages hold, in the order in which it is shown. */
  readonly items: readonly T[];
  /** Read out as the name of the list. */
  readonly label: string;
  readonly empty: { readonly title: string; readonly text: string };
  /** The item that lies open beside the list. */
  readonly chosen: string | undefined;
  readonly addressOf: (item: T) => string;
  readonly row: (item: T) => ReactNode;
  /** Above the list: what can be done with several at once. */
  readonly above?: ReactNode;
  /** Before each row: to choose it. */
  readonly before?: (item: T) => ReactNode;
}

/** What waits, at the side of a desk; a row leads to what lies open beside it. */
export function DeskList<T extends Listed>(props: Props<T>) {
  const { pages, items, label, empty, chosen, addressOf, row, above, before } = props;
  const { t } = useTranslation();
  useSecrecyOnScreen(highestOf(items.map(({ secrecy }) => secrecy)));
  if (pages.isPending) return <Loading className="sealpost-desk__list" />;
  if (pages.isError) return <ProblemAlert error={pages.error} />;
  if (items.length === 0)
    return (
      <EmptyState className="sealpost-desk__list" variant="sm" headingLevel="h2" titleText={empty.title}>
        <EmptyStateBody>{empty.text}</EmptyStateBody>
      </EmptyState>
    );
  return (
    <section className="sealpost-desk__list" aria-label={label}>
      {above}
      <ol className="sealpost-desk__items">
        {items.map((item) => (
          <li key={item.id} className={item.id === chosen ? 'sealpost-desk__item--open' : undefined}>
            {before?.(item)}
            <Link
              href={addressOf(item)}
              className="sealpost-desk__item"
              aria-current={item.id === chosen ? 'true' : undefined}
            >
              {row(item)}
            </Link>
          </li>
        ))}
      </ol>
      {pages.hasNextPage && (
        <Button
          variant="link"
          isLoading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
    </section>
  );
}
