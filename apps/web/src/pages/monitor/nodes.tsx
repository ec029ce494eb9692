import { Label, Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { WatchedNode } from '../../api/types';
import { moment } from '../../formats/moments';

/** The nodes that this agency sends to: whether they answer, and what waits for them. */
export function Nodes({ nodes }: { readonly nodes: readonly WatchedNode[] }) {
  const { t } = useTranslation();
  if (nodes.length === 0) return null;
  return (
    <section>
      <Title headingLevel="h2" size="md">
        {t('monitor.nodes')}
      </Title>
      <ul className="sealpost-monitor__nodes">
        {nodes.map(({ nodeId, alive, waiting, lastDeliveryAt }) => (
          <li key={nodeId}>
            <strong>{nodeId}</strong>
            <Label color={alive ? 'green' : 'red'}>{t(alive ? 'monitor.alive' : 'monitor.silent')}</Label>
            <span>{t('monitor.waiting', { count: waiting })}</span>
            <span className="sealpost-quiet">
              {lastDeliveryAt === null
                ? t('monitor.noDelivery')
                : t('monitor.lastDelivery', { moment: moment(lastDeliveryAt) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
