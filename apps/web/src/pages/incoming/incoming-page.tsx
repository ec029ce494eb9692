import { Badge, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';

import { get } from '../../api/client';
import type { IncomingCounts } from '../../api/types';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { useSession } from '../../shell/session';
import { IncomingList } from './incoming-list';
import { OpenIncoming } from './open-incoming';
import { listAddress, useAskedView, viewsOf } from './views';
import '../../parts/desk.css';
import './incoming.css';

/** What arrived, view by view, and the open document beside its list. */
export default function IncomingPage() {
  const { t } = useTranslation();
  const { policies } = useSession();
  const { id } = useParams<{ id?: string }>();
  const asked = useAskedView();
  const counts = useQuery({
    queryKey: ['incoming', 'counts'],
    queryFn: ({ signal }) => get<IncomingCounts>('/incoming/counts', signal),
    refetchInterval: 30_000,
  });
  const views = viewsOf(policies);
  const waiting = views.find(({ count }) => count !== undefined && (counts.data?.[count] ?? 0) > 0);
  const view = (views.find((rule) => rule.view === asked) ?? waiting)?.view ?? 'all';
  const isReady = asked !== null || !counts.isPending;
  return (
    <>
      <PageTitle
        title={t('incoming.title')}
        actions={
          policies.includes('incoming.enter') && (
            <Link className="pf-v6-c-button pf-m-secondary" href="/incoming/paper">
              {t('incoming.paperNew')}
            </Link>
          )
        }
      />
      {counts.isError && <ProblemAlert error={counts.error} />}
      {isReady && (
        <div className={`sealpost-desk ${id === undefined ? '' : 'sealpost-desk--open'}`}>
          <nav className="sealpost-desk__views" aria-label={t('incoming.views')}>
            {views.map((rule) => (
              <Link
                key={rule.view}
                href={listAddress(rule.view)}
                aria-current={rule.view === view ? 'page' : undefined}
              >
                {t(`incoming.view.${rule.view}`)}{' '}
                {rule.count && (
                  <Badge isRead={counts.data?.[rule.count] === 0}>{shown(counts.data?.[rule.count])}</Badge>
                )}
              </Link>
            ))}
          </nav>
          <IncomingList key={view} view={view} chosen={id} />
          {id === undefined ? (
            <EmptyState className="sealpost-desk__decision sealpost-desk__none" variant="sm">
              <EmptyStateBody>{t('incoming.select')}</EmptyStateBody>
            </EmptyState>
          ) : (
            <OpenIncoming key={id} view={view} id={id} />
          )}
        </div>
      )}
    </>
  );
}

/** The server counts to 1000. */
const shown = (count: number | undefined): string => (count === 1000 ? '999+' : String(count ?? 0));
