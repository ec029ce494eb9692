import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';

import type { DeliveryStatus, DispatchView } from '../../api/types';
import { moment } from '../../formats/moments';

export interface Stage {
  readonly name: ParseKeys & `document.stage.${string}`;
  readonly state: 'done' | 'failed' | 'open';
  /** When, where it is known; ISO 8601. */
  readonly at?: string | null;
}

/** How far a document has come at one recipient, on one line: what is done is filled, what failed is struck red. */
export function Stages({ stages }: { readonly stages: readonly Stage[] }) {
  const { t } = useTranslation();
  return (
    <ol className="sealpost-stages">
      {stages.map(({ name, state, at }) => (
        <li key={name} className={`sealpost-stages--${state}`} {...(at && { title: moment(at) })}>
          {t(name)}
          <span className="pf-v6-screen-reader">
            {' '}
            {t(state === 'done' ? 'document.stage.isDone' : 'document.stage.isNot')}
            {at && ` ${moment(at)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** How many of the five stages a state has behind it; what is in progress (05) has been assigned. */
const steps: Readonly<Record<DeliveryStatus['state'], number>> = {
  QUEUED: 0,
  NON_DELIVERED: 0,
  SENT: 1,
  '01': 2,
  '02': 2,
  '03': 3,
  '04': 4,
  '05': 4,
  '06': 5,
};

/** Sent → arrived → accepted → assigned → done. */
export function stagesOf(delivery: DeliveryStatus): readonly Stage[] {
  const { state, sentAt, consignedAt, settledAt } = delivery;
  if (state === 'NON_DELIVERED') return [{ name: 'document.stage.nonDelivered', state: 'failed' }];
  const reached = steps[state];
  const from = (step: number): Stage['state'] => (reached >= step ? 'done' : 'open');
  return [
    { name: 'document.stage.sent', state: from(1), at: sentAt },
    { name: 'document.stage.arrived', state: from(2), at: consignedAt },
    ...(state === '02'
      ? [{ name: 'document.stage.refused', state: 'failed', at: settledAt } as const]
      : ([
          { name: 'document.stage.accepted', state: from(3), at: settledAt },
          { name: 'document.stage.assigned', state: from(4) },
          { name: 'document.stage.done', state: from(5) },
        ] as const)),
  ];
}

/** Paper: handed over → signed for. */
export function paperStagesOf({ handedAt, receivedAt }: DispatchView): readonly Stage[] {
  return [
    { name: 'document.stage.handed', state: handedAt === null ? 'open' : 'done', at: handedAt },
    { name: 'document.stage.received', state: receivedAt === null ? 'open' : 'done', at: receivedAt },
  ];
}
