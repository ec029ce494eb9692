import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { IncomingSummary, Page } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { DeskList } from '../../parts/desk-list';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { usePages } from '../../parts/use-pages';
import type { ShownView } from './views';
import { documentAddress } from './views';

interface Props {
  readonly view: Exclude<ShownView, 'assigned'>;
  /** The document that lies open beside the list. */
  readonly chosen: string | undefined;
}

/** One view as a list; what is express stands first where work waits. */
export function IncomingList({ view, chosen }: Props) {
  const { t } = useTranslation();
  const pages = usePages<Page<IncomingSummary>>(view === 'all' ? '/incoming' : `/incoming?view=${view}`, {
    every: 30_000,
  });
  const all = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <DeskList
      pages={pages}
      items={view === 'all' || view === 'done' ? all : expressFirst(all)}
      label={t('incoming.list')}
      empty={{ title: t('common.empty'), text: t(`incoming.empty.${view}`) }}
      chosen={chosen}
      addressOf={({ id }) => documentAddress(view, id)}
      row={(item) => <Item item={item} />}
    />
  );
}

function Item({ item }: { readonly item: IncomingSummary }) {
  const { t } = useTranslation();
  const { handling } = item;
  return (
    <>
      <span className="sealpost-desk__head">
        <span className="sealpost-number">{item.symbol ?? t('incoming.noSymbol')}</span>
        <UrgencyMark urgency={item.urgency} />
        <SecrecyMark secrecy={item.secrecy} />
        {handling?.overdue && (
          <Label isCompact color="red">
            {t('incoming.overdue')}
          </Label>
        )}
      </span>
      <span className="sealpost-abstract">{item.abstract ?? t('incoming.noAbstract')}</span>
      <span className="sealpost-quiet">{item.sender.name}</span>
      <span className="sealpost-quiet">
        {item.arrivalNumber !== null &&
          `${t('incoming.arrivalShort', { number: number(item.arrivalNumber) })} · `}
        {item.state === '01' && item.ackDueAt !== null
          ? t('incoming.ackShort', { moment: moment(item.ackDueAt) })
          : handling?.due
            ? t('incoming.dueShort', { date: day(handling.due) })
            : t('incoming.arrived', { moment: moment(item.arrivedAt) })}
      </span>
    </>
  );
}

const expressFirst = (items: readonly IncomingSummary[]): readonly IncomingSummary[] => [
  ...items.filter(({ express }) => express),
  ...items.filter(({ express }) => !express),
];
