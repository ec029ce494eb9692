import { PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { DocumentSummary } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { EndlessList } from '../../parts/endless-list';
import { OutgoingState, SecrecyMark, UrgencyMark } from '../../parts/marks';
import { PageTitle } from '../../parts/page-title';
import { highestOf, useSecrecyOnScreen } from '../../shell/secrecy';

export default function OutgoingList() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t('outgoing.title')} />
      <PageSection hasBodyWrapper={false}>
        <EndlessList<DocumentSummary>
          path="/documents"
          label={t('outgoing.title')}
          empty={t('outgoing.empty')}
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
              cell: ({ date }) => <span className="sealpost-number">{date ? day(date) : ''}</span>,
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
              cell: ({ state }) => <OutgoingState state={state} />,
            },
            {
              key: 'changed',
              title: t('outgoing.column.changed'),
              cell: ({ changedAt }) => <span className="sealpost-number">{moment(changedAt)}</span>,
            },
          ]}
        >
          {(items) => <Secrecy items={items} />}
        </EndlessList>
      </PageSection>
    </>
  );
}

function Secrecy({ items }: { readonly items: readonly DocumentSummary[] }) {
  useSecrecyOnScreen(highestOf(items.map(({ secrecy }) => secrecy)));
  return null;
}
