import { Bullseye, Button, Checkbox, EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { DocumentSummary, Page, SigningPurpose, WaitingView } from '../../api/types';
import { moment } from '../../formats/moments';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { ProblemAlert } from '../../parts/problem-alert';
import { SigningConsent } from '../../parts/signing-consent';
import { highestOf, useSecrecyOnScreen } from '../../shell/secrecy';

/** Views whose documents are signed, one or many under one PIN. */
const purposes: Readonly<Partial<Record<WaitingView, SigningPurpose>>> = {
  'to-sign': 'personal',
  'to-agency-sign': 'agency',
};

interface Props {
  readonly view: WaitingView;
  /** The document that lies open beside the list. */
  readonly chosen: string | undefined;
}

/** What waits in one view. What became of a batch stays on the screen also when nothing waits any more. */
export function WaitingList({ view, chosen }: Props) {
  const [signing, setSigning] = useState<readonly string[]>([]);
  const purpose = purposes[view];
  return (
    <>
      <Items view={view} chosen={chosen} onSign={setSigning} />
      {purpose && signing.length > 0 && (
        <SigningConsent
          purpose={purpose}
          documentIds={signing}
          onClose={() => {
            setSigning([]);
          }}
        />
      )}
    </>
  );
}

function Items({ view, chosen, onSign }: Props & { readonly onSign: (ids: readonly string[]) => void }) {
  const { t } = useTranslation();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const purpose = purposes[view];
  const list = useInfiniteQuery({
    queryKey: ['waiting', view],
    queryFn: ({ pageParam, signal }) =>
      get<Page<DocumentSummary>>(
        `/documents/waiting?view=${view}${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
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
        titleText={t('work.nothing')}
      >
        <EmptyStateBody>{t(`work.empty.${view}`)}</EmptyStateBody>
      </EmptyState>
    );
  const toSign = items.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  const tick = (id: string, isTicked: boolean): void => {
    const after = new Set(ticked);
    if (isTicked) after.add(id);
    else after.delete(id);
    setTicked(after);
  };
  return (
    <section className="sealpost-desk__list" aria-label={t('work.list')}>
      {purpose && (
        <div className="sealpost-desk__batch">
          <Checkbox
            id="choose-all"
            label={t('work.chooseAll')}
            isChecked={toSign.length === items.length ? true : toSign.length === 0 ? false : null}
            onChange={(_event, all) => {
              setTicked(new Set(all ? items.map(({ id }) => id) : []));
            }}
          />
          <Button
            isDisabled={toSign.length === 0}
            onClick={() => {
              onSign(toSign);
            }}
          >
            {t('work.sign', { count: toSign.length })}
          </Button>
        </div>
      )}
      <ol className="sealpost-desk__items">
        {items.map((item) => (
          <li key={item.id} className={item.id === chosen ? 'sealpost-desk__item--open' : undefined}>
            {purpose && (
              <Checkbox
                id={`choose-${item.id}`}
                aria-label={t('work.choose', { title: titleOf(item) })}
                isChecked={ticked.has(item.id)}
                onChange={(_event, isTicked) => {
                  tick(item.id, isTicked);
                }}
              />
            )}
            <Link
              href={`/work/${view}/${item.id}`}
              className="sealpost-desk__item"
              aria-current={item.id === chosen ? 'true' : undefined}
            >
              <span className="sealpost-desk__head">
                <span className="sealpost-number">{item.symbol ?? item.typeName}</span>
                <UrgencyMark urgency={item.urgency} />
                <SecrecyMark secrecy={item.secrecy} />
              </span>
              <span className="sealpost-abstract">{item.abstract ?? t('outgoing.noAbstract')}</span>
              <span className="sealpost-quiet">
                {t('work.waitingSince', { moment: moment(item.changedAt) })}
              </span>
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

const titleOf = ({ typeName, abstract }: DocumentSummary): string =>
  abstract === null ? typeName : `${typeName}: ${abstract}`;
