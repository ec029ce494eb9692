import { Button, EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { HistoryEntry, Page } from '../../api/types';
import { fromVietnamInput } from '../../formats/moments';
import { EndlessEnd } from '../../parts/endless-end';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import type { Address } from '../../parts/use-address';
import { query, useAddress } from '../../parts/use-address';
import { usePages } from '../../parts/use-pages';
import { Entries } from './entries';
import { ExportButtons } from './export-buttons';
import './inspection.css';
import { ScopeChoice } from './scope-choice';
import { TrailFields } from './trail-fields';
import type { Scope } from './use-scope';
import { useScope } from './use-scope';

/** What narrows a search beside the mandate; each is a name in the address. */
const conditions = ['document', 'person', 'action', 'outcome', 'from', 'to'] as const;

/** The audit trail under a mandate: by document, person, agency, action, outcome and time. */
export default function TrailPage() {
  const { t } = useTranslation();
  const scope = useScope();
  return (
    <>
      <PageTitle title={t('inspection.trail.title')} lead={t('inspection.trail.lead')} />
      <PageSection hasBodyWrapper={false} className="sealpost-inspection">
        <ScopeChoice scope={scope} />
        {scope.chosen !== '' && <Found scope={scope} />}
      </PageSection>
    </>
  );
}

function Found({ scope }: { readonly scope: Scope }) {
  const { t } = useTranslation();
  const address = useAddress();
  const asked = { ...scope.asked, ...askedFor(address) };
  const pages = usePages<Page<HistoryEntry>>(`/audit/history${query(asked)}`);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const isAnswered = pages.data !== undefined && !pages.isPlaceholderData;
  return (
    <>
      <TrailFields address={address} scope={scope} />
      <div className="sealpost-inspection__count">
        <p role="status">
          {!isAnswered && !pages.isError && t('search.searching')}
          {isAnswered &&
            items.length > 0 &&
            t(pages.hasNextPage ? 'inspection.trail.foundFirst' : 'inspection.trail.found', {
              count: items.length,
            })}
        </p>
        {conditions.some((name) => address.value(name) !== '') && (
          <Button
            variant="link"
            isInline
            onClick={() => {
              address.change(Object.fromEntries(conditions.map((name) => [name, ''])));
            }}
          >
            {t('inspection.trail.clear')}
          </Button>
        )}
      </div>
      {pages.isError && items.length === 0 && <ProblemAlert error={pages.error} />}
      {isAnswered && items.length === 0 && (
        <EmptyState variant="sm" headingLevel="h2" titleText={t('inspection.trail.empty.title')}>
          <EmptyStateBody>{t('inspection.trail.empty.text')}</EmptyStateBody>
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          <ExportButtons asked={asked} />
          <Entries items={items} scope={scope} />
        </>
      )}
      <EndlessEnd pages={pages} />
    </>
  );
}

/** The conditions of the address as the API takes them. */
function askedFor({ value }: Address): Readonly<Record<string, string>> {
  const instant = (edge: 'from' | 'to'): string => (value(edge) === '' ? '' : fromVietnamInput(value(edge)));
  return {
    documentId: value('document'),
    personId: value('person'),
    action: value('action'),
    outcome: value('outcome'),
    from: instant('from'),
    to: instant('to'),
  };
}
