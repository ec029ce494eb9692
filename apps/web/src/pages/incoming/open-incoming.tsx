import { Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { IncomingDocument } from '../../api/types';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { ProblemAlert } from '../../parts/problem-alert';
import { DeliveryStateMark } from '../../parts/state-marks';
import { useSecrecyOnScreen } from '../../shell/secrecy';
import { IncomingActions } from './actions';
import { AfterIssueBanners } from './after-issue';
import { Facts } from './facts';
import { Files } from './files';
import { Instructions, ProcessHistory } from './process';
import { Verdict } from './verdict';
import type { ShownView } from './views';
import { listAddress } from './views';
import { Loading } from '../../parts/loading';

interface Props {
  readonly view: ShownView;
  readonly id: string;
}

/** One incoming document: verdict, decision, facts, the paper itself and what became of it. */
export function OpenIncoming({ view, id }: Props) {
  const { t } = useTranslation();
  const head = useRef<HTMLHeadingElement>(null);
  const read = useQuery({
    queryKey: ['incoming', id],
    queryFn: ({ signal }) => get<IncomingDocument>(`/incoming/${id}`, signal),
  });
  const document = read.data;
  useSecrecyOnScreen(document?.secrecy);
  const isRead = document !== undefined;
  useEffect(() => {
    if (isRead) head.current?.focus();
  }, [isRead]);
  if (read.isPending) return <Loading className="sealpost-desk__decision" />;
  if (read.isError) return <ProblemAlert error={read.error} />;
  const type = read.data.typeName;
  return (
    <article className="sealpost-desk__decision" aria-labelledby="incoming-title">
      <p className="sealpost-desk__back">
        <Link href={listAddress(view)}>{t('common.back')}</Link>
      </p>
      <h2 id="incoming-title" ref={head} tabIndex={-1} className="sealpost-desk__title">
        <UrgencyMark urgency={read.data.urgency} /> <SecrecyMark secrecy={read.data.secrecy} />{' '}
        {type !== null && `${type} `}
        <span className="sealpost-number">{read.data.symbol ?? t('incoming.noSymbol')}</span>:{' '}
        {read.data.abstract ?? t('incoming.noAbstract')}
      </h2>
      <p>
        {read.data.handling === null ? (
          <DeliveryStateMark state={read.data.state} />
        ) : (
          <Label color={read.data.handling.state === 'DONE' ? 'green' : 'blue'}>
            {t(`incoming.state.${read.data.handling.state}`)}
          </Label>
        )}
      </p>
      <AfterIssueBanners document={read.data} />
      <IncomingActions document={read.data} />
      {read.data.source === 'electronic' && <Verdict document={read.data} />}
      <Facts document={read.data} />
      {read.data.process && <Instructions process={read.data.process} />}
      <Files document={read.data} />
      <ProcessHistory document={read.data} />
    </article>
  );
}
