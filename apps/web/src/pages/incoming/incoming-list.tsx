import { Bullseye, Button, EmptyState, EmptyStateBody, Label, Spinner } from '@patternfly/react-core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { IncomingSummary, Page } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { ProblemAlert } from '../../parts/problem-alert';
import { highestOf, useSecrecyOnScreen } from '../../shell/secrecy';
import type { ShownView } from './views';
import { documentAddress } from './views';

interface Props {
  readonly view: Exclude<ShownView, 'assigned'>;
  /** The document that lies open beside the list. */
  readonly chosen: string | undefined;
}

/** One view as a list; what is express stands first where work waits. */
export function IncomingList({ view, chosen }: Props) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ['incoming', 'list', view],
    queryFn: ({ pageParam, signal }) => get<Page<IncomingSummary>>(pathOf(view, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: 30_000,
  });
  const all = list.data?.pages.flatMap((page) => page.items) ?? [];
  const items = view === 'all' || view === 'done' ? all : expressFirst(all);
  useSecrecyOnScreen(highestOf(items.map(({ secrecy }) => secrecy)));
  if (list.isPending)
    return (
      <Bullseye className="sealpost-desk__list">
        <Spinner aria-label={t('common.loading')} />
      </Bullseye>
    );
  if (list.isError) return <ProblemAlert error={list.error} />;
  if (items.length === 0)
    return (
      <EmptyState
        className="sealpost-desk__list"
        variant="sm"
        headingLevel="h2"
        titleText={t('common.empty')}
      >
        <EmptyStateBody>{t(`incoming.empty.${view}`)}</EmptyStateBody>
      </EmptyState>
    );
  return (
    <section className="sealpost-desk__list" aria-label={t('incoming.list')}>
      <ol className="sealpost-desk__items">
        {items.map((item) => (
          <li key={item.id} className={item.id === chosen ? 'sealpost-desk__item--open' : undefined}>
            <Link
              href={documentAddress(view, item.id)}
              className="sealpost-desk__item"
              aria-current={item.id === chosen ? 'true' : undefined}
            >
              <Item item={item} />
            </Link>
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="link" isLoading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </section>
  );
}

function Item({ item }: { readonly item: IncomingSummary }) {
  const { t } = useTranslation();
  const { handling } = item;
  return (
    <>
      <span className="sealpost-desk__head">
        <span className="sealpost-number">{item.symbol ?? t('incoming.noSymbol')}</span>
        <UrgencyMark urgency={item.urgency} />
        <SecrecyMark secrecy={item.secrecy} />
        {handling?.overdue && (
          <Label isCompact color="red">
            {t('incoming.overdue')}
          </Label>
        )}
      </span>
      <span className="sealpost-abstract">{item.abstract ?? t('incoming.noAbstract')}</span>
      <span className="sealpost-quiet">{item.sender.name}</span>
      <span className="sealpost-quiet">
        {item.arrivalNumber !== null &&
          `${t('incoming.arrivalShort', { number: number(item.arrivalNumber) })} · `}
        {item.state === '01' && item.ackDueAt !== null
          ? t('incoming.ackShort', { moment: moment(item.ackDueAt) })
          : handling?.due
            ? t('incoming.dueShort', { date: day(handling.due) })
            : t('incoming.arrived', { moment: moment(item.arrivedAt) })}
      </span>
    </>
  );
}

function pathOf(view: Props['view'], cursor: string | null): string {
  const query = new URLSearchParams({
    ...(view !== 'all' && { view }),
    ...(cursor !== null && { cursor }),
  });
  return `/incoming?${query}`;
}

const expressFirst = (items: readonly IncomingSummary[]): readonly IncomingSummary[] => [
  ...items.filter(({ express }) => express),
  ...items.filter(({ express }) => !express),
];
