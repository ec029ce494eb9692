import { Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { NodeHealth } from '../../api/types';
import { moment } from '../../formats/moments';
import { number } from '../../formats/numbers';

/** The nodes that the directory knows, and what still waits for each. */
export function Exchange({ nodes }: Pick<NodeHealth, 'nodes'>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {t('health.nodes')}
      </Title>
      <Table aria-labelledby={id} variant="compact" className="sealpost-list">
        <Thead>
          <Tr>
            <Th modifier="nowrap">{t('health.node')}</Th>
            <Th modifier="nowrap">{t('health.agencies')}</Th>
            <Th modifier="nowrap">{t('health.waiting')}</Th>
            <Th modifier="nowrap">{t('health.oldest')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {nodes.map((node) => (
            <Tr key={node.nodeId}>
              <Td dataLabel={t('health.node')}>
                {node.nodeId}
                {node.here && <span className="sealpost-quiet"> {t('health.here')}</span>}
              </Td>
              <Td dataLabel={t('health.agencies')}>{number(node.agencies)}</Td>
              <Td dataLabel={t('health.waiting')}>{number(node.waiting)}</Td>
              <Td dataLabel={t('health.oldest')}>
                {node.oldest !== null && <span className="sealpost-number">{moment(node.oldest)}</span>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
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
      <Table aria-labelledby={id} variant="compact" className="sealpost-list">
        <Thead>
          <Tr>
            <Th modifier="nowrap">{t('health.work')}</Th>
            <Th modifier="nowrap">{t('health.queued')}</Th>
            <Th modifier="nowrap">{t('health.active')}</Th>
            <Th modifier="nowrap">{t('health.dead')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {queues.map((queue) => (
            <Tr key={queue.name}>
              <Td dataLabel={t('health.work')}>{nameOf(queue.name)}</Td>
              <Td dataLabel={t('health.queued')}>{number(queue.waiting)}</Td>
              <Td dataLabel={t('health.active')}>{number(queue.active)}</Td>
              <Td dataLabel={t('health.dead')}>{number(queue.dead)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </section>
  );
}
