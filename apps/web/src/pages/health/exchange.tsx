import { Title } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { NodeHealth } from '../../api/types';
import { moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { ItemTable } from '../../parts/item-table';

/** The nodes that the directory knows, and what still waits for each. */
export function Exchange({ nodes }: Pick<NodeHealth, 'nodes'>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {t('health.nodes')}
      </Title>
      <ItemTable
        label={t('health.nodes')}
        items={nodes}
        idOf={({ nodeId }) => nodeId}
        columns={[
          {
            key: 'node',
            title: t('health.node'),
            cell: ({ nodeId, here }) => (
              <>
                {nodeId}
                {here && <span className="sealpost-quiet"> {t('health.here')}</span>}
              </>
            ),
          },
          { key: 'agencies', title: t('health.agencies'), cell: ({ agencies }) => number(agencies) },
          { key: 'waiting', title: t('health.waiting'), cell: ({ waiting }) => number(waiting) },
          {
            key: 'oldest',
            title: t('health.oldest'),
            cell: ({ oldest }) =>
              oldest !== null && <span className="sealpost-number">{moment(oldest)}</span>,
          },
        ]}
      />
    </section>
  );
}

/** The work of each queue in words, by the name that the worker gives it. */
const works: Readonly<Record<string, 'deliver' | 'return' | 'stamp'>> = {
  'exchange.deliver': 'deliver',
  'exchange.return': 'return',
  'incoming.stamp': 'stamp',
};

/** What the workers of this node have before them. */
export function Queues({ queues }: Pick<NodeHealth, 'queues'>) {
  const { t } = useTranslation();
  const id = useId();
  const nameOf = (name: string): string => {
    const work = works[name];
    return work === undefined ? name : t(`health.queue.${work}`);
  };
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {t('health.queues')}
      </Title>
      <ItemTable
        label={t('health.queues')}
        items={queues}
        idOf={({ name }) => name}
        columns={[
          { key: 'work', title: t('health.work'), cell: ({ name }) => nameOf(name) },
          { key: 'waiting', title: t('health.queued'), cell: ({ waiting }) => number(waiting) },
          { key: 'active', title: t('health.active'), cell: ({ active }) => number(active) },
          { key: 'dead', title: t('health.dead'), cell: ({ dead }) => number(dead) },
        ]}
      />
    </section>
  );
}
