import { Button, PageSection, Title } from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { ExchangeStatistics } from '../../api/types';
import { day, dayLater, today } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { PageTitle } from '../../parts/page-title';
import { NotYet } from '../../parts/loading';
import { RateBar } from '../../parts/rate-bar';
import type { Address } from '../../parts/use-address';
import { query, useAddress } from '../../parts/use-address';
import { DayField } from '../../parts/when-fields';
import { DaysChart } from './days-chart';
import { Overdue } from './overdue';
import './statistics.css';

/** What leaders look at: how much is signed and exchanged digitally, how much arrives and is settled, who is late. */
export default function StatisticsPage() {
  const { t } = useTranslation();
  const address = useAddress();
  const range = { from: address.value('from'), to: address.value('to') };
  const { data, error } = useQuery({
    queryKey: ['statistics', range],
    queryFn: ({ signal }) => get<ExchangeStatistics>(`/statistics/exchange${query(range)}`, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return (
    <>
      <PageTitle
        title={t('statistics.title')}
        // An empty line keeps what is below in its place.
        lead={data ? t('statistics.range', { from: day(data.from), to: day(data.to) }) : '\u00A0'}
      />
      <PageSection hasBodyWrapper={false} className="sealpost-statistics">
        <Days address={address} />
        {(!data || error) && <NotYet error={error} />}
        {data && <Figures data={data} />}
      </PageSection>
    </>
  );
}

/** First day of the last 30, counted with today. */
function monthAgo(): string {
  return dayLater(today(), -29);
}

function Days({ address }: { readonly address: Address }) {
  const { t } = useTranslation();
  const ranges = [
    { name: t('statistics.year'), from: '', to: '' },
    { name: t('statistics.month'), from: monthAgo(), to: today() },
    { name: t('statistics.today'), from: today(), to: today() },
  ];
  return (
    <div className="sealpost-filter" role="search" aria-label={t('statistics.days')}>
      {(['from', 'to'] as const).map((edge) => (
        <DayField
          key={edge}
          label={t(`common.${edge}`)}
          value={address.value(edge)}
          onChange={(value) => {
            address.change({ [edge]: value });
          }}
        />
      ))}
      <div className="sealpost-actions sealpost-statistics__ranges">
        {ranges.map(({ name, from, to }) => (
          <Button
            key={name}
            variant="secondary"
            size="sm"
            aria-pressed={address.value('from') === from && address.value('to') === to}
            onClick={() => {
              address.change({ from, to });
            }}
          >
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}

function Figures({ data }: { readonly data: ExchangeStatistics }) {
  const { t } = useTranslation();
  const { signed, exchanged, incoming, overdue, days } = data;
  return (
    <>
      <div className="sealpost-statistics__rates">
        <RateBar label={t('statistics.signed')} rate={signed} />
        <RateBar label={t('statistics.exchanged')} rate={exchanged} />
      </div>
      <section>
        <Title headingLevel="h2" size="md">
          {t('statistics.incoming')}
        </Title>
        <dl className="sealpost-statistics__figures">
          {(['received', 'settled', 'overdue', 'handlingOverdue'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`statistics.${name === 'received' ? 'arrived' : name}`)}</dt>
              <dd className="sealpost-number">{number(incoming[name])}</dd>
            </div>
          ))}
        </dl>
      </section>
      <DaysChart days={days} />
      <Overdue agencies={overdue} />
    </>
  );
}
