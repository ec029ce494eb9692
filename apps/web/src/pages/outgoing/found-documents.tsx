import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { FoundDocument } from '../../api/types';
import { day } from '../../formats/moments';
import { EndlessList } from '../../parts/endless-list';

/** Numbered documents that hold these words, with or without accents. */
export function FoundDocuments({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  return (
    <EndlessList<FoundDocument>
      path={`/search?kind=outgoing&q=${encodeURIComponent(words)}`}
      label={t('outgoing.title')}
      crowded
      empty={t('outgoing.notFound')}
      idOf={({ id }) => id}
      columns={[
        {
          key: 'symbol',
          title: t('outgoing.column.symbol'),
          cell: ({ symbol }) => <span className="sealpost-number">{symbol}</span>,
        },
        {
          key: 'date',
          title: t('outgoing.column.date'),
          cell: ({ issuedOn, date }) => <span className="sealpost-number">{day(issuedOn ?? date)}</span>,
        },
        {
          key: 'abstract',
          title: t('outgoing.column.abstract'),
          wide: true,
          cell: ({ id, typeName, abstract }) => (
            <Link href={`/outgoing/${id}`} className="sealpost-abstract">
              {typeName}: {abstract ?? t('outgoing.noAbstract')}
            </Link>
          ),
        },
      ]}
    />
  );
}
