import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { DocumentState, DocumentSummary } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { EndlessList } from '../../parts/endless-list';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { OutgoingState } from '../../parts/state-marks';
import { useSession } from '../../shell/session';
import { highestOf, useSecrecyOnScreen } from '../../shell/secrecy';
import { QuickAct } from './quick-act';

/** The list by state, the latest change first; the clerk does the next step from the row. */
export function OutgoingDocuments({ state }: { readonly state: DocumentState | undefined }) {
  const { t } = useTranslation();
  const isClerk = useSession().policies.includes('document.number');
  return (
    <EndlessList<DocumentSummary>
      path={state === undefined ? '/documents' : `/documents?state=${state}`}
      label={t('outgoing.title')}
      crowded
      empty={t(state === undefined ? 'outgoing.empty' : 'outgoing.emptyState')}
      idOf={({ id }) => id}
      columns={[
        {
          key: 'symbol',
          title: t('outgoing.column.symbol'),
          cell: ({ symbol }) =>
            symbol ? (
              <span className="sealpost-number">{symbol}</span>
            ) : (
              <span className="sealpost-quiet">{t('outgoing.noNumber')}</span>
            ),
        },
        {
          key: 'date',
          title: t('outgoing.column.date'),
          cell: ({ date }) => date && <span className="sealpost-number">{day(date)}</span>,
        },
        {
          key: 'abstract',
          title: t('outgoing.column.abstract'),
          wide: true,
          cell: (document) => (
            <span className="sealpost-abstract">
              <UrgencyMark urgency={document.urgency} /> <SecrecyMark secrecy={document.secrecy} />{' '}
              <Link href={`/outgoing/${document.id}`}>
                {document.typeName}: {document.abstract ?? t('outgoing.noAbstract')}
              </Link>
            </span>
          ),
        },
        {
          key: 'state',
          title: t('outgoing.column.state'),
          cell: ({ state: stands }) => <OutgoingState state={stands} />,
        },
        isClerk
          ? {
              key: 'act',
              title: t('document.fact.next'),
              cell: (document) => <QuickAct document={document} />,
            }
          : {
              key: 'changed',
              title: t('outgoing.column.changed'),
              cell: ({ changedAt }) => <span className="sealpost-number">{moment(changedAt)}</span>,
            },
      ]}
    >
      {(items) => <Secrecy items={items} />}
    </EndlessList>
  );
}

function Secrecy({ items }: { readonly items: readonly DocumentSummary[] }) {
  useSecrecyOnScreen(highestOf(items.map(({ secrecy }) => secrecy)));
  return null;
}
