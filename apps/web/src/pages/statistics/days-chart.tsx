import { ExpandableSection, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';

import type { ExchangeDay } from '../../api/types';
import { day } from '../../formats/moments';
import { number } from '../../formats/numbers';

const series = ['issued', 'received'] as const;
const height = 60;

/** Documents of each day, sent above and received below on one scale; every number also as a table. */
export function DaysChart({ days }: { readonly days: readonly ExchangeDay[] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...days.flatMap(({ issued, received }) => [issued, received]));
  const busy = days.filter(({ issued, received }) => issued + received > 0).toReversed();
  return (
    <section>
      <Title headingLevel="h2" size="md">
        {t('statistics.byDay')}
      </Title>
      {series.map((name) => (
        <Bars key={name} name={name} days={days} most={most} />
      ))}
      {busy.length > 0 && (
        <ExpandableSection toggleText={t('statistics.asTable')}>
          <Table aria-label={t('statistics.byDay')} variant="compact" gridBreakPoint="">
            <Thead>
              <Tr>
                <Th>{t('common.date')}</Th>
                {series.map((name) => (
                  <Th key={name}>{t(`statistics.${name}`)}</Th>
                ))}
              </Tr>
            </Thead>
            <Tbody>
              {busy.map((each) => (
                <Tr key={each.date}>
                  <Td>
                    <span className="sealpost-number">{day(each.date)}</span>
                  </Td>
                  {series.map((name) => (
                    <Td key={name}>{number(each[name])}</Td>
                  ))}
                </Tr>
              ))}
            </Tbody>
          </Table>
        </ExpandableSection>
      )}
    </section>
  );
}

interface Props {
  readonly name: (typeof series)[number];
  readonly days: readonly ExchangeDay[];
  readonly most: number;
}

function Bars({ name, days, most }: Props) {
  const { t } = useTranslation();
  const total = days.reduce((sum, each) => sum + each[name], 0);
  const top = days.reduce<ExchangeDay | undefined>(
    (best, each) => (best === undefined || each[name] > best[name] ? each : best),
    undefined,
  );
  const words =
    total === 0 || top === undefined
      ? t('statistics.noDays', { name: t(`statistics.${name}`) })
      : t('statistics.daysInWords', {
          name: t(`statistics.${name}`),
          total: number(total),
          most: number(top[name]),
          day: day(top.date),
        });
  return (
    <figure className="sealpost-statistics__days">
      <figcaption>{words}</figcaption>
      <svg viewBox={`0 0 ${days.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {days.map((each, index) => {
          const tall = (each[name] * height) / most;
          return (
            <rect key={each.date} x={index + 0.1} y={height - tall} width={0.8} height={tall}>
              <title>{`${day(each.date)}: ${number(each[name])}`}</title>
            </rect>
          );
        })}
      </svg>
      <div aria-hidden="true" className="sealpost-statistics__ends sealpost-number">
        <span>{days[0] && day(days[0].date)}</span>
        <span>{days.length > 1 && day(days.at(-1)?.date ?? '')}</span>
      </div>
    </figure>
  );
}
