import { Alert, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { NodeHealth } from '../../api/types';
import { moment } from '../../formats/moments';
import { PageTitle } from '../../parts/page-title';
import { NotYet } from '../../parts/loading';
import { useSession } from '../../shell/session';
import { DeadLetters } from './dead-letters';
import { Exchange, Queues } from './exchange';
import './health.css';
import { troublesOf } from './troubles';
import { Trust } from './trust';

/** How often it is read again, milliseconds. */
const every = 30_000;

/** How the node is, for who keeps it running; nothing of any document. */
export default function HealthPage() {
  const { t } = useTranslation();
  const { policies } = useSession();
  const { data, error } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => get<NodeHealth>('/admin/health', signal),
    refetchInterval: every,
    refetchOnWindowFocus: false,
  });
  const troubles = data && troublesOf(t, data);
  return (
    <>
      <PageTitle title={t('health.title')} lead={t('health.lead')} />
      <PageSection hasBodyWrapper={false} className="sealpost-health">
        {(!data || error) && <NotYet error={error} />}
        {data && (
          <>
            <p className="sealpost-quiet">{t('health.at', { node: data.nodeId, moment: moment(data.at) })}</p>
            {troubles?.length === 0 && (
              <Alert isInline component="p" variant="success" title={t('health.fine')} />
            )}
            {troubles?.map((trouble) => (
              <Alert key={trouble} isInline component="p" variant="warning" title={trouble} />
            ))}
            <Trust health={data} />
            <Exchange nodes={data.nodes} />
            <Queues queues={data.queues} />
          </>
        )}
        {policies.includes('dead-letter.read') && <DeadLetters />}
      </PageSection>
    </>
  );
}
