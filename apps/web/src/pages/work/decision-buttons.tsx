import { ActionList, ActionListItem, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';

import { send } from '../../api/client';
import type { DocumentDetail, WaitingView } from '../../api/types';
import { useAct } from '../../parts/act';
import { ReasonDialog } from '../../parts/reason-dialog';
import { SigningConsent } from '../../parts/signing-consent';

interface Props {
  readonly view: WaitingView;
  readonly document: DocumentDetail;
}

interface Step {
  readonly action: 'initial' | 'approve' | 'number' | 'issue';
  readonly label: 'work.initial' | 'work.approve' | 'work.number' | 'work.issue';
  readonly done: 'work.initialled' | 'work.approved' | 'work.numbered' | 'work.issued';
}

const steps: Readonly<Partial<Record<WaitingView, Step>>> = {
  'to-review': { action: 'initial', label: 'work.initial', done: 'work.initialled' },
  'to-approve': { action: 'approve', label: 'work.approve', done: 'work.approved' },
  'to-number': { action: 'number', label: 'work.number', done: 'work.numbered' },
  'to-issue': { action: 'issue', label: 'work.issue', done: 'work.issued' },
};

/** Views in which the draft can still go back to its drafter: up to the number. */
const returnable: readonly WaitingView[] = ['to-review', 'to-approve', 'to-sign', 'to-number'];

/** What this person can decide about the document, and where it goes afterwards: back to what still waits. */
export function DecisionButtons({ view, document }: Props) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [asks, setAsks] = useState<'reason' | 'pin'>();
  const { id, version } = document;
  const backToList = (): void => {
    setAsks(undefined);
    go(`/work/${view}`);
  };
  const step = steps[view];
  const stepping = useAct(() => send('POST', `/documents/${id}/${step?.action ?? ''}`, {}, { version }), {
    ...(step && { done: t(step.done) }),
    then: backToList,
  });
  const returning = useAct(
    (reason: string) => send('POST', `/documents/${id}/return`, { reason }, { version }),
    { done: t('work.returned'), then: backToList },
  );
  const isBusy = stepping.isPending || returning.isPending;
  return (
    <>
      <ActionList className="sealpost-desk__buttons">
        {step && (
          <ActionListItem>
            <Button
              isLoading={stepping.isPending}
              isDisabled={isBusy}
              onClick={() => {
                stepping.act(undefined);
              }}
            >
              {t(step.label)}
            </Button>
          </ActionListItem>
        )}
        {(view === 'to-sign' || view === 'to-agency-sign') && (
          <ActionListItem>
            <Button
              onClick={() => {
                setAsks('pin');
              }}
            >
              {t('work.signOne')}
            </Button>
          </ActionListItem>
        )}
        {(view === 'drafts' || view === 'returned') && (
          <ActionListItem>
            <Link className="pf-v6-c-button pf-m-primary" href={`/outgoing/${id}/edit`}>
              {t('work.edit')}
            </Link>
          </ActionListItem>
        )}
        {returnable.includes(view) && document.copyOf === null && (
          <ActionListItem>
            <Button
              variant="secondary"
              isDisabled={isBusy}
              onClick={() => {
                setAsks('reason');
              }}
            >
              {t('work.return')}
            </Button>
          </ActionListItem>
        )}
      </ActionList>
      {asks === 'reason' && (
        <ReasonDialog
          title={t('work.returnTitle')}
          action={t('work.return')}
          isPending={returning.isPending}
          onReason={returning.act}
          onClose={() => {
            setAsks(undefined);
          }}
        />
      )}
      {asks === 'pin' && (
        <SigningConsent
          purpose={view === 'to-sign' ? 'personal' : 'agency'}
          documentIds={[id]}
          onClose={backToList}
        />
      )}
    </>
  );
}
