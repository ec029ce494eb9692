import { Badge, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';

import { get } from '../../api/client';
import type { WaitingCounts, WaitingView } from '../../api/types';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { WaitingList } from './waiting-list';
import { Loading } from '../../parts/loading';
import '../../parts/desk.css';

/** With the paper come the dialogs and the reader: a list alone does without. */
const Decision = lazy(() => import('./decision'));

/** One desk for everybody: what waits, view by view, and the paper beside the decision. */
export default function WorkPage() {
  const { t } = useTranslation();
  const { view: asked, id } = useParams<{ view?: string; id?: string }>();
  const counts = useQuery({
    queryKey: ['waiting', 'counts'],
    queryFn: ({ signal }) => get<WaitingCounts>('/documents/waiting/counts', signal),
  });
  const views = Object.keys(counts.data ?? {}) as WaitingView[];
  const view =
    views.find((name) => name === asked) ?? views.find((name) => (counts.data?.[name] ?? 0) > 0) ?? views[0];
  return (
    <>
      <PageTitle title={t('work.title')} />
      {counts.isError && <ProblemAlert error={counts.error} />}
      {view && (
        <div className={`sealpost-desk ${id === undefined ? '' : 'sealpost-desk--open'}`}>
          <nav className="sealpost-desk__views" aria-label={t('work.views')}>
            {views.map((name) => (
              <Link key={name} href={`/work/${name}`} aria-current={name === view ? 'page' : undefined}>
                {t(`work.view.${name}`)}{' '}
                <Badge isRead={counts.data?.[name] === 0}>{counts.data?.[name]}</Badge>
              </Link>
            ))}
          </nav>
          <WaitingList key={view} view={view} chosen={id} />
          {id === undefined ? (
            <EmptyState className="sealpost-desk__decision sealpost-desk__none" variant="sm">
              <EmptyStateBody>{t('work.select')}</EmptyStateBody>
            </EmptyState>
          ) : (
            <Suspense fallback={<Loading className="sealpost-desk__decision" />}>
              <Decision key={id} view={view} id={id} />
            </Suspense>
          )}
        </div>
      )}
    </>
  );
}
