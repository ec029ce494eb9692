import { Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { ExchangeStatistics } from '../../api/types';
import { number } from '../../formats/numbers';

/** Recipients that have not answered in time, the most first. */
export function Overdue({ agencies }: { readonly agencies: ExchangeStatistics['overdue'] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...agencies.map(({ count }) => count));
  return (
    <section>
      <Title headingLevel="h2" size="md">
        {t('statistics.overdueBy')}
      </Title>
      {agencies.length === 0 ? (
        <p>{t('statistics.noneOverdue')}</p>
      ) : (
        <ol className="sealpost-statistics__overdue">
          {agencies.map(({ agencyId, name, count }) => (
            <li key={agencyId}>
              <span>{name}</span>
              <span className="sealpost-number">
                {t('statistics.documents', { count, shown: number(count) })}
              </span>
              <span
                aria-hidden="true"
                className="sealpost-statistics__late"
                style={{ inlineSize: `${(count * 100) / most}%` }}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
