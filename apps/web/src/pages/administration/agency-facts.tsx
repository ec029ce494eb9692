import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { AdministeredAgency, Agency } from '../../api/types';

/** What an agency is. */
export function AgencyFacts({ agency }: { readonly agency: AdministeredAgency }) {
  const { t } = useTranslation();
  const { code, shortName, symbol, bloc, level, place, contact080, people, successorId } = agency;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [t('administration.agencies.code'), <span className="sealpost-number">{code}</span>],
    [t('administration.agencies.shortName'), shortName],
    [t('administration.agencies.symbol'), symbol],
    [t('administration.agencies.bloc'), t(`administration.bloc.${bloc}`)],
    [t('administration.agencies.level'), t(`administration.level.${level}`)],
    [t('administration.agencies.place'), place],
    [t('administration.agencies.people'), t('administration.agencies.peopleCount', { count: people })],
  ];
  return (
    <DescriptionList
      isCompact
      columnModifier={{ default: '1Col', md: '2Col', xl: '3Col' }}
      className="sealpost-facts"
    >
      {facts.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
      {contact080 !== null && <Fact name={t('administration.agencies.contact080Name')} value={contact080} />}
      {successorId !== null && (
        <Fact name={t('administration.agencies.successor')} value={<AgencyName id={successorId} />} />
      )}
    </DescriptionList>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>{value}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

/** A successor may lie outside what is administered: the directory names it. */
function AgencyName({ id }: { readonly id: string }) {
  const { data } = useQuery({
    queryKey: ['agency-name', id],
    queryFn: ({ signal }) => get<Agency>(`/agencies/${id}`, signal),
    staleTime: Infinity,
  });
  return data?.name;
}
