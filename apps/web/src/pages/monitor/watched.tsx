import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { WatchedDelivery } from '../../api/types';
import { moment } from '../../formats/moments';
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
    <Table aria-label={label} variant="compact" gridBreakPoint="grid-lg" className="sealpost-list">
      <Thead>
        <Tr>
          <Th modifier="nowrap">{t('monitor.symbol')}</Th>
          <Th className="sealpost-list__wide">{t('monitor.recipient')}</Th>
          <Th modifier="nowrap">{t('common.state')}</Th>
          <Th modifier="nowrap">{t('monitor.sent')}</Th>
          <Th modifier="nowrap">{t('monitor.due')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {items.map((item) => (
          <Tr key={item.id}>
            <Td dataLabel={t('monitor.symbol')}>
              <Link href={`/outgoing/${item.documentId}`} className="sealpost-number">
                {item.symbol ?? t('monitor.noSymbol')}
              </Link>{' '}
              <UrgencyMark urgency={item.urgency} />
            </Td>
            <Td dataLabel={t('monitor.recipient')}>
              {item.recipient.name}
              <Trouble item={item} />
            </Td>
            <Td dataLabel={t('common.state')}>
              <DeliveryStateMark state={item.state} />
            </Td>
            <Td dataLabel={t('monitor.sent')}>
              <span className="sealpost-number">
                {item.sentAt === null ? t('monitor.notSent') : moment(item.sentAt)}
              </span>
            </Td>
            <Td dataLabel={t('monitor.due')}>
              {item.dueAt !== null && <span className="sealpost-number">{moment(item.dueAt)}</span>}
              {item.late && <strong className="sealpost-monitor__late">{t('monitor.late')}</strong>}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
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
