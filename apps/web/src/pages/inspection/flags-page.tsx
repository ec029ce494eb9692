import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { FlagAnswer } from '../../api/types';
import { dayLater, today } from '../../formats/moments';
import { PageTitle } from '../../parts/page-title';
import { NotYet } from '../../parts/loading';
import { query, useAddress } from '../../parts/use-address';
import { DayField } from '../../parts/when-fields';
import { FlagsOfRule } from './flags-of-rule';
import './inspection.css';
import { ScopeChoice } from './scope-choice';
import type { Scope } from './use-scope';
import { useScope } from './use-scope';

/** What the rules noticed within some days, each rule with what it counts. */
export default function FlagsPage() {
  const { t } = useTranslation();
  const scope = useScope();
  return (
    <>
      <PageTitle title={t('inspection.flags.title')} lead={t('inspection.flags.lead')} />
      <PageSection hasBodyWrapper={false} className="sealpost-inspection">
        <ScopeChoice scope={scope} />
        {scope.chosen !== '' && <Flags scope={scope} />}
      </PageSection>
    </>
  );
}

function Flags({ scope }: { readonly scope: Scope }) {
  const { t } = useTranslation();
  const address = useAddress();
  const days = {
    from: address.value('from') || dayLater(today(), -6),
    to: address.value('to') || today(),
  };
  const path = `/audit/flags${query({
    ...scope.asked,
    from: `${days.from}T00:00:00+07:00`,
    to: `${dayLater(days.to, 1)}T00:00:00+07:00`,
  })}`;
  const { data, error } = useQuery({
    queryKey: ['flags', path],
    queryFn: ({ signal }) => get<FlagAnswer>(path, signal),
    // Each reading stands in the trail: none without need.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <div className="sealpost-filter" role="search" aria-label={t('inspection.flags.days')}>
        {(['from', 'to'] as const).map((edge) => (
          <DayField
            key={edge}
            label={t(`common.${edge}`)}
            value={days[edge]}
            onChange={(value) => {
              address.change({ [edge]: value });
            }}
          />
        ))}
      </div>
      {(!data || error) && <NotYet error={error} />}
      {data && (
        <>
          <p role="status" className="sealpost-inspection__count">
            {data.items.length === 0
              ? t('inspection.flags.none')
              : t('inspection.flags.found', { count: data.items.length })}
          </p>
          {data.rules.map((rule) => (
            <FlagsOfRule
              key={rule.code}
              rule={rule}
              items={data.items.filter((flag) => flag.rule === rule.code)}
              scope={scope}
            />
          ))}
        </>
      )}
    </>
  );
}
