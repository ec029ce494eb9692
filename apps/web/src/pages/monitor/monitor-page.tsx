import { EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { ExchangeStatistics, Monitor, MonitorView } from '../../api/types';
import { today } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { EndlessEnd } from '../../parts/endless-end';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { RateBar } from '../../parts/rate-bar';
import { query, useAddress } from '../../parts/use-address';
import { usePages } from '../../parts/use-pages';
import './monitor.css';
import { Nodes } from './nodes';
import { Watched } from './watched';
import { Loading } from '../../parts/loading';

const counted = {
  transit: 'inTransit',
  unacknowledged: 'unacknowledged',
  late: 'late',
  undelivered: 'undelivered',
  refused: 'refused',
} as const satisfies Readonly<Partial<Record<MonitorView, keyof Monitor['counts']>>>;
const views = ['open', 'late', 'undelivered', 'refused', 'transit', 'unacknowledged'] as const;

/** How often the wall reads again, milliseconds. */
const every = 30_000;

/** The wall of the monitoring desk: what is on its way and not answered, the urgent first, and whether nodes are alive. */
export default function MonitorPage() {
  const { t } = useTranslation();
  const asked = useAddress().value('view');
  const view = views.find((name) => name === asked) ?? 'open';
  const pages = usePages<Monitor>(`/monitor${query({ view })}`, { every });
  const [first] = pages.data?.pages ?? [];
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageTitle title={t('monitor.title')} lead={t('monitor.lead')} />
      <PageSection hasBodyWrapper={false} className="sealpost-monitor">
        <Today />
        <nav className="sealpost-monitor__counts" aria-label={t('monitor.views')}>
          {views.map((name) => (
            <Link
              key={name}
              href={name === 'open' ? '/monitor' : `/monitor?view=${name}`}
              aria-current={name === view ? 'page' : undefined}
              className={first && isTrouble(name) && countOf(first, name) > 0 ? 'sealpost-monitor__bad' : ''}
            >
              <span className="sealpost-monitor__count">{first && number(countOf(first, name))}</span>
              <span>{t(`monitor.view.${name}`)}</span>
            </Link>
          ))}
        </nav>
        {pages.isError && <ProblemAlert error={pages.error} />}
        {pages.isPending && <Loading />}
        {first && items.length === 0 && (
          <EmptyState variant="sm" headingLevel="h2" titleText={t('monitor.empty.title')}>
            <EmptyStateBody>{t(`monitor.empty.${view}`)}</EmptyStateBody>
          </EmptyState>
        )}
        {items.length > 0 && <Watched items={items} label={t(`monitor.view.${view}`)} />}
        <EndlessEnd pages={pages} />
        {first && <Nodes nodes={first.nodes} />}
      </PageSection>
    </>
  );
}

function isTrouble(view: MonitorView): boolean {
  return view === 'late' || view === 'undelivered' || view === 'refused';
}

function countOf({ counts }: Monitor, view: MonitorView): number {
  return view === 'open'
    ? counts.inTransit + counts.unacknowledged + counts.undelivered
    : counts[counted[view]];
}

/** Today's rates with their targets. */
function Today() {
  const { t } = useTranslation();
  const range = { from: today(), to: today() };
  const { data } = useQuery({
    queryKey: ['statistics', range],
    queryFn: ({ signal }) => get<ExchangeStatistics>(`/statistics/exchange${query(range)}`, signal),
    refetchInterval: every * 2,
    refetchOnWindowFocus: false,
  });
  if (data === undefined) return null;
  return (
    <div className="sealpost-monitor__today">
      <RateBar label={t('monitor.signedToday')} rate={data.signed} />
      <RateBar label={t('monitor.exchangedToday')} rate={data.exchanged} />
    </div>
  );
}
