import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { AdministeredAgency } from '../../api/types';
import { number } from '../../formats/numbers';
import { EndlessList } from '../../parts/endless-list';
import { query, useAddress } from '../../parts/use-address';
import { Administration } from './administration';
import { SearchField } from './search-field';
import { Validity } from './validity';

/** The own agency and all below it. */
export default function AgenciesPage() {
  const { t } = useTranslation();
  const title = t('administration.agencies.title');
  const path = `/admin/agencies${query({ query: useAddress().value('q').trim() })}`;
  return (
    <Administration part="agencies" title={title} lead={t('administration.agencies.lead')}>
      <SearchField label={t('administration.agencies.find')} hint={t('administration.field.findHint')} />
      <EndlessList<AdministeredAgency>
        path={path}
        label={title}
        empty={t('administration.agencies.empty')}
        idOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('administration.agencies.name'),
            cell: ({ id, name }) => <Link href={`/administration/agencies/${id}`}>{name}</Link>,
          },
          {
            key: 'code',
            title: t('administration.agencies.code'),
            cell: ({ code }) => <span className="sealpost-number">{code}</span>,
          },
          {
            key: 'bloc',
            title: t('administration.agencies.bloc'),
            cell: ({ bloc }) => t(`administration.bloc.${bloc}`),
          },
          {
            key: 'level',
            title: t('administration.agencies.level'),
            cell: ({ level }) => t(`administration.level.${level}`),
          },
          {
            key: 'people',
            title: t('administration.agencies.people'),
            cell: ({ people }) => <span className="sealpost-number">{number(people)}</span>,
          },
          {
            key: 'validity',
            title: t('administration.validity.label'),
            cell: (agency) => <Validity of={agency} />,
          },
        ]}
      />
    </Administration>
  );
}
