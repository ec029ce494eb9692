import { EmptyState, Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { Readers as ReadersAnswer } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { ItemTable } from '../../parts/item-table';
import { NotYet } from '../../parts/loading';
import { query } from '../../parts/use-address';
import type { Scope } from './use-scope';

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
  if (data === undefined || error !== null) return <NotYet error={error} />;
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
      <ItemTable
        label={t('inspection.timeline.tab.opened')}
        crowded
        items={items}
        idOf={({ personId, agencyName }) => `${personId} ${agencyName ?? ''}`}
        columns={[
          {
            key: 'person',
            title: t('inspection.readers.person'),
            wide: true,
            cell: ({ personId, fullName, agencyName }) => (
              <>
                <Link href={`/trail${scope.address({ document: documentId, person: personId })}`}>
                  {fullName}
                </Link>
                <div className="sealpost-quiet">{agencyName}</div>
              </>
            ),
          },
          { key: 'times', title: t('inspection.readers.times'), cell: ({ times }) => number(times) },
          {
            key: 'first',
            title: t('inspection.readers.first'),
            cell: ({ first }) => <span className="sealpost-number">{moment(first)}</span>,
          },
          {
            key: 'last',
            title: t('inspection.readers.last'),
            cell: ({ last }) => <span className="sealpost-number">{moment(last)}</span>,
          },
        ]}
      />
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
      <ItemTable
        label={t('inspection.timeline.tab.able')}
        crowded
        items={items}
        idOf={({ personId, postTitle, validFrom }) => `${personId} ${postTitle} ${validFrom}`}
        columns={[
          {
            key: 'person',
            title: t('inspection.readers.person'),
            wide: true,
            cell: ({ fullName, postTitle, agencyName }) => (
              <>
                {fullName}
                <div className="sealpost-quiet">
                  {postTitle} · {agencyName}
                </div>
              </>
            ),
          },
          {
            key: 'roles',
            title: t('inspection.readers.roles'),
            cell: ({ roles }) => roles.map((role) => t(`inspection.role.${role}`)).join(', '),
          },
          {
            key: 'held',
            title: t('inspection.readers.held'),
            cell: ({ validFrom, validTo }) =>
              validTo === null
                ? t('inspection.readers.since', { day: day(validFrom) })
                : t('inspection.readers.until', { day: day(validFrom), end: day(validTo) }),
          },
          {
            key: 'opened',
            title: t('inspection.readers.opened'),
            cell: ({ opened }) => (
              <Label color={opened ? 'blue' : 'grey'}>
                {t(opened ? 'inspection.readers.opened' : 'inspection.readers.notOpened')}
              </Label>
            ),
          },
        ]}
      />
    </>
  );
}
