import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { WatchedDelivery } from '../../api/types';
import { moment } from '../../formats/moments';
import { ItemTable } from '../../parts/item-table';
import { UrgencyMark } from '../../parts/marks';
import { DeliveryStateMark } from '../../parts/state-marks';

interface Props {
  readonly items: readonly WatchedDelivery[];
  readonly label: string;
}

/** A line for each document on its way to a recipient. */
export function Watched({ items, label }: Props) {
  const { t } = useTranslation();
  return (
    <ItemTable
      label={label}
      crowded
      items={items}
      idOf={({ id }) => id}
      columns={[
        {
          key: 'symbol',
          title: t('monitor.symbol'),
          cell: ({ documentId, symbol, urgency }) => (
            <>
              <Link href={`/outgoing/${documentId}`} className="sealpost-number">
                {symbol ?? t('monitor.noSymbol')}
              </Link>{' '}
              <UrgencyMark urgency={urgency} />
            </>
          ),
        },
        {
          key: 'recipient',
          title: t('monitor.recipient'),
          wide: true,
          cell: (item) => (
            <>
              {item.recipient.name}
              <Trouble item={item} />
            </>
          ),
        },
        {
          key: 'state',
          title: t('common.state'),
          cell: ({ state }) => <DeliveryStateMark state={state} />,
        },
        {
          key: 'sent',
          title: t('monitor.sent'),
          cell: ({ sentAt }) => (
            <span className="sealpost-number">{sentAt === null ? t('monitor.notSent') : moment(sentAt)}</span>
          ),
        },
        {
          key: 'due',
          title: t('monitor.due'),
          cell: ({ dueAt, late }) => (
            <>
              {dueAt !== null && <span className="sealpost-number">{moment(dueAt)}</span>}
              {late && <strong className="sealpost-monitor__late">{t('monitor.late')}</strong>}
            </>
          ),
        },
      ]}
    />
  );
}

/** Why it does not come further, and what was tried. */
function Trouble({ item: { refusalReason, lastError, attempts } }: { readonly item: WatchedDelivery }) {
  const { t } = useTranslation();
  if (refusalReason === null && lastError === null) return null;
  return (
    <div className="sealpost-monitor__trouble">
      {refusalReason !== null && t('monitor.refusedFor', { reason: refusalReason })}
      {lastError !== null && t('monitor.failed', { count: attempts, code: lastError })}
    </div>
  );
}
