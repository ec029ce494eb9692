import { Alert, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { IncomingDocument } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { ActButton, useAct } from '../../parts/act';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useSession } from '../../shell/session';

interface Props {
  readonly document: IncomingDocument;
}

/** What the sender did after the issue: asked for it back, recalled, replaced or corrected it. */
export function AfterIssueBanners({ document }: Props) {
  const { t } = useTranslation();
  const { withdrawal, withdrawalReason, withdrawnAt, by, frozenAt } = document.afterIssue;
  return (
    <>
      <TakeBack document={document} />
      {withdrawal !== 'IN_FORCE' && (
        <Alert
          isInline
          variant={withdrawal === 'CORRECTED' ? 'info' : 'warning'}
          component="h3"
          title={t(`incoming.after.${withdrawal}`)}
        >
          <p>
            {withdrawnAt !== null && <span className="sealpost-number">{moment(withdrawnAt)}. </span>}
            {by && t('incoming.after.by', { symbol: by.symbol, date: day(by.issuedOn) })}{' '}
            {withdrawalReason !== null && t('incoming.after.reason', { reason: withdrawalReason })}
          </p>
        </Alert>
      )}
      {frozenAt !== null && <p>{t('incoming.after.frozen', { moment: moment(frozenAt) })}</p>}
    </>
  );
}

function TakeBack({ document }: Props) {
  const { t } = useTranslation();
  const { policies } = useSession();
  const [isRefusing, setRefusing] = useState(false);
  const { takeBack, takeBackReason, takeBackAskedAt } = document.afterIssue;
  const path = `/incoming/${document.id}/take-back`;
  const refusing = useAct((reason: string) => send('POST', `${path}/refuse`, { reason }), {
    done: t('incoming.after.refusedDone'),
    then: () => {
      setRefusing(false);
    },
  });
  if (takeBack === 'NONE') return null;
  return (
    <Alert
      isInline
      variant={takeBack === '13' ? 'warning' : 'info'}
      component="h3"
      title={t(`incoming.after.takeBack${takeBack}`)}
    >
      <p>
        {takeBackAskedAt !== null && <span className="sealpost-number">{moment(takeBackAskedAt)}. </span>}
        {takeBackReason !== null && t('incoming.after.reason', { reason: takeBackReason })}
      </p>
      {takeBack === '13' && policies.includes('incoming.take-back') && (
        <div className="sealpost-actions">
          <ActButton act={() => send('POST', `${path}/agree`)} done={t('incoming.after.agreedDone')}>
            {t('incoming.after.agree')}
          </ActButton>
          <Button
            variant="secondary"
            onClick={() => {
              setRefusing(true);
            }}
          >
            {t('incoming.after.refuse')}
          </Button>
        </div>
      )}
      {isRefusing && (
        <ReasonDialog
          title={t('incoming.after.refuse')}
          action={t('incoming.after.refuse')}
          isPending={refusing.isPending}
          onReason={refusing.act}
          onClose={() => {
            setRefusing(false);
          }}
        />
      )}
    </Alert>
  );
}
