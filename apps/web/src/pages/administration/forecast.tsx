import { Alert, ExpandableSection, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { ForecastMonth, Page } from '../../api/types';
import { day, today } from '../../formats/moments';
import { ProblemAlert } from '../../parts/problem-alert';

/** Who cannot sign, or soon will not: a sentence for each month of the coming year, and behind it every name. */
export function Forecast() {
  const { t } = useTranslation();
  const id = useId();
  const { data, error } = useQuery({
    queryKey: ['forecast'],
    queryFn: ({ signal }) => get<Page<ForecastMonth>>('/admin/certificates/forecast', signal),
    refetchOnWindowFocus: false,
  });
  const months = data?.items.filter(({ month }) => month === 'now' || month <= inOneYear());
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {t('administration.certificates.forecast')}
      </Title>
      {error && <ProblemAlert error={error} />}
      {months?.length === 0 && (
        <Alert
          isInline
          component="p"
          variant="success"
          title={t('administration.certificates.forecastFine')}
        />
      )}
      {months?.map((month) => (
        <Month key={month.month} month={month} />
      ))}
    </section>
  );
}

/** `2027-11` */
function inOneYear(): string {
  const [year = '', month = ''] = today().split('-');
  return `${Number(year) + 1}-${month}`;
}

function Month({ month }: { readonly month: ForecastMonth }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const names = [
    ...month.people.map(({ personId, fullName, posts, lastDay }) => ({
      key: personId,
      name: fullName,
      about: posts.map(({ title, agencyName }) => `${title}, ${agencyName}`).join('; '),
      lastDay,
    })),
    ...month.agencies.map(({ agencyId, name, use, lastDay }) => ({
      key: `${agencyId} ${use}`,
      name,
      about: t(`administration.use.${use}`),
      lastDay,
    })),
  ];
  return (
    <Alert
      isInline
      component="h3"
      variant={month.month === 'now' ? 'danger' : 'warning'}
      title={sentenceOf(t, month)}
    >
      <ExpandableSection
        toggleText={t('administration.certificates.showWho', { count: names.length })}
        isExpanded={isOpen}
        onToggle={(_event, next) => {
          setOpen(next);
        }}
      >
        <ul className="sealpost-lines">
          {names.map(({ key, name, about, lastDay }) => (
            <li key={key}>
              {name} <span className="sealpost-quiet">({about})</span>:{' '}
              {lastDay === null
                ? t('administration.certificates.noCertificate')
                : t('administration.certificates.lastDay', { day: day(lastDay) })}
            </li>
          ))}
        </ul>
      </ExpandableSection>
    </Alert>
  );
}

/** `12 lãnh đạo và 2 cơ quan không ký được sau 01/12/2026`: after that day none of them can any more. */
function sentenceOf(t: TFunction, { month, people, agencies }: ForecastMonth): string {
  const count = new Set(agencies.map(({ agencyId }) => agencyId)).size;
  const leaders = t('administration.certificates.leaders', { count: people.length });
  const offices = t('administration.certificates.agencies', { count });
  const both = t('administration.certificates.both', { leaders, agencies: offices });
  const who = people.length === 0 ? offices : count === 0 ? leaders : both;
  if (month === 'now') return t('administration.certificates.unableNow', { who });
  const last =
    [...people, ...agencies]
      .map(({ lastDay }) => lastDay ?? '')
      .toSorted()
      .at(-1) ?? '';
  return t('administration.certificates.unableAfter', { who, day: day(last) });
}
