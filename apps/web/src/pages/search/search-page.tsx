import { EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { FoundDocument, Page } from '../../api/types';
import { EndlessEnd } from '../../parts/endless-end';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { query, useAddress } from '../../parts/use-address';
import { usePages } from '../../parts/use-pages';
import { Hits } from './hits';
import { SearchFields } from './search-fields';
import './search.css';

/** Finds what the agency has registered while one types; the question stays in the address. */
export default function SearchPage() {
  const { t } = useTranslation();
  const address = useAddress();
  const asked = {
    q: address.value('q').trim(),
    kind: address.value('kind'),
    agency: address.value('agency').trim(),
    type: address.value('type'),
    from: address.value('from'),
    to: address.value('to'),
  };
  const isAsked = Object.values(asked).some((value) => value !== '');
  const pages = usePages<Page<FoundDocument>>(`/search${query(asked)}`, { enabled: isAsked });
  const items = isAsked ? (pages.data?.pages.flatMap((page) => page.items) ?? []) : [];
  const isAnswered = isAsked && pages.data !== undefined && !pages.isPlaceholderData;
  return (
    <>
      <PageTitle title={t('search.title')} />
      <PageSection hasBodyWrapper={false} className="sealpost-find">
        <SearchFields address={address} found={items} />
        <p role="status" className="sealpost-find__count">
          {isAsked && !isAnswered && !pages.isError && t('search.searching')}
          {isAnswered &&
            items.length > 0 &&
            t(pages.hasNextPage ? 'search.foundFirst' : 'search.found', { count: items.length })}
          {isAnswered && items.length === 0 && t('search.none.title')}
        </p>
        {isAsked && pages.isError && <ProblemAlert error={pages.error} />}
        {!isAsked && (
          <EmptyState variant="sm" headingLevel="h2" titleText={t('search.start.title')}>
            <EmptyStateBody>{t('search.start.text')}</EmptyStateBody>
          </EmptyState>
        )}
        {isAnswered && items.length === 0 && (
          <EmptyState variant="sm" headingLevel="h2" titleText={t('search.none.title')}>
            <EmptyStateBody>{t('search.none.text')}</EmptyStateBody>
          </EmptyState>
        )}
        {items.length > 0 && <Hits items={items} />}
        {isAsked && <EndlessEnd pages={pages} />}
      </PageSection>
    </>
  );
}
