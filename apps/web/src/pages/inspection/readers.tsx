import { EmptyState, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { Readers as ReadersAnswer } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { ProblemAlert } from '../../parts/problem-alert';
import { query } from '../../parts/use-address';
import type { Scope } from './use-scope';
import { Loading } from '../../parts/loading';

interface Props {
  readonly documentId: string;
  readonly scope: Scope;
  readonly which: 'opened' | 'able';
}

/** Who has opened a document, or who could have by office and role. */
export function Readers({ documentId, scope, which }: Props) {
  const { data, error } = useQuery({
    queryKey: ['readers', documentId, scope.asked],
    queryFn: ({ signal }) =>
      get<ReadersAnswer>(`/audit/documents/${documentId}/readers${query(scope.asked)}`, signal),
    // Each reading stands in the trail: none without need.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  if (error !== null) return <ProblemAlert error={error} />;
  if (data === undefined) return <Loading />;
  return which === 'opened' ? (
    <Opened items={data.opened} documentId={documentId} scope={scope} />
  ) : (
    <Able items={data.couldHave} />
  );
}

interface OpenedProps extends Omit<Props, 'which'> {
  readonly items: ReadersAnswer['opened'];
}

function Opened({ items, documentId, scope }: OpenedProps) {
  const { t } = useTranslation();
  if (items.length === 0)
    return <EmptyState variant="sm" headingLevel="h2" titleText={t('inspection.readers.noneOpened')} />;
  return (
    <>
      <p>{t('inspection.readers.openedLead')}</p>
      <Table
        aria-label={t('inspection.timeline.tab.opened')}
        variant="compact"
        gridBreakPoint="grid-lg"
        className="sealpost-list"
      >
        <Thead>
          <Tr>
            <Th>{t('inspection.readers.person')}</Th>
            <Th modifier="nowrap">{t('inspection.readers.times')}</Th>
            <Th modifier="nowrap">{t('inspection.readers.first')}</Th>
            <Th modifier="nowrap">{t('inspection.readers.last')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {items.map(({ personId, fullName, agencyName, times, first, last }) => (
            <Tr key={`${personId} ${agencyName ?? ''}`}>
              <Td dataLabel={t('inspection.readers.person')}>
                <Link href={`/trail${scope.address({ document: documentId, person: personId })}`}>
                  {fullName}
                </Link>
                <div className="sealpost-quiet">{agencyName}</div>
              </Td>
              <Td dataLabel={t('inspection.readers.times')}>{number(times)}</Td>
              <Td dataLabel={t('inspection.readers.first')}>
                <span className="sealpost-number">{moment(first)}</span>
              </Td>
              <Td dataLabel={t('inspection.readers.last')}>
                <span className="sealpost-number">{moment(last)}</span>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

function Able({ items }: { readonly items: ReadersAnswer['couldHave'] }) {
  const { t } = useTranslation();
  if (items.length === 0)
    return <EmptyState variant="sm" headingLevel="h2" titleText={t('inspection.readers.noneAble')} />;
  return (
    <>
      <p>{t('inspection.readers.ableLead')}</p>
      <Table
        aria-label={t('inspection.timeline.tab.able')}
        variant="compact"
        gridBreakPoint="grid-lg"
        className="sealpost-list"
      >
        <Thead>
          <Tr>
            <Th>{t('inspection.readers.person')}</Th>
            <Th modifier="nowrap">{t('inspection.readers.roles')}</Th>
            <Th modifier="nowrap">{t('inspection.readers.held')}</Th>
            <Th modifier="nowrap">{t('inspection.readers.opened')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {items.map((holder) => (
            <Tr key={`${holder.personId} ${holder.postTitle} ${holder.validFrom}`}>
              <Td dataLabel={t('inspection.readers.person')}>
                {holder.fullName}
                <div className="sealpost-quiet">
                  {holder.postTitle} · {holder.agencyName}
                </div>
              </Td>
              <Td dataLabel={t('inspection.readers.roles')}>
                {holder.roles.map((role) => t(`inspection.role.${role}`)).join(', ')}
              </Td>
              <Td dataLabel={t('inspection.readers.held')}>
                {holder.validTo === null
                  ? t('inspection.readers.since', { day: day(holder.validFrom) })
                  : t('inspection.readers.until', { day: day(holder.validFrom), end: day(holder.validTo) })}
              </Td>
              <Td dataLabel={t('inspection.readers.opened')}>
                <Label color={holder.opened ? 'blue' : 'grey'}>
                  {t(holder.opened ? 'inspection.readers.opened' : 'inspection.readers.notOpened')}
                </Label>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
